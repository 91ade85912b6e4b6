"""The clauses of the policy: quoted whole, covered as they say, and refused where they are not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from fourpillars.catalogue import find_project
from fourpillars.catalogue.clauses import COLUMNS, check_coverage, read_clauses
from fourpillars.catalogue.indicator_file import read_indicators
from fourpillars.catalogue.project import Project

CONNECTING = """
Minister of Industry and Information Technology Li Lecheng Secretary of the Party Group and Minister of the
Ministry stated that in 2026 Of course We will and to Stable means Latest
"""
GOOD = ["G6", "growth", "combating", "整治", "measured", "", ""]


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project()


@pytest.fixture(scope="module")
def clauses(project: Project) -> pd.DataFrame:
    found, problems = read_clauses(project)
    assert problems == []
    return found


@pytest.fixture
def small(tmp_path: Path, project: Project):
    """Make a project of one policy text and these clauses."""

    def make(*rows: list[str]) -> Project:
        for name in ("codelists", "catalogue"):
            (tmp_path / "data" / name).mkdir(parents=True)
        shutil.copy(project.catalogue / "policy-text.txt", tmp_path / "data" / "catalogue")
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        frame.to_csv(tmp_path / "data" / "codelists" / "clause.csv", index=False)
        return Project(tmp_path)

    return make


def test_the_quotations_leave_nothing_of_the_policy_but_connecting_words(project, clauses):
    left = (project.catalogue / "policy-text.txt").read_text(encoding="utf-8")
    for quote in sorted(clauses["quote_en"], key=len, reverse=True):
        left = left.replace(quote, " ")
    left = left.replace("key regions", " ")  # the end of S2, whose beginning S1 has taken
    assert set(re.findall(r"\w+", left)) <= set(re.findall(r"\w+", CONNECTING))


def test_every_pillar_has_clauses_and_every_clause_both_languages(clauses):
    assert clauses["pillar"].value_counts().to_dict() == {
        "all": 4, "stability": 8, "expansion": 8, "innovation": 9, "growth": 8
    }  # fmt: skip
    assert (clauses[["quote_en", "quote_zh"]] != "").all(axis=None)
    assert clauses["quote_zh"].str.contains(r"[\u4e00-\u9fff]").all()
    unsure = clauses["coverage"] != "measured"
    assert (clauses.loc[unsure, ["reason_en", "reason_zh"]] != "").all(axis=None)
    assert not clauses[["quote_zh", "reason_zh"]].apply(lambda c: c.str.contains(r"[,;()]")).any(axis=None)


@pytest.mark.parametrize("clause", ["E3", "E5", "I7", "I9"])  # flexible manufacturing, brands, standards
def test_what_no_statistic_measures_is_said_not_to_be_measured(clauses, clause):
    assert clauses.set_index("clause_id").at[clause, "coverage"] == "not_measured"


def test_overdue_debts_are_stood_for_by_receivables(clauses):
    debts = clauses.set_index("clause_id").loc["G5"]
    assert debts["coverage"] == "proxy"
    assert "receivable" in debts["reason_en"]


def test_every_promise_is_kept_by_an_indicator(project, clauses):
    _, indicators = read_indicators(project.catalogue / "indicators.yml")
    assert check_coverage(clauses, indicators, project) == []


def test_a_promise_no_indicator_keeps_and_a_clause_nobody_wrote_are_found(project, clauses):
    _, indicators = read_indicators(project.catalogue / "indicators.yml")
    only = {"price_war": indicators["price_war"].model_copy(update={"clause": ("G8", "G88")})}
    found = check_coverage(clauses[clauses["clause_id"].isin(["E3", "G6", "G8"])], only, project)
    places = [(problem.found, problem.column) for problem in found]
    assert places == [("G6", "clause_id"), ("G88", "price_war.clause")]
    assert "Did you mean" in found[1].hint


@pytest.mark.parametrize(
    ("column", "value"),
    [("quote_en", "raising capacity"), ("pillar", "grwoth"), ("coverage", "partly"), ("coverage", "proxy"),
     ("quote_zh", "")],
)  # fmt: skip
def test_a_wrong_clause_is_named_with_its_line_and_column(small, column, value):
    wrong = dict(zip(COLUMNS, GOOD, strict=True)) | {"clause_id": "G7", column: value}
    _, problems = read_clauses(small(GOOD, list(wrong.values())))
    columns = ["reason_en", "reason_zh"] if value == "proxy" else [column]
    assert [(problem.line, problem.column) for problem in problems] == [(3, name) for name in columns]


def test_a_clause_that_stands_twice_is_refused(small):
    _, problems = read_clauses(small(GOOD, GOOD))
    [problem] = problems
    assert (problem.line, problem.found, problem.message) == (3, "G6", "stands twice")


def test_a_missing_file_is_a_problem_and_no_traceback(tmp_path):
    clauses, problems = read_clauses(Project(tmp_path))
    assert list(clauses.columns) == list(COLUMNS)
    assert len(clauses) == 0
    assert "cannot be read" in problems[0].message
