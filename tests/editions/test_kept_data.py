"""Checked data are kept for the next process, by the digest of their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.catalogue import catalogue
from fourpillars.catalogue.project import find_project
from fourpillars.editions.kept_data import kept_file, load_data
from fourpillars.observations import load, load_observations


@pytest.fixture
def nothing_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This process has loaded nothing, and no other has kept anything."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(catalogue, "_loaded", {})
    monkeypatch.setattr(load, "_loaded", {})


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
    assert len(list(kept.parent.iterdir())) == 2  # the catalogue for those who need no statistics
