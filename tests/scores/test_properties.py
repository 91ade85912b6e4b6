"""What must hold of any index, whatever the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourpillars.scores import (
    Aggregate,
    CriticWeights,
    DistanceToMax,
    EntropyWeights,
    EqualWeights,
    FactorWeights,
    Framework,
    Goalposts,
    MinMax,
    OptimisedWeights,
    PCAWeights,
    Ranked,
    Recipe,
    ZScore,
    build,
)

FRAMEWORK = Framework(
    pd.DataFrame({
        "code": ["a", "b", "c", "d", "P", "Q", "index"], "parent": ["P", "P", "Q", "Q", "index", "index", ""],
        "weight": [2, 1, 1, 3, 1, 2, 1], "polarity": [1, -1, 1, -1, 1, 1, 1],
        "goalpost_low": [0] * 4 + [None] * 3, "goalpost_high": [100] * 4 + [None] * 3,
    })
)  # fmt: skip
POSTS = Recipe(normalise=Goalposts())
quick = settings(max_examples=25, deadline=None)


@st.composite
def tables(draw) -> pd.DataFrame:
    units = draw(st.integers(4, 9))
    seed = draw(st.integers(0, 10_000))
    values = np.random.default_rng(seed).permuted(np.linspace(1, 99, units * 4)).reshape(units, 4)
    return pd.DataFrame(values, columns=list("abcd"), index=[f"u{number}" for number in range(units)])


@quick
@given(tables(), st.floats(0.1, 50), st.floats(-100, 100))
@pytest.mark.parametrize("step", [MinMax(), ZScore(), DistanceToMax(), Ranked("percentile"), Ranked("borda")], ids=repr)
def test_units_of_measurement_do_not_matter(step, table: pd.DataFrame, scale: float, shift: float):
    recipe = Recipe(normalise=step)
    before = build(table, FRAMEWORK, recipe).scores
    after = build(table.assign(a=table["a"] * scale + shift), FRAMEWORK, recipe).scores
    np.testing.assert_allclose(after, before, atol=1e-6)


@quick
@given(tables(), st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 3), st.floats(0.5, 30))
@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "median"])
def test_better_never_scores_worse(method: str, table: pd.DataFrame, code: str, place: int, step: float):
    recipe = Recipe(normalise=Goalposts(), aggregate=Aggregate(method))
    polarity = FRAMEWORK.table["polarity"][code]
    better = table.copy()
    better.loc[table.index[place], code] += polarity * step
    before, after = (build(one, FRAMEWORK, recipe).scores["index"] for one in (table, better))
    assert after.iloc[place] >= before.iloc[place] - 1e-9
    others = [unit for number, unit in enumerate(table.index) if number != place]
    np.testing.assert_array_equal(after[others], before[others])


@quick
@given(tables(), st.randoms(use_true_random=False))
@pytest.mark.parametrize("method", ["arithmetic", "copeland", "borda", "topsis"])
def test_the_order_of_units_does_not_matter(method: str, table: pd.DataFrame, random):
    order = list(table.index)
    random.shuffle(order)
    recipe = Recipe(aggregate=Aggregate("arithmetic", method))
    before = build(table, FRAMEWORK, recipe)
    after = build(table.loc[order], FRAMEWORK, recipe)
    np.testing.assert_allclose(after.scores.loc[table.index], before.scores, atol=1e-9)


@quick
@given(tables(), st.integers(0, 3))
def test_a_unit_that_stands_twice_moves_no_score(table: pd.DataFrame, place: int):
    twin = table.iloc[[place]].rename(index=lambda unit: f"{unit} again")
    before = build(table, FRAMEWORK, POSTS).scores
    after = build(pd.concat([table, twin]), FRAMEWORK, POSTS).scores
    pd.testing.assert_frame_equal(after.loc[table.index], before)
    assert after.iloc[-1].tolist() == before.iloc[place].tolist()


@quick
@given(tables(), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3)), max_size=6))
def test_contributions_add_up_whatever_is_missing(table: pd.DataFrame, gaps: list[tuple[int, int]]):
    for row, column in gaps:
        table.iloc[row % len(table), column] = np.nan
    if table.isna().all(axis=None):
        return
    result = build(table, FRAMEWORK, Recipe(normalise=Goalposts(), aggregate=Aggregate("arithmetic", "geometric")))
    total = result.contributions.sum(axis=1, min_count=1)
    np.testing.assert_allclose(total, result.scores["index"], atol=1e-9)


@quick
@given(tables(), st.lists(st.floats(0.01, 10), min_size=4, max_size=4))
def test_a_mean_lies_between_its_members(table: pd.DataFrame, weights: list[float]):
    framework = FRAMEWORK.with_weights(pd.Series(weights, index=list("abcd")))
    for method in ("arithmetic", "geometric", "harmonic", "median"):
        scores = build(table, framework, Recipe(normalise=Goalposts(), aggregate=Aggregate(method))).scores
        members = scores[["a", "b"]]
        assert (scores["P"] >= members.min(axis=1) - 1e-9).all()
        assert (scores["P"] <= members.max(axis=1) + 1e-9).all()


@quick
@given(tables())
def test_the_means_stand_in_their_order(table: pd.DataFrame):
    made = {
        method: build(table, FRAMEWORK, Recipe(normalise=Goalposts(), aggregate=Aggregate(method))).scores["P"]
        for method in ("harmonic", "geometric", "arithmetic")
    }
    assert (made["harmonic"] <= made["geometric"] + 1e-9).all()
    assert (made["geometric"] <= made["arithmetic"] + 1e-9).all()


@quick
@given(tables())
@pytest.mark.parametrize(
    "step",
    [EqualWeights(), EntropyWeights(), CriticWeights(), PCAWeights(), FactorWeights(), OptimisedWeights()],
    ids=repr,
)
def test_weights_sum_to_one_and_none_is_negative(step, table: pd.DataFrame):
    used = build(table, FRAMEWORK, Recipe(weight=step)).framework
    shares = used.shares()
    for group in used.groups:
        assert shares[used.children(group)].sum() == pytest.approx(1)
    assert (shares >= 0).all()


@quick
@given(tables(), st.floats(0.01, 100))
def test_only_the_proportions_of_weights_count(table: pd.DataFrame, factor: float):
    heavier = FRAMEWORK.with_weights(FRAMEWORK.table["weight"][["a", "b"]] * factor)
    before, after = (build(table, framework, POSTS).scores["index"] for framework in (FRAMEWORK, heavier))
    np.testing.assert_allclose(after, before)


@quick
@given(tables(), st.integers(0, 1000))
def test_the_published_choices_alone_give_the_published_ranks(table: pd.DataFrame, seed: int):
    result = build(table, FRAMEWORK, POSTS)
    drawn = result.uncertainty(n=5, seed=seed, noise=0.0, aggregate=(POSTS.aggregate,)).ranks
    assert (drawn == result.ranks["index"].astype(float)).all(axis=None)
