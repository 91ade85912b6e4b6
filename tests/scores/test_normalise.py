from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import (
    AboutMean,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
    Framework,
    Goalposts,
    MinMax,
    PerIndicator,
    Ranked,
    ScoresError,
    ZScore,
)
from fourpillars.scores.step import Context, Step

UP, DOWN = 1, -1


def applied(step: Step, values: list[float], polarity: int = UP, **columns: float) -> list[float]:
    """Normalise one indicator of units A, B, C …"""
    framework = Framework(pd.DataFrame({"code": ["x"], "polarity": [polarity], **{k: [v] for k, v in columns.items()}}))
    data = pd.DataFrame({"x": values}, index=[*"ABCDEFG"][: len(values)], dtype=float)
    return step.apply(data, Context(framework, data)).values["x"].tolist()


@pytest.mark.parametrize(
    ("step", "polarity", "expected"),
    [
        (MinMax(), UP, [0, 100 / 3, 100, np.nan]),
        (MinMax(), DOWN, [100, 200 / 3, 0, np.nan]),
        (MinMax(1, 10), UP, [1, 4, 10, np.nan]),
        # mean 8/3 + 2 = 14/3; deviations -8/3, -2/3, 10/3; variance (64 + 4 + 100)/9/2 = 28/3
        (ZScore(), UP, [-8 / 3 / np.sqrt(28 / 3), -2 / 3 / np.sqrt(28 / 3), 10 / 3 / np.sqrt(28 / 3),
        np.nan]), (ZScore(50, 10), DOWN, [50 + 80 / 3 / np.sqrt(28 / 3), 50 + 20 / 3 / np.sqrt(28 / 3),
                                50 - 100 / 3 / np.sqrt(28 / 3), np.nan]),
        (Ranked("rank"), UP, [1, 2, 3, np.nan]),
        (Ranked("rank"), DOWN, [3, 2, 1, np.nan]),
        (Ranked("borda"), UP, [0, 1, 2, np.nan]),
        (Ranked("percentile"), UP, [0, 50, 100, np.nan]),
        (DistanceToMax(), UP, [0, 100 / 3, 100, np.nan]),
        (DistanceToMax(scale=1), DOWN, [1, 2 / 3, 0, np.nan]),
        (DistanceToReference("B"), UP, [0, 100, 300, np.nan]),
        (DistanceToReference("B", cap=True), UP, [0, 100, 100, np.nan]),
        (DistanceToReference("B", form="ratio"), UP, [50, 100, 200, np.nan]),
        (DistanceToReference("B", form="ratio"), DOWN, [200, 100, 50, np.nan]),
        (Ranked("percentile", scale=1), DOWN, [1, 0.5, 0, np.nan]),
        (FractionOfMax(), UP, [25, 50, 100, np.nan]),
        (FractionOfMax(), DOWN, [100, 50, 25, np.nan]),
        # mean 14/3: the band of 20 % goes from 3.73 to 5.6
        (AboutMean(), UP, [-1, 0, 1, np.nan]),
        (AboutMean(), DOWN, [1, 0, -1, np.nan]),
    ],
)  # fmt: skip
def test_each_way(step: Step, polarity: int, expected: list[float]):
    values = [2, 4, 8, np.nan]
    assert applied(step, values, polarity) == pytest.approx(expected, nan_ok=True)


def test_distance_to_target_is_held_at_the_target():
    assert applied(DistanceToTarget(), [0, 5, 20], target=10) == [0, 50, 100]
    assert applied(DistanceToTarget(cap=False), [0, 5, 20], target=10) == [0, 50, 200]
    assert applied(DistanceToTarget(), [0, 5, 20], DOWN, target=10) == [100, 100, 0]


def test_goalposts_cap_or_let_through():
    posts = {"goalpost_low": 0, "goalpost_high": 50}
    assert applied(Goalposts(), [-10, 25, 60], **posts) == [0, 50, 100]
    assert applied(Goalposts(cap=False), [-10, 25, 60], **posts) == [-20, 50, 120]
    assert applied(Goalposts(), [-10, 20, 60], DOWN, **posts) == [100, 60, 0]
    assert applied(Goalposts(bounds={"x": (0, 100)}), [-10, 25, 60], **posts) == [0, 25, 60]


