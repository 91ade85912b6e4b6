from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import Framework, MinMax, Recipe, ScoresError, build
from fourpillars.scores.audit import (
    collinearity,
    components,
    correlations,
    cronbach_alpha,
    reliability,
    statistics,
)


def test_statistics_and_their_flags():
    data = pd.DataFrame({"tail": [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100], "flat": [5.0] * 10, "zeros": [0.0] * 8 + [1, 2]})
    table = statistics(data.assign(gaps=[1.0, 2.0, 4.0] + [np.nan] * 7))
    assert table["outliers"].drop("zeros").to_dict() == {"tail": True, "flat": False, "gaps": False}
    assert table["constant"].to_dict() == {"tail": False, "flat": True, "zeros": False, "gaps": False}
    assert table["many_zeros"].tolist() == [False, False, True, False]
    assert table["low_availability"].tolist() == [False, False, False, True]
    assert table.loc["tail", ["mean", "median", "minimum", "maximum"]].tolist() == [14.5, 5.5, 1, 100]


def test_correlations_within_across_and_above(tree: Framework):
    x = np.arange(10.0)
    data = pd.DataFrame({"a": x, "b": -x, "c": np.tile([1.0, -1.0], 5), "d": -np.tile([1.0, -1.0], 5)})
    table = correlations(build(data, tree, Recipe(normalise=MinMax()))).set_index(["node", "other"])
    assert table.loc[("a", "b"), ["relation", "flag"]].tolist() == ["within", "opposed"]
    assert table.loc[("a", "b"), "correlation"] == pytest.approx(-1)
    # d counts the other way: normalised it equals c
    assert table.loc[("c", "d"), ["relation", "flag"]].tolist() == ["within", "redundant"]
    assert table.loc[("a", "c"), "relation"] == "across"
    assert table.loc[("b", "P"), ["relation", "flag"]].tolist() == ["above", "negative"]


def test_cronbach_alpha_by_hand():
    # Variances 1 and 4, covariance 2: 2 · (1 − 5/9) = 8/9
    assert cronbach_alpha(pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 4, 6]})) == pytest.approx(8 / 9)
    with pytest.raises(ScoresError, match="two indicators"):
        cronbach_alpha(pd.DataFrame({"a": [1.0, 2.0]}))


def test_reliability_of_each_group(tree: Framework):
    data = pd.DataFrame(np.random.default_rng(0).random((20, 4)), columns=list("abcd"))
    assert list(reliability(build(data, tree)).index) == ["P", "Q", "index"]


def test_components_of_unrelated_indicators_share_alike():
    x, y = [1.0, -1, 1, -1], [1.0, 1, -1, -1]
    found = components(pd.DataFrame({"x": x, "y": y}))
    assert found["share"].tolist() == pytest.approx([0.5, 0.5])
    with pytest.raises(ScoresError, match="flat do not"):
        components(pd.DataFrame({"x": x, "flat": [1.0] * 4}))


def test_collinearity_by_hand():
    # Two columns with correlation r have 1 / (1 − r²): here r = ½
    data = pd.DataFrame({"a": [1.0, 0.0, -1.0, 0.0], "b": [1.0, 0.0, 0.0, -1.0]})
    assert collinearity(data)["vif"].tolist() == pytest.approx([4 / 3, 4 / 3])
    doubled = collinearity(pd.DataFrame({"a": [1.0, 2, 4], "b": [2.0, 4, 8]}))
    assert doubled["collinear"].all()
