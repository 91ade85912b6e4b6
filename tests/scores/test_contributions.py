from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import Aggregate, Framework, Goalposts, PowerMean, Recipe, ScoresError, build

RECIPE = Recipe(normalise=Goalposts(), aggregate=Aggregate("arithmetic", threshold=(0.5, 1.0)))


def test_by_hand(tree: Framework, data: pd.DataFrame):
    # X: index 50 = ½ (2·30 + 60)/3 + ½ (40 + 80)/2 = 10 + 10 + 10 + 20
    # Z: c is missing, d carries all of Q: ½ · ⅔ · 90 + 0 + ½ · 50 = 30 + 25
    parts = build(data, tree, RECIPE).contributions
    assert parts.loc["X"].tolist() == pytest.approx([10, 10, 10, 20])
    assert parts.loc["Z"].tolist() == pytest.approx([30, 0, 0, 25])
    assert parts.loc["Y"].isna().all()


@pytest.mark.parametrize("top", ["arithmetic", "geometric", "harmonic", PowerMean(2), PowerMean(-3)])
def test_they_add_up_to_the_score(tree: Framework, top):
    data = pd.DataFrame(np.random.default_rng(0).random((12, 4)) * 10 + 0.1, columns=list("abcd"))
    data.iloc[3, 2] = np.nan
    result = build(data, tree, Recipe(normalise=Goalposts(), aggregate=Aggregate("arithmetic", top)))
    assert result.contributions.sum(axis=1).tolist() == pytest.approx(result.scores["index"].tolist())
    assert result.contributions_to("P").sum(axis=1).tolist() == pytest.approx(result.scores["P"].tolist())


def test_a_geometric_zero_has_no_contributions(tree: Framework):
    data = pd.DataFrame({"a": [0.0], "b": [50.0], "c": [5.0], "d": [5.0]})
    result = build(data, tree, Recipe(normalise=Goalposts(), aggregate=Aggregate("geometric")))
    assert result.contributions.loc[0].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("method", ["median", "copeland", "borda", "topsis"])
def test_scores_that_are_not_sums_of_parts(tree: Framework, data: pd.DataFrame, method: str):
    result = build(data, tree, Recipe(normalise=Goalposts(), aggregate=Aggregate("arithmetic", method)))
    with pytest.raises(ScoresError, match=f"made by {method} is not a sum of parts"):
        _ = result.contributions


def test_effective_weights_beside_nominal_ones(tree: Framework):
    data = pd.DataFrame(np.random.default_rng(0).random((40, 4)) * 10, columns=list("abcd"))
    weights = build(data, tree, Recipe(normalise=Goalposts())).effective_weights
    assert weights.loc[["a", "b", "c", "P"], "effective"].tolist() == pytest.approx([1 / 3, 1 / 6, 1 / 4, 1 / 2])
    assert weights.loc["a", "nominal"] == 2
    assert weights.loc[["a", "b", "c", "d"], "influence"].sum() == pytest.approx(1)
    # On its goalposts a only goes from 0 to 10: its influence is far below its weight.
    assert weights.loc["a", "influence"] < 0.1 < weights.loc["c", "influence"]
