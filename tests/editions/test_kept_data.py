"""Checked data are kept for the next process, by the digest of their files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fourpillars.catalogue import catalogue, load_catalogue, names
from fourpillars.catalogue.project import Project, find_project
from fourpillars.editions.kept_data import kept_file, load_data, names_of
from fourpillars.observations import load, load_observations


@pytest.fixture
def nothing_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This process has loaded nothing, and no other has kept anything."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(catalogue, "_loaded", {})
    monkeypatch.setattr(load, "_loaded", {})
    monkeypatch.setattr(names, "_given", {})


def test_kept_data_are_the_data(nothing_loaded: None) -> None:
    project = find_project()
    kept = kept_file(project)
    load_data(project, kept)
    first = load_observations(project)
    catalogue._loaded.clear()
    load._loaded.clear()
    load_data(project, kept)
    assert load_observations(project) is not first
    assert load_observations(project).table.equals(first.table)
    assert load_observations(project).fingerprint == first.fingerprint
    assert len(list(kept.parent.iterdir())) == 3  # the catalogue for those who need no statistics, and names alone


def test_kept_names_are_the_catalogues(nothing_loaded: None) -> None:
    """Names come back in the order in which they are looked up, and without the catalogue."""
    project = find_project()
    kept = kept_file(project)
    whole = names_of(project, kept)
    catalogue._loaded.clear()
    again = names_of(project, kept)
    assert not catalogue._loaded
    assert vars(again) == vars(whole)
    assert list(again.lists) == list(whole.lists)
    assert again.name("C31", "zh") == load_catalogue(project).name("C31", "zh")
    assert (len(again.divisions()), len(again.provinces())) == (41, 31)
    assert names.load_names(project) is again


def test_names_are_not_taken_for_those_of_other_files(nothing_loaded: None, tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    shutil.copytree(find_project().data, project.data)
    names_of(project, kept_file(project))
    given = names_of(project, kept_file(project))
    path = project.codelists / "activity.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Iron and steel", "Ferrous metals"), encoding="utf-8")
    assert names.load_names(project) is not given
    assert names.load_names(project).name("C31", "en", short=True) == "Ferrous metals"
