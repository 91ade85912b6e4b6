"""The robustness section of the method report, the points of a profile, the clock and the back-test."""

from __future__ import annotations

import pytest

import fourpillars.exhibits as fp
from fourpillars.editions.origins import Origins


@pytest.fixture(scope="module")
def s():
    return fp.snapshot("2026-08", "en")


@pytest.fixture(scope="module")
def origins(s):
    """What explains figures, and remembers what it has explained."""
    return Origins(s)


@pytest.fixture(scope="module")
def early():
    """An edition with value added and accounts of every industry."""
    return fp.snapshot("2023-11", "zh")


MADE = {
    "ranks": lambda s: fp.robustness.ranks(s, "industry"),
    "left out": lambda s: fp.robustness.left_out(s),
    "other choices": lambda s: fp.robustness.others(s),
    "choices": lambda s: fp.robustness.choices(s),
    "weights": lambda s: fp.robustness.weights(s),
    "back-test of industries": lambda s: fp.backtests.table(s, "industry"),
    "back-test of provinces": lambda s: fp.backtests.table(s, "region"),
    "back-test of the nation": lambda s: fp.backtests.table(s, "nation"),
    "back-test of targets": lambda s: fp.backtests.targets(s),
    "capacity warning": lambda s: fp.capacity_warning.table(s),
    "capacity warning of one": lambda s: fp.capacity_warning.entity(s, "C30"),
    "clock": lambda s: fp.cycle.clock(s),
    "strengths": lambda s: fp.scored.strengths(s, "C39"),
    "points": lambda s: fp.scored.contributions(s, "440000"),
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_every_figure_has_an_origin(s, origins, make):
    exhibit = make(s)
    rows = [row for row in exhibit.data.to_dict("records") if row["value"] == row["value"]]
    assert rows
    assert [row["indicator"] for row in rows if not origins.explain(row).formula] == []
    assert exhibit.title[-1] != "."


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_an_older_edition_in_chinese(early, make):
    exhibit = make(early)
    assert exhibit.title
    assert exhibit.sources or exhibit.id.startswith("txt-")


def test_points_add_up_to_the_score(s):
    points = fp.scored.points(s, "C31")
    assert points["points"].sum() == pytest.approx(s.scores["industry"].scores.at["C31", "overall"])
    assert points["weight"].sum() == pytest.approx(100)
    now, then = (k.scores["industry"].scores.at["C31", "overall"] for k in (s, s.before))
    assert points["change"].sum() == pytest.approx(now - then)


def test_weights_and_influence_of_the_indicators_add_up(s):
    from fourpillars.exhibits.robustness_figures import figures

    found = figures(s.known)
    weights = [value for (what, kind, _), value in found.items() if (what, kind) == ("weight", "region")]
    assert sum(weights) == pytest.approx(100)


def test_units_without_an_overall_score_say_so(s):
    missing = s.scores["industry"].scores["overall"]
    code = missing.index[missing.isna()][0]
    assert fp.scored.contributions(s, code).id == "txt-points"


def test_the_clock_counts_what_is_current(s):
    from fourpillars.exhibits.cycle import positions

    known = positions(s.known)
    current = known[~known["ended"]]
    below, falling = int((current["x"] < 0).sum()), int((current["y"] < 0).sum())
    title = f"{below} of {len(current)} series stand below their trend, {falling} are falling"
    assert fp.cycle.clock(s).title == title
