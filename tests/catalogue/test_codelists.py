"""The real codelists: whole, named in both languages, and refused when broken."""

from __future__ import annotations

import shutil

import pytest

from fourpillars.catalogue import DataError, Project, find_project, load_codelists
from fourpillars.errors import UnknownNameError
from fourpillars.observations import load_observations


@pytest.fixture(scope="module")
def codelists():
    return load_codelists()


@pytest.fixture
def project(tmp_path) -> Project:
    shutil.copytree(find_project().codelists, tmp_path / "data" / "codelists")
    return Project(tmp_path)


def edit(project: Project, name: str, old: str, new: str) -> None:
    path = project.codelists / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_units_of_each_kind(codelists):
    divisions = codelists.units_of("industry")
    assert (len(divisions), divisions[0], divisions[-1]) == (41, "B06", "D46")
    provinces = codelists.units_of("region")
    assert (len(provinces), provinces[0], provinces[-1]) == (31, "110000", "650000")
    assert codelists.units_of("nation") == ["CN"]
    with pytest.raises(UnknownNameError, match=r"Unknown kind 'regions'\. Did you mean 'region'"):
        codelists.units_of("regions")


def test_the_tile_grid_has_a_place_for_each_province(codelists):
    tiles = codelists.ref_areas.loc[codelists.provinces(), ["tile_row", "tile_col"]]
    assert tiles.notna().all(axis=None)
    assert not tiles.duplicated().any()


def test_the_ten_major_provinces_are_provinces_with_their_basis(codelists):
    major = codelists.major_provinces
    assert len(major) == 10
    assert set(major.index) <= set(codelists.provinces())
    assert {"320000", "440000"} <= set(major.index)  # the two the ministry names
    assert major["basis_zh"].str.contains("10个工业大省").all()


def test_primary_divisions_of_key_industries_do_not_overlap(codelists):
    primary = codelists.key_industries.query("coverage == 'primary'")
    assert codelists.key_industries["key_industry"].nunique() == 9
    assert not primary["activity"].duplicated().any()


def test_short_names_fit_an_axis_and_tell_activities_apart(codelists):
    short = codelists.activities[["short_en", "short_zh"]]
    assert short["short_en"].str.len().max() <= 24
    assert short["short_zh"].str.len().max() <= 8
    assert not short["short_en"].duplicated().any()
    assert not short["short_zh"].duplicated().any()


def test_every_code_of_the_statistics_has_both_names(codelists):
    observations = load_observations()
    lists = ("ref_area", "activity", "ownership", "item", "measure", "unit", "freq", "basis", "obs_status")
    for name in lists:
        for code in filter(None, observations.frame[name].cat.categories):
            assert codelists.name(code, "en", codelist=name)
            assert codelists.name(code, "zh", codelist=name)


def test_every_code_of_the_targets_has_both_names(codelists):
    targets = load_observations().targets
    for name in ("scope_kind", "measure", "item", "unit", "operator", "rate_basis"):
        for code in filter(None, targets[name].unique()):
            assert codelists.name(code, "en", codelist=name)
            assert codelists.name(code, "zh", codelist=name)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("C37", "en"), "Manufacture of railway, ship, aerospace and other transport equipment"),
        (("C37", "en", True), "Rail, ship, aerospace"),
        (("C37", "zh-CN", True), "铁路船舶航空"),
        (("440000", "zh"), "广东"),
        (("440000", "en", True), "Guangdong"),  # no short name: the name
        (("crude_steel", "zh"), "粗钢"),
        (("operating_revenue", "zh"), "营业收入"),
        (("cny_100m", "zh"), "亿元"),
        (("SOE", "en"), "State-holding enterprises"),
        (("steel", "zh"), "钢铁"),
        (("building_materials", "zh"), "建筑材料"),
        (("building_materials", "zh", False, "key_industry"), "建材"),
        (("ytd", "zh", False, "basis"), "累计"),
    ],
)
def test_names(codelists, arguments, name):
    assert codelists.name(*arguments) == name


def test_an_unknown_code_is_refused_with_the_nearest(codelists):
    with pytest.raises(UnknownNameError, match=r"Unknown activity 'C311'\. Did you mean 'C31'"):
        codelists.name("C311", "en", codelist="activity")
    with pytest.raises(UnknownNameError, match=r"Unknown codelist 'activities'\. Did you mean 'activity'"):
        codelists.name("C31", "en", codelist="activities")


def test_loaded_once(project):
    assert load_codelists(project) is load_codelists(project)


def test_all_problems_of_all_lists_come_at_once(project):
    edit(project, "activity.csv", "C31,31,C,C,", "C31,31,C,CC,")
    edit(project, "activity.csv", "Iron and steel", "Smelting and pressing of iron and steel")
    edit(project, "measure.csv", "资产总计,", ",")
    edit(project, "unit.csv", "pct_mom,", "pct_yoy,")
    edit(project, "ref_area.csv", "CN-BJ,2,7", "CN-BJ,two,7")
    with pytest.raises(DataError) as caught:
        load_codelists(project)
    found = {(p.file.split("/")[-1], p.column, p.found, p.message) for p in caught.value.problems}
    assert found == {
        ("activity.csv", "parent", "CC", "is no code of activity.csv"),
        (
            "activity.csv",
            "short_en",
            "Smelting and pressing of iron and steel",
            "has 39 characters; an axis has room for 24",
        ),
        ("measure.csv", "name_zh", "", "is empty"),
        ("unit.csv", "code", "pct_yoy", "stands in the list twice"),
        ("measure.csv", "units", "pct_mom", "is no code of unit.csv"),
        ("ref_area.csv", "tile_row", "two", "is not a number"),
    }
    assert all(problem.line for problem in caught.value.problems)


def test_a_missing_column_and_a_missing_list_are_named(project):
    edit(project, "unit.csv", "decimals", "digits")
    (project.codelists / "item.csv").unlink()
    with pytest.raises(DataError) as caught:
        load_codelists(project)
    found = {(p.file.split("/")[-1], p.column, p.message) for p in caught.value.problems}
    assert found == {
        ("unit.csv", "decimals", "is missing"),
        ("unit.csv", "digits", "is no column of this file"),
        ("item.csv", "", "cannot be read (No such file or directory)"),
    }
