from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import Framework, Goalposts, Recipe, ScoresError, Screen, build


def kept(tree: Framework, data: pd.DataFrame, **arguments) -> list[str]:
    return list(build(data, tree, Recipe(screen=Screen(**arguments), normalise=Goalposts())).stages["screened"].index)


@pytest.fixture
def four(data: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([data, pd.DataFrame({"a": [0.0], "b": [0.0], "c": [0.0], "d": [1.0]}, index=["W"])])


def test_by_availability_in_all_or_per_group(tree: Framework, four: pd.DataFrame):
    assert kept(tree, four, availability=0.5) == ["X", "Y", "Z", "W"]
    assert kept(tree, four, availability=0.75) == ["X", "Z", "W"]
    assert kept(tree, four, availability=0.6, per="group") == ["X", "W"]


def test_by_zeros(tree: Framework, four: pd.DataFrame):
    assert kept(tree, four, availability=None, nonzero=0.5) == ["X", "Y", "Z"]


def test_forced_in_and_out(tree: Framework, four: pd.DataFrame):
    assert kept(tree, four, availability=0.75, include=("Y",), exclude=("X",)) == ["Y", "Z", "W"]


def test_the_trail_says_why(tree: Framework, four: pd.DataFrame):
    trail = build(four, tree, Recipe(screen=Screen(availability=0.75, exclude=("X",)), normalise=Goalposts())).trail[
        "screened"
    ]
    assert trail[["unit", "reason"]].values.tolist() == [["X", "excluded"], ["Y", "availability"]]


def test_refusals(tree: Framework, four: pd.DataFrame):
    with pytest.raises(ScoresError, match="Unknown unit 'V'"):
        kept(tree, four, include=("V",))
    with pytest.raises(ScoresError, match="No unit has enough"):
        kept(tree, four.drop(index=["X", "W"]), availability=1.0)
    with pytest.raises(ScoresError, match="both included and excluded"):
        Screen(include=("A",), exclude=("A",))
