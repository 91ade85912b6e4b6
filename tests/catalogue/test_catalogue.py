"""The catalogue as a whole: codelists, indicators, pillars and clauses, checked against each other."""

from __future__ import annotations

import shutil

import pytest

from fourpillars.catalogue import DataError, Project, find_project, load_catalogue


@pytest.fixture
def project(tmp_path) -> Project:
    data = find_project().data
    for folder in ("codelists", "catalogue"):
        shutil.copytree(data / folder, tmp_path / "data" / folder)
    return Project(tmp_path)


def test_the_real_catalogue_has_its_four_pillars_clauses_and_indicators():
    catalogue = load_catalogue()
    assert [pillar.code for pillar in catalogue.pillars] == ["stability", "expansion", "innovation", "growth"]
    assert {indicator.pillar for indicator in catalogue.indicators.values()} == {p.code for p in catalogue.pillars}
    assert len(catalogue.clauses)


def test_indicators_and_pillars_have_names_too():
    catalogue = load_catalogue()
    code, indicator = next(iter(catalogue.indicators.items()))
    assert catalogue.name(code, "zh") == indicator.name["zh"]
    assert catalogue.name(code, "en", short=True) == indicator.short["en"]
    assert catalogue.name("innovation", "en", codelist="pillar") == catalogue.pillars[2].name["en"]


def test_loaded_once(project):
    assert load_catalogue(project) is load_catalogue(project)


def test_statistics_alone_are_a_catalogue_without_indicators(project):
    shutil.rmtree(project.catalogue)
    catalogue = load_catalogue(project)
    assert (catalogue.indicators, catalogue.pillars, len(catalogue.clauses)) == ({}, (), 0)
    assert len(catalogue.divisions()) == 41


def test_an_indicator_that_names_what_does_not_exist_is_refused_with_its_line(project):
    path = project.catalogue / "indicators.yml"
    catalogue = load_catalogue(project)
    code = next(c for c, entry in catalogue.indicators.items() if entry.method == "series" and not entry.by_kind)
    measure = catalogue.indicators[code].series.measure
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.split() in (["-", "code:", code], ["code:", code]))
    place = next(n for n in range(start, len(lines)) if f"measure: {measure}" in lines[n])
    lines[place] = lines[place].replace(f"measure: {measure}", f"measure: {measure}x")
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_catalogue(project)
    (problem,) = caught.value.problems
    assert problem.file == "data/catalogue/indicators.yml"
    assert problem.line == start + 1
    assert (problem.column, problem.found) == (f"{code}: series.measure", f"{measure}x")
    assert repr(measure) in problem.hint