def test_goalposts_name_what_they_capped():
    framework = Framework(pd.DataFrame({"code": ["x"], "goalpost_low": [0], "goalpost_high": [50]}))
    data = pd.DataFrame({"x": [60.0, 10.0]}, index=["A", "B"])
    trail = Goalposts().apply(data, Context(framework, data)).trail
    assert trail.to_dict("records") == [{"unit": "A", "indicator": "x", "value": 60.0, "action": "capped"}]


def test_goalposts_in_logarithms():
    # (ln 1000 − ln 100) / (ln 10000 − ln 100) = 1/2
    posts = {"goalpost_low": 100, "goalpost_high": 10000}
    assert applied(Goalposts(log=("x",)), [1000], **posts) == pytest.approx([50])
    with pytest.raises(ScoresError, match="above 0"):
        applied(Goalposts(log=("x",)), [0], **posts)


def test_ties_count_from_below():
    assert applied(Ranked("rank"), [5, 5, 9]) == [1, 1, 3]
    assert applied(Ranked("rank", ties="average"), [5, 5, 9]) == [1.5, 1.5, 3]


@pytest.mark.parametrize(("choice", "expected"), [("middle", [50, 50, np.nan]), ("missing", [np.nan] * 3)])
def test_a_constant_column_is_refused_or_as_chosen(choice: str, expected: list[float]):
    with pytest.raises(ScoresError, match="'x': the values are all equal"):
        applied(MinMax(), [7, 7, np.nan])
    assert applied(MinMax(constant=choice), [7, 7, np.nan]) == pytest.approx(expected, nan_ok=True)


def test_a_column_without_values_stays_missing():
    assert np.isnan(applied(MinMax(), [np.nan, np.nan])).all()


@pytest.mark.parametrize(
    ("step", "values", "clause"),
    [
        (ZScore(), [3, 3], "all equal"),
        (Goalposts(), [1, 2], "No goalposts"),
        (DistanceToReference("Q"), [1, 2], "Unknown reference unit 'Q'"),
        (DistanceToReference("A"), [1, 2], "the worst"),
        (DistanceToTarget(), [1, 2], "No target"),
        (FractionOfMax(), [-1, 2], "from 0 up"),
        (FractionOfMax(), [0, 0], "best above 0"),
        (DistanceToReference("A", form="ratio"), [0, 2], "the worst"),
        (AboutMean(), [-3, 2], "mean above 0"),
        (Ranked("percentile"), [1, np.nan], "two values"),
    ],
)
def test_what_a_method_cannot_do(step: Step, values: list[float], clause: str):
    with pytest.raises(ScoresError, match=clause):
        applied(step, values)


def test_a_misspelt_choice_is_refused():
    with pytest.raises(ScoresError, match=r"Unknown over 'perod'. Did you mean 'period'?"):
        MinMax(over="perod")


def test_one_way_for_most_and_another_for_some():
    framework = Framework(pd.DataFrame({"code": ["x", "y", "z"]}))
    data = pd.DataFrame({"x": [1.0, 3.0], "y": [1.0, 3.0], "z": [1.0, 3.0]})
    mixed = PerIndicator(MinMax(), {"y": MinMax(0, 1), "z": None}).apply(data, Context(framework, data)).values
    assert mixed.to_dict("list") == {"x": [0, 100], "y": [0, 1], "z": [1, 3]}


def test_over_all_periods_or_within_each():
    index = pd.MultiIndex.from_product([["A", "B"], [2025, 2026]])
    framework = Framework(pd.DataFrame({"code": ["x"]}))
    data = pd.DataFrame({"x": [0.0, 10.0, 5.0, 20.0]}, index=index)
    context = Context(framework, data)
    assert MinMax().apply(data, context).values["x"].tolist() == [0, 50, 25, 100]
    assert MinMax(over="period").apply(data, context).values["x"].tolist() == [0, 0, 100, 100]


def test_nothing_is_a_fraction_of_the_best_too():
    assert applied(FractionOfMax(), [0, 1, 4]) == [0, 25, 100]
    with pytest.raises(ScoresError, match="above 0 for polarity -1"):
        applied(FractionOfMax(), [0, 1, 4], DOWN)


def test_an_empty_column_has_no_distance_to_its_target():
    assert np.isnan(applied(DistanceToTarget(), [np.nan, np.nan], target=9.0)).all()
