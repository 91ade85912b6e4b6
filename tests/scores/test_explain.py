from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import (
    Aggregate,
    Framework,
    Goalposts,
    Recipe,
    ScoresError,
    build,
    change,
    strengths_weaknesses,
)


def test_strengths_and_weaknesses_with_their_own_values(tree: Framework, data: pd.DataFrame):
    found = strengths_weaknesses(build(data, tree, Recipe(normalise=Goalposts())), "X", count=1)
    assert found.to_dict("records") == [
        {
            "kind": "strength",
            "indicator": "b",
            "name": "b",
            "rank": 1,
            "units": 3,
            "value": 60.0,
            "unit": "",
            "period": "",
            "score": 60.0,
        },
        {
            "kind": "weakness",
            "indicator": "a",
            "name": "a",
            "rank": 3,
            "units": 3,
            "value": 30.0,
            "unit": "",
            "period": "",
            "score": 30.0,
        },
    ]


def test_an_indicator_is_never_both(tree: Framework, data: pd.DataFrame):
    found = strengths_weaknesses(build(data, tree, Recipe(normalise=Goalposts())), "X", count=5)
    assert not found["indicator"].duplicated().any()


def test_an_unknown_unit_is_refused(tree: Framework, data: pd.DataFrame):
    with pytest.raises(ScoresError, match="Unknown unit 'Q'"):
        strengths_weaknesses(build(data, tree, Recipe(normalise=Goalposts())), "Q")


def test_the_change_of_a_score_is_the_sum_of_its_indicators(tree: Framework, data: pd.DataFrame):
    recipe = Recipe(normalise=Goalposts(), aggregate=Aggregate("arithmetic", "geometric"))
    later = data.assign(a=data["a"] - 15, d=[4.0, 1.0, 3.0])
    before, after = build(data, tree, recipe), build(later, tree, recipe)
    moved = change(before, after)
    expected = (after.scores["index"] - before.scores["index"]).tolist()
    assert moved["total"].tolist() == pytest.approx(expected, nan_ok=True)


def test_a_change_by_hand(tree: Framework, data: pd.DataFrame):
    # a of X falls by 15: ½ · ⅔ · 15 = 5 points
    recipe = Recipe(normalise=Goalposts())
    moved = change(build(data, tree, recipe), build(data.assign(a=data["a"] - 15), tree, recipe))
    assert moved.loc["X"].to_dict() == pytest.approx({"a": -5, "b": 0, "c": 0, "d": 0, "total": -5})
