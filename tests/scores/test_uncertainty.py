from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import (
    Aggregate,
    EqualWeights,
    Framework,
    MinMax,
    PCAWeights,
    Rank,
    Recipe,
    ScoresError,
    Winsorise,
    ZScore,
    build,
)
from fourpillars.scores.replications import Replications


@pytest.fixture
def result(tree: Framework):
    data = pd.DataFrame(np.random.default_rng(9).lognormal(size=(15, 4)), columns=list("abcd"))
    data.iloc[4, 1] = np.nan
    return build(data, tree, Recipe(normalise=MinMax(1, 100), rank=Rank(decimals=2)))


def test_every_replication_is_what_build_would_give(result):
    choices = {
        "treat": (None, Winsorise()), "normalise": (MinMax(1, 100), ZScore(50, 10)),
        "weight": (None, EqualWeights(), PCAWeights()), "aggregate": (Aggregate("arithmetic"),
        Aggregate("geometric")),
    }  # fmt: skip
    generator = np.random.default_rng(0)
    picks = np.column_stack([generator.integers(0, len(options), 12) for options in choices.values()])
    factors = generator.uniform(0.75, 1.25, (12, len(result.given.table)))
    ranks = Replications(result, choices, "index").ranks(picks, factors)
    for pick, factor, row in zip(picks, factors, ranks, strict=True):
        steps = {name: options[number] for (name, options), number in zip(choices.items(), pick, strict=True)}
        slow = result.replace(**steps)
        noisy = slow.framework.table["weight"] * factor
        again = build(result.data, slow.given.with_weights(noisy), Recipe(**{**slow.recipe.steps(), "weight": None}))
        assert row.tolist() == again.ranks["index"].tolist()


def test_without_noise_and_choices_the_rank_is_certain(result):
    found = result.uncertainty(20, noise=0.0, aggregate=(Aggregate("arithmetic"),)).summary()
    assert (found["low"] == found["rank"]).all()
    assert (found["high"] == found["rank"]).all()
    assert found["robust"].all()


def test_the_same_seed_gives_the_same_draws(result):
    one, two = (result.uncertainty(50, seed=3).ranks for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(result.uncertainty(50, seed=4).ranks)


def test_a_unit_without_a_score_has_no_interval(tree: Framework, data: pd.DataFrame):
    recipe = Recipe(normalise=MinMax(constant="middle"), aggregate=Aggregate("arithmetic", threshold=(0.5, 1.0)))
    summary = build(data, tree, recipe).uncertainty(10).summary()
    assert summary.loc["Y", ["rank", "low", "high", "robust"]].isna().all()


def test_better_is_the_share_of_replications(result):
    found = result.uncertainty(100)
    one, other = found.published.sort_values().index[[0, -1]]
    assert found.better(one, other) == 1.0
    assert found.better(other, one) == 0.0


@pytest.mark.parametrize(
    ("arguments", "clause"),
    [
        ({"normalize": (MinMax(),)}, "Unknown step to vary 'normalize'. Did you mean 'normalise'"),
        ({"aggregate": ()}, "No alternatives for 'aggregate'"),
        ({"noise": 1.5}, "noise= lies from 0 to below 1"),
        ({"n": 0}, "n= is at least 1"),
        (
            {"normalise": (ZScore(),), "aggregate": (Aggregate("geometric"),)},
            "With normalise=ZScore.*below 0",
        ),
    ],
)
def test_refusals(result, arguments: dict, clause: str):
    with pytest.raises(ScoresError, match=clause):
        result.uncertainty(**{"n": 20, **arguments})
