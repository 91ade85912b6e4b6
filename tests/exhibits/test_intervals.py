"""Intervals of ranks: where they come from, how they are said, when a rank is called robust."""

from __future__ import annotations

import pandas as pd
import pytest

import fourpillars.exhibits as fp
from fourpillars.exhibits.intervals import ends_of, interval_rows, said_of_all, said_of_one, spans


@pytest.fixture(scope="module")
def s():
    return fp.snapshot("2026-08", "en")


def test_every_overall_rank_has_an_interval_of_ranks_that_exist(s):
    for kind, units in (("industry", 41), ("region", 31)):
        own = s.intervals[kind].loc["overall"]
        scored = int(s.scores[kind].scores["overall"].notna().sum())
        assert len(own) == scored <= units
        assert ((own["low"] >= 1) & (own["low"] <= own["high"]) & (own["high"] <= scored)).all()


def test_robust_is_within_and_narrow(s):
    own = s.intervals["industry"].loc["overall"]
    ranks = s.scores["industry"].ranks["overall"][own.index].astype(float)
    inside = (own["low"] <= ranks) & (ranks <= own["high"])
    narrow = own["high"] - own["low"] <= len(own) / 4
    assert (own["robust"].astype(bool) == (inside & narrow)).all()


def test_the_same_edition_gives_the_same_intervals(s):
    from fourpillars.exhibits.intervals import intervals

    again = intervals(s.scores["region"], s.catalogue)
    pd.testing.assert_frame_equal(again, s.intervals["region"])


def test_a_pillar_of_one_indicator_has_none(s):
    # R&D intensity alone makes the innovation score of industries in this edition
    assert s.scores["industry"].framework.leaves("innovation") == ["rd_intensity"]
    assert ends_of(s, "industry", "innovation", "C31") is None


def test_ranks_are_said_with_their_interval(s):
    rows = fp.standing.score_rows(s, "industry", ["overall"]).set_index("code")
    low, high = ends_of(s, "industry", "overall", "C31")
    place, of = int(rows.at["C31", "place"]), int(rows.at["C31", "of"])
    assert rows.at["C31", "rank"] == f"{place} of {of} [{low}–{high}]"
    ends = interval_rows(rows.loc[["C31"]].reset_index())
    assert list(zip(ends["indicator"], ends["value"], strict=True)) == [
        ("low:overall", low),
        ("high:overall", high),
    ]


def test_bars_of_scores_reach_to_the_scores_of_the_places():
    rows = pd.DataFrame(
        {
            "value": [90.0, 80.0, 70.0],
            "shown": ["90.0", "80.0", "70.0"],
            "place": [1, 2, 3],
            "rank_low": [1.0, 1.0, None],
            "rank_high": [2.0, 3.0, None],
            "between": ["1–2", "1–3", ""],
        }
    )
    drawn = spans(rows)
    assert drawn[["low", "high"]].to_numpy().tolist() == [[80, 90], [70, 90], [70, 70]]
    assert list(drawn["shown"]) == ["90.0 · 1 [1–2]", "80.0 · 2 [1–3]", "70.0 · 3"]


def test_what_is_not_robust_is_said_in_words(s):
    said = " ".join(said_of_all(s, "industry"))
    loose = int((~s.intervals["industry"].loc["overall", "robust"].astype(bool)).sum())
    assert f"Overall: {loose} of 40 ranks are not robust" in said
    assert said_of_one(s, "C31")[1] == (
        "Not robust, since the interval spans more than a quarter of all: Growth (27 to 39)."
    )
    assert "不稳健" in " ".join(said_of_one(s.in_language("zh"), "C31"))
