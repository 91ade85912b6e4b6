from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import (
    Framework,
    Goalposts,
    Impute,
    ImputeEM,
    ImputeTime,
    Recipe,
    ScoresError,
    build,
    imputation_quality,
)
from fourpillars.scores.step import Context


def run(step, data: pd.DataFrame):
    return step.apply(data, Context(Framework(pd.DataFrame({"code": list(data.columns)})), data))


DATA = pd.DataFrame({"x": [1.0, 2.0, 9.0, np.nan], "y": [1.0, np.nan, 3.0, 4.0]}, index=list("ABCD"))


@pytest.mark.parametrize(("method", "expected"), [("mean", 4.0), ("median", 2.0)])
def test_filled_from_all_units(method: str, expected: float):
    stage = run(Impute(method), DATA)
    assert stage.values.loc["D", "x"] == expected
    assert stage.trail[["unit", "indicator", "method"]].values.tolist() == [
        ["B", "y", method],
        ["D", "x", method],
    ]


def test_a_group_without_values_stays_missing():
    groups = pd.Series(["one", "one", "one", "two"], index=list("ABCD"))
    stage = run(Impute("mean", groups=groups), DATA)
    assert np.isnan(stage.values.loc["D", "x"])
    assert stage.values.loc["B", "y"] == 2.0


def test_a_unit_without_a_group_is_refused():
    with pytest.raises(ScoresError, match="Unit 'D' has no group"):
        run(Impute("mean", groups=pd.Series(["one"] * 3, index=list("ABC"))), DATA)


def test_imputed_cells_do_not_count_as_covered(tree: Framework, data: pd.DataFrame):
    result = build(data, tree, Recipe(impute=Impute("median"), normalise=Goalposts()))
    assert not result.scores.isna().any(axis=None)
    assert result.coverage.loc["Y", "Q"] == 0.0


def test_over_time():
    index = pd.MultiIndex.from_product([["A", "B"], ["2023", "2024", "2025", "2026"]])
    data = pd.DataFrame({"x": [1.0, np.nan, np.nan, 4.0, np.nan, 2.0, 3.0, np.nan]}, index=index)
    last = run(ImputeTime("last"), data).values["x"].tolist()
    assert last == pytest.approx([1, 1, 1, 4, np.nan, 2, 3, 3], nan_ok=True)
    linear = run(ImputeTime("linear"), data).values["x"].tolist()
    assert linear == pytest.approx([1, 2, 3, 4, np.nan, 2, 3, np.nan], nan_ok=True)
    with pytest.raises(ScoresError, match=r"rows by .unit, period"):
        run(ImputeTime(), DATA)


def test_em_follows_a_relation_that_the_mean_would_miss():
    generator = np.random.default_rng(0)
    x = generator.normal(size=60)
    data = pd.DataFrame({"x": x, "y": 3 * x + 0.01 * generator.normal(size=60)})
    data.loc[5, "y"] = np.nan
    assert run(ImputeEM(), data).values.loc[5, "y"] == pytest.approx(3 * x[5], abs=0.05)


def test_em_refuses_what_has_no_value_at_all():
    with pytest.raises(ScoresError, match="EM cannot fill 'y'"):
        run(ImputeEM(), DATA.assign(y=np.nan))


def test_the_quality_of_an_imputation_is_measured_on_known_cells():
    generator = np.random.default_rng(1)
    x = generator.normal(size=200)
    data = pd.DataFrame({"x": x, "y": x + 0.1 * generator.normal(size=200)})
    context = Context(Framework(pd.DataFrame({"code": ["x", "y"]})), data)
    by_mean = imputation_quality(data, context, Impute("mean"))
    by_em = imputation_quality(data, context, ImputeEM(most=50))
    assert by_mean["relative"].between(0.9, 1.1).all()
    assert (by_em["relative"] < 0.2).all()
    assert (by_em["r2"] > 0.9).all()
    assert (by_em["d"] > 0.95).all()
    assert (by_em["cells"] > 200).all()
