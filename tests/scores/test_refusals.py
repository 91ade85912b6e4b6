"""A constant column, a single unit, all missing, an infinite value: never a silent gap."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import (
    AboutMean,
    Aggregate,
    BenefitOfDoubt,
    BoxCox,
    CriticWeights,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    EntropyWeights,
    EqualWeights,
    FactorWeights,
    FractionOfMax,
    Framework,
    Goalposts,
    Impute,
    ImputeEM,
    Log,
    MinMax,
    OptimisedWeights,
    PCAWeights,
    PerIndicator,
    PowerMean,
    Ranked,
    Recipe,
    ScoresError,
    Screen,
    StandardValues,
    Winsorise,
    ZScore,
    build,
)

FRAMEWORK = Framework(
    pd.DataFrame({"code": ["a", "b", "c", "index"], "parent": ["index"] * 3 + [""],
                  "target": [9.0] * 3 + [None], "goalpost_low": [0.0] * 3 + [None],
                  "goalpost_high": [10.0] * 3 + [None]})
)  # fmt: skip
PLAIN = pd.DataFrame({"a": [1.0, 2, 4, 7, 3], "b": [2.0, 8, 5, 4, 1], "c": [6.0, 1, 3, 2, 8]}, index=list("VWXYZ"))
TABLES = {
    "constant column": PLAIN.assign(a=3.0),
    "single unit": PLAIN.iloc[[0]],
    "two units": PLAIN.iloc[:2],
    "an empty column": PLAIN.assign(a=np.nan),
    "an empty unit": PLAIN.mask(PLAIN.index.to_series().eq("X"), np.nan),
    "a single value": PLAIN.assign(a=PLAIN["a"].where(PLAIN.index == "V")),
}
STEPS = [
    *({"normalise": step} for step in (
        MinMax(), MinMax(constant="middle"), MinMax(constant="missing"), ZScore(), Ranked(), Ranked("rank"),
        Ranked("borda"), DistanceToMax(), DistanceToReference("V"), DistanceToTarget(), FractionOfMax(),
        Goalposts(), AboutMean(), StandardValues(), PerIndicator(MinMax(), {"a": Goalposts()}))),
    *({"weight": step, "normalise": Goalposts()} for step in (
        EqualWeights(), EntropyWeights(), CriticWeights(), PCAWeights(), FactorWeights(),
        OptimisedWeights())),
    *({"treat": step, "normalise": Goalposts()} for step in (Winsorise(), Log(), BoxCox())),
    *({"impute": step, "normalise": Goalposts()} for step in (Impute(), Impute("median"), ImputeEM())),
    *({"aggregate": Aggregate(method), "normalise": Goalposts()} for method in (
        "arithmetic", "geometric", "harmonic", "median", "copeland", "borda", "topsis", PowerMean(2),
        BenefitOfDoubt())),
    {"screen": Screen(0.5), "normalise": Goalposts()},
]  # fmt: skip


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: repr(next(iter(steps.values()))))
def test_whoever_has_data_has_a_rank_or_the_recipe_is_refused(steps: dict, table: pd.DataFrame):
    try:
        result = build(table, FRAMEWORK, Recipe(**steps))
    except ScoresError:
        return
    ranks, reasons = result.ranks["index"], result.reasons["index"]
    for unit in result.scores.index:
        if table.loc[unit].notna().any():
            asked = steps.get("normalise") == MinMax(constant="missing") and reasons[unit] == "no_data"
            assert pd.notna(ranks[unit]) or asked, f"{unit} has no rank"
        else:
            imputed = unit in set(result.trail.get("imputed", pd.DataFrame({"unit": []}))["unit"])
            assert imputed or (pd.isna(ranks[unit]) and reasons[unit] == "no_data")


@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: repr(next(iter(steps.values()))))
@pytest.mark.parametrize("bad", [np.inf, -np.inf], ids=["inf", "-inf"])
def test_an_infinite_value_is_refused_by_cell(steps: dict, bad: float):
    table = PLAIN.copy()
    table.loc["X", "b"] = bad
    with pytest.raises(ScoresError, match="X · b"):
        build(table, FRAMEWORK, Recipe(**steps))


def test_nothing_at_all_is_refused():
    with pytest.raises(ScoresError, match="not one value"):
        build(PLAIN * np.nan, FRAMEWORK)
    with pytest.raises(ScoresError, match="not one value"):
        build(PLAIN.iloc[:0], FRAMEWORK)
