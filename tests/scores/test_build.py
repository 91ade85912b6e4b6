"""The whole way through, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import (
    Aggregate,
    Framework,
    Goalposts,
    Impute,
    MinMax,
    PerIndicator,
    Rank,
    Recipe,
    ScoresError,
    build,
)

RECIPE = Recipe(normalise=Goalposts(), aggregate=Aggregate("arithmetic", threshold=(0.5, 1.0)), rank=Rank(decimals=1))


def test_scores_by_hand(tree: Framework, data: pd.DataFrame):
    # X: P = (2·30 + 60)/3 = 40; Q = (40 + 80)/2 = 60; index 50
    # Z: P = (2·90 + 0)/3 = 60; Q = 50 (d alone); index 55
    scores = build(data, tree, RECIPE).scores
    assert scores["P"].tolist() == pytest.approx([40, 50, 60])
    assert scores["Q"].tolist() == pytest.approx([60, np.nan, 50], nan_ok=True)
    assert scores["index"].tolist() == pytest.approx([50, np.nan, 55], nan_ok=True)


def test_a_pillar_missing_leaves_no_overall_score_and_says_why(tree: Framework, data: pd.DataFrame):
    result = build(data, tree, RECIPE)
    assert result.reasons.loc["Y", ["c", "P", "Q", "index"]].tolist() == [
        "missing",
        "",
        "no_data",
        "below_threshold",
    ]
    assert result.ranks["index"].tolist() == [2, pd.NA, 1]


def test_the_threshold_counts_members(tree: Framework, data: pd.DataFrame):
    strict = build(data, tree, RECIPE).replace(aggregate=Aggregate("arithmetic", threshold=0.6))
    assert strict.reasons.loc["Z", ["Q", "index"]].tolist() == ["below_threshold", "below_threshold"]


def test_coverage_by_unit_and_node(tree: Framework, data: pd.DataFrame):
    coverage = build(data, tree, RECIPE).coverage
    assert coverage.loc["Z", ["a", "c", "P", "Q", "index"]].tolist() == [1.0, 0.0, 1.0, 0.5, 0.75]


def test_stages_are_kept(tree: Framework, data: pd.DataFrame):
    result = build(data, tree, RECIPE)
    assert list(result.stages) == ["raw", "normalised", "aggregated"]
    assert result.stages["raw"].loc["X", "d"] == 2.0
    assert result.stages["normalised"].loc["X", "d"] == 80.0


def test_replace_changes_one_step_only(tree: Framework, data: pd.DataFrame):
    result = build(data, tree, RECIPE).replace(aggregate=Aggregate("geometric"))
    assert result.recipe.normalise is RECIPE.normalise
    # X: P = (30²·60)^(1/3), Q = √(40·80)
    assert result.scores.loc["X", "P"] == pytest.approx(54000 ** (1 / 3))
    assert result.scores.loc["X", "Q"] == pytest.approx(np.sqrt(3200))


def test_without_leaves_an_indicator_out(tree: Framework, data: pd.DataFrame):
    assert build(data, tree, RECIPE).without("b").scores["P"].tolist() == [30.0, 60.0, 90.0]


def test_a_weight_of_zero_counts_neither_in_scores_nor_in_coverage(data: pd.DataFrame, tree: Framework):
    light = tree.with_weights(pd.Series({"c": 0.0}))
    result = build(data, light, RECIPE)
    assert result.scores["Q"].tolist() == pytest.approx([80, np.nan, 50], nan_ok=True)
    assert result.coverage.loc["Z", "Q"] == 1.0
    assert result.reasons.loc["Z", "Q"] == ""


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (lambda d: d.drop(columns="a"), "no column for 'a'"),
        (lambda d: pd.concat([d, d]), "stand more than once"),
        (lambda d: d.assign(a=["x", "y", "z"]), "not numbers in 'a'"),
        (lambda d: d.assign(a=[1.0, np.inf, 2.0]), "Infinite values .* at 'Y · a'"),
        (lambda d: d * np.nan, "not one value"),
        (lambda d: d.assign(a=pd.date_range("2026-01-01", periods=3)), "not numbers in 'a'"),
        (lambda d: d.assign(a=[1j, 2j, 3j]), "not numbers in 'a'"),
        (lambda d: d.set_axis(["X", None, "Z"]), "has no unit"),
        (lambda d: d.set_axis(pd.MultiIndex.from_tuples([(1, 1, 1), (1, 1, 2), (1, 2, 1)])), "3 levels"),
        (lambda d: d["a"], "takes a DataFrame"),
    ],
)
def test_tables_that_cannot_be_scored(tree: Framework, data: pd.DataFrame, change, clause: str):
    with pytest.raises(ScoresError, match=clause):
        build(change(data), tree, RECIPE)


def test_whole_numbers_and_numbers_as_text_are_numbers(flat: Framework):
    result = build(pd.DataFrame({"a": [1, 3], "b": ["4", "2"]}), flat)
    assert result.scores["index"].tolist() == [0.0, 100.0]


def test_a_single_unit_is_refused_by_min_max_and_scored_by_goalposts(tree: Framework, data: pd.DataFrame):
    one = data.loc[["X"]]
    with pytest.raises(ScoresError, match="all equal"):
        build(one, tree, Recipe(normalise=MinMax()))
    assert build(one, tree, RECIPE).ranks["index"].tolist() == [1]


def test_an_indicator_missing_everywhere_counts_as_missing(tree: Framework, data: pd.DataFrame):
    result = build(data.assign(c=np.nan), tree, RECIPE)
    assert result.scores["Q"].tolist() == pytest.approx([80, np.nan, 50], nan_ok=True)


def test_without_normalising_polarity_would_be_lost(flat: Framework):
    with pytest.raises(ScoresError, match=r"'b' .polarity -1. would count the wrong way"):
        build(pd.DataFrame({"a": [1.0], "b": [2.0]}), flat, Recipe(normalise=None))


def test_aggregate_none_stops_at_the_indicators(tree: Framework, data: pd.DataFrame):
    result = build(data, tree, Recipe(normalise=Goalposts(), aggregate=None))
    assert list(result.scores.columns) == ["a", "b", "c", "d"]


def test_a_panel_ranks_within_each_period(flat: Framework):
    index = pd.MultiIndex.from_product([["X", "Y"], ["2025", "2026"]])
    data = pd.DataFrame({"a": [1.0, 4.0, 2.0, 3.0], "b": [0.0, 0.0, 0.0, 1.0]}, index=index)
    ranks = build(data, flat).ranks["index"]
    assert ranks.to_dict() == {("X", "2025"): 2, ("X", "2026"): 1, ("Y", "2025"): 1, ("Y", "2026"): 2}


def test_columns_that_are_numbers_meet_codes_that_are_numbers():
    framework = Framework(pd.DataFrame({"code": [1, 2, 9], "parent": [9, 9, None]}))
    assert build(pd.DataFrame({1: [1.0, 2.0], 2: [2.0, 1.0]}), framework).scores["9"].tolist() == [50.0, 50.0]


def test_nothing_left_unnormalised_counts_the_wrong_way(flat: Framework):
    step = PerIndicator(MinMax(), {"b": None})
    with pytest.raises(ScoresError, match=r"'b' .polarity -1. would count the wrong way"):
        build(pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 3.0]}), flat, Recipe(normalise=step))


def test_an_index_that_is_not_aggregated_has_no_parts(tree: Framework, data: pd.DataFrame):
    result = build(data, tree, Recipe(normalise=Goalposts(), aggregate=None))
    with pytest.raises(ScoresError, match="does not aggregate"):
        _ = result.contributions
    with pytest.raises(ScoresError, match="does not aggregate"):
        _ = result.effective_weights


def test_a_threshold_by_group(tree: Framework, data: pd.DataFrame):
    # Z has one of the two members of Q; P and the index ask for nothing
    result = build(data, tree, Recipe(normalise=Goalposts(), aggregate=Aggregate(threshold={"Q": 1.0})))
    assert result.reasons.loc["Z", ["P", "Q", "index"]].tolist() == ["", "below_threshold", ""]
    with pytest.raises(ScoresError, match="Unknown group of threshold 'R'"):
        build(data, tree, Recipe(normalise=Goalposts(), aggregate=Aggregate(threshold={"R": 1.0})))


def test_what_was_imputed_is_flagged_and_tested(tree: Framework, data: pd.DataFrame):
    result = build(data, tree, Recipe(impute=Impute("mean"), normalise=Goalposts()))
    assert result.imputed.sum().to_dict() == {"a": 0, "b": 0, "c": 2, "d": 1}
    assert list(result.imputation_quality(share=0.5).index) == ["a", "b", "c", "d"]
    with pytest.raises(ScoresError, match="does not impute"):
        build(data, tree, RECIPE).imputation_quality()
