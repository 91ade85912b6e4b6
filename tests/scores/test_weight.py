from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import (
    CriticWeights,
    EntropyWeights,
    EqualWeights,
    FactorWeights,
    Framework,
    Goalposts,
    MinMax,
    OptimisedWeights,
    PCAWeights,
    Recipe,
    ScoresError,
    build,
)
from fourpillars.scores.weight import critic, entropy
from fourpillars.scores.weight_components import first_component, rotated_factors
from fourpillars.scores.weight_optimised import equalised

ALL = [EqualWeights(), EntropyWeights(), EntropyWeights("all"), CriticWeights(), CriticWeights("all"),
PCAWeights(),
       FactorWeights(), OptimisedWeights()]  # fmt: skip


@pytest.fixture
def random_data() -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(5).random((30, 4)), columns=list("abcd"))


@pytest.mark.parametrize("step", ALL, ids=repr)
def test_weights_are_from_zero_up_and_shares_add_up(tree: Framework, random_data: pd.DataFrame, step):
    used = build(random_data, tree, Recipe(weight=step)).framework
    assert (used.table["weight"] >= 0).all()
    for group in used.groups:
        assert used.shares()[used.children(group)].sum() == pytest.approx(1)


def test_entropy_by_hand():
    # Shares ¼, ¾: e = −(¼ ln ¼ + ¾ ln ¾) / ln 2 = 0.811278; a column of halves has e = 1.
    weights = entropy(np.array([[1.0, 1.0, 3.0], [3.0, 1.0, 1.0]]))
    assert weights.tolist() == pytest.approx([0.5, 0.0, 0.5])


def test_entropy_over_all_indicators_gives_groups_the_sum(tree: Framework, random_data: pd.DataFrame):
    table = build(random_data, tree, Recipe(weight=EntropyWeights("all"))).framework.table["weight"]
    assert table["P"] == pytest.approx(table["a"] + table["b"])
    assert table[["a", "b", "c", "d"]].sum() == pytest.approx(1)


def test_critic_by_hand():
    # On 0–1: a = (0, 1, ½), b the reverse, c = a. sd all ½; conflicts a: 0 + 2 + 0 = 2, b: 2 + 2 = 4, c: 2.
    values = np.array([[0.0, 1.0, 0.0], [2.0, 0.0, 4.0], [1.0, 0.5, 2.0]])
    assert critic(values).tolist() == pytest.approx([0.25, 0.5, 0.25])


def test_first_component_of_two_equal_correlations_is_equal():
    values = np.random.default_rng(2).random((20, 2))
    assert first_component(values).tolist() == pytest.approx([0.5, 0.5])


def test_factors_of_two_unrelated_pairs():
    # Two pairs, each perfectly correlated and the pairs not at all: two factors, all four weigh the same.
    x, y = np.array([1.0, -1, 1, -1]), np.array([1.0, 1, -1, -1])
    weights = rotated_factors(np.column_stack([x, x * 2, y, y * 3]))
    assert weights.tolist() == pytest.approx([0.25] * 4, abs=1e-6)


def test_optimised_weights_make_members_equally_correlated():
    generator = np.random.default_rng(4)
    common = generator.normal(size=200)
    values = np.column_stack([common + generator.normal(size=200) * spread for spread in (0.3, 1.0, 2.0)])
    total = values @ equalised(values)
    correlations = [np.corrcoef(column, total)[0, 1] for column in values.T]
    assert max(correlations) - min(correlations) < 1e-3


def test_optimised_weights_of_uncorrelated_members_are_inverse_to_their_spread():
    x, y = np.array([1.0, -1, 1, -1]), np.array([1.0, 1, -1, -1])
    assert equalised(np.column_stack([x, 3 * y])).tolist() == pytest.approx([0.75, 0.25], abs=1e-4)


def test_refusals(tree: Framework, random_data: pd.DataFrame):
    flat = random_data.assign(a=1.0)
    recipe = Recipe(normalise=Goalposts())
    for step in (PCAWeights(), OptimisedWeights()):
        with pytest.raises(ScoresError, match="need indicators that vary: 'a'"):
            build(flat, tree, Recipe(normalise=recipe.normalise, weight=step))
    with pytest.raises(ScoresError, match="values from 0 up"):
        build(random_data, tree, Recipe(normalise=MinMax(-1, 1), weight=EntropyWeights()))
    with pytest.raises(ScoresError, match="Unknown within"):
        EntropyWeights("pillar")


def test_loadings_squared_or_in_size():
    # the correlation matrix [[1, r], [r, 1]] has the first component (1, 1) / √2 whatever r, so add a third
    values = np.array([[1.0, 1.0, 2.0], [2.0, 2.0, 1.0], [3.0, 3.0, 2.5], [4.0, 4.0, 1.5]])
    squared, size = first_component(values), first_component(values, squared=False)
    assert squared.sum() == pytest.approx(1)
    assert size.sum() == pytest.approx(1)
    assert np.sqrt(squared / squared[0]) == pytest.approx(size / size[0])
