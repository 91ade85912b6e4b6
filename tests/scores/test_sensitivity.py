from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import Aggregate, Framework, MinMax, Recipe, ScoresError, Winsorise, build


@pytest.fixture
def result(tree: Framework):
    data = pd.DataFrame(np.random.default_rng(1).lognormal(size=(20, 4)), columns=list("abcd"))
    return build(data, tree, Recipe(normalise=MinMax(1, 100)))


def test_a_choice_that_changes_nothing_has_no_effect(result):
    found = result.sensitivity(64, noise=0.0, impute=(None, None),
                               aggregate=(Aggregate("arithmetic"), Aggregate("harmonic")))  # fmt: skip
    assert list(found.index) == ["impute", "aggregate"]
    assert found.loc["impute", "total"] == pytest.approx(0)
    assert found.loc["aggregate", ["first", "total"]].tolist() == pytest.approx([1, 1], abs=0.1)


def test_where_nothing_varies_every_index_is_zero(result):
    found = result.sensitivity(8, noise=0.0, aggregate=(Aggregate("arithmetic"),))
    assert (found == 0).all(axis=None)
    assert found.attrs["mean_change"] == 0


def test_the_sample_is_a_power_of_two(result):
    with pytest.raises(ScoresError, match="power of two"):
        result.sensitivity(100)


def test_leave_one_out_by_hand(tree: Framework):
    # Only a tells the units apart; without it (and without P) they tie, and ties take the better rank, 1.
    data = pd.DataFrame({"a": [10.0, 20.0, 30.0], "b": [1.0, 2.0, 3.0], "c": [1.0, 2.0, 3.0], "d": [3.0, 2.0, 1.0]})
    steady = build(data, tree).leave_one_out()
    assert steady["mean_change"].tolist() == [0, 0, 0, 0]
    assert steady["correlation"].tolist() == pytest.approx([1, 1, 1, 1])


def test_leaving_out_a_pillar_can_turn_the_order_round(tree: Framework):
    data = pd.DataFrame({"a": [0.0, 5.0, 9.0], "b": [0.0, 5.0, 9.0], "c": [5.0, 4.9, 4.8], "d": [1.0, 1.1, 1.2]})
    recipe = Recipe(normalise=MinMax(0, 100), aggregate=Aggregate("arithmetic"))
    weighty = build(data, tree.with_weights(pd.Series({"P": 9.0})), recipe)
    found = weighty.leave_one_out(level=2)
    assert found.loc["P", ["mean_change", "most_change", "correlation"]].tolist() == pytest.approx([4 / 3, 2, -1])
    assert found.loc["Q", "mean_change"] == 0


def test_treatment_can_be_varied(result):
    assert result.sensitivity(16, treat=(None, Winsorise())).index.tolist() == ["treat", "weights"]


def test_ranks_are_compared_among_the_units_with_a_score_both_times(tree: Framework):
    # Z has a score only once b is left out: it must not push the others down.
    data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, np.nan], "c": [1.0, 2.0, 3.0], "d": [3.0, 2.0, 1.0]})
    strict = build(data, tree, Recipe(aggregate=Aggregate("arithmetic", threshold=1.0)))
    assert strict.leave_one_out().loc["b", ["mean_change", "units"]].tolist() == [0, 2]
