from __future__ import annotations

import pytest

from fourpillars.catalogue.project import find_project
from fourpillars.errors import FourPillarsError


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("FOURPILLARS_HOME", raising=False)
    root = tmp_path / "报告 kit"
    (root / "data").mkdir(parents=True)
    (root / "reports").mkdir()
    (root / "notebooks" / "deep").mkdir(parents=True)
    (root / "reports" / "edition.yml").write_text("{}")
    return root


def test_the_folder_named_comes_first(root, tmp_path, monkeypatch):
    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    monkeypatch.setenv("FOURPILLARS_HOME", str(other))
    monkeypatch.chdir(root)
    assert find_project(root).root == root
    assert find_project().root == other


def test_else_the_nearest_folder_upward_with_an_edition_file(root, monkeypatch):
    monkeypatch.chdir(root / "notebooks" / "deep")
    assert find_project().root == root


def test_else_the_checkout_the_package_lives_in(tmp_path, monkeypatch):
    monkeypatch.delenv("FOURPILLARS_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert (find_project().root / "src" / "fourpillars").is_dir()


def test_a_folder_that_is_no_project_is_refused(root, tmp_path, monkeypatch):
    with pytest.raises(FourPillarsError, match=r"named by --project has no folder data\."):
        find_project(root / "notebooks")
    monkeypatch.setenv("FOURPILLARS_HOME", str(tmp_path / "gone"))
    with pytest.raises(FourPillarsError, match="named by FOURPILLARS_HOME does not exist"):
        find_project()


def test_paths_are_shown_from_the_root(root):
    project = find_project(root)
    assert project.relative(root / "data" / "codelists" / "unit.csv") == "data/codelists/unit.csv"
