from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.indicators.expression import evaluate
from fourpillars.indicators.quantity import Quantity


def quantity(start: str, freq: str = "M", first_row: int = 0, **columns: list[float]) -> tuple[Quantity, np.ndarray]:
    """A quantity of literal values, and the values of its observations by row id."""
    values = pd.DataFrame(columns, dtype=float)
    values.index = pd.period_range(start, periods=len(values), freq=freq)
    rows = np.arange(values.size).reshape(values.shape) + first_row

    class Wide:
        pass

    Wide.values, Wide.unit = values, "cny_100m"
    Wide.rows = pd.DataFrame(rows, values.index, values.columns)
    return Quantity.of(Wide), values.to_numpy().ravel()


def test_arithmetic_keeps_what_it_is_made_of():
    level, observed = quantity("2026-02", C31=[50, 80])
    margin = 100 * (level - level.lag(1)) / level
    assert margin.values.loc["2026-03", "C31"] == pytest.approx(37.5)  # 100 × 30 / 80
    assert margin.explain("2026-03", "C31").formula == "100 × (o1 − o2) / o1"
    assert evaluate(margin.lineage("2026-03", "C31"), observed) == pytest.approx(37.5)


def test_a_missing_ingredient_is_a_missing_cell_without_lineage():
    level, _ = quantity("2026-02", C31=[50, np.nan])
    total = level + level.lag(1)
    assert np.isnan(total.values.loc["2026-03", "C31"])
    assert total.lineage("2026-03", "C31") is None
    assert total.explain("2030-01", "C31").rows == ()


def test_quantities_meet_where_both_have_periods_and_units():
    left, _ = quantity("2026-01", C31=[1, 2, 3], C32=[1, 1, 1])
    right, _ = quantity("2026-02", C32=[5, 6, 7], C33=[0, 0, 0])
    total = left + right
    assert list(total.values.columns) == ["C32"]
    assert total.values["C32"].tolist() == [6, 7]
    assert [str(p) for p in total.values.index] == ["2026-02", "2026-03"]


def test_quantities_of_two_frequencies_do_not_combine():
    month, _ = quantity("2026-01", CN=[1, 2, 3])
    year, _ = quantity("2024", freq="Y-DEC", CN=[1, 2])
    with pytest.raises(ValueError, match="frequency M and A"):
        month + year


def test_division_by_zero_is_missing_and_says_why():
    top, _ = quantity("2026-02", C31=[5])
    bottom, _ = quantity("2026-02", C31=[0])
    ratio = top / bottom
    assert np.isnan(ratio.values.loc["2026-02", "C31"])
    assert ratio.reasons.loc["2026-02", "C31"] == "not_defined"


def test_rolling_windows_count_only_what_is_published():
    growth, observed = quantity("2026-02", C31=[4, np.nan, 8, 6])
    mean = growth.rolling(3, "mean", least=2)
    assert np.isnan(mean.values.loc["2026-02", "C31"])
    assert mean.reasons.loc["2026-02", "C31"] == "too_short"
    assert mean.values.loc["2026-04", "C31"] == 6  # of 4 and 8
    assert mean.values.loc["2026-05", "C31"] == 7  # of 8 and 6
    assert mean.explain("2026-04", "C31").formula == "mean(o1, o2)"
    assert evaluate(mean.lineage("2026-04", "C31"), observed) == 6


def test_a_series_that_has_ended_stays_ended_in_its_windows():
    growth, _ = quantity("2026-02", C31=[4, 8, np.nan])
    assert np.isnan(growth.rolling(3, "mean", least=1).values.loc["2026-04", "C31"])
    assert growth.rolling(3, "mean", least=1, at_gaps=True).values.loc["2026-04", "C31"] == 6


def test_otherwise_continues_a_series_with_its_own_observations():
    old, _ = quantity("2023-11", C31=[1, np.nan])
    new, _ = quantity("2023-12", first_row=100, C31=[2, 3])
    joined = old.otherwise(new)
    assert joined.values["C31"].tolist() == [1, 2, 3]
    assert joined.explain("2024-01", "C31").rows == (101,)


def test_across_units():
    growth, observed = quantity("2026-02", C31=[4, 1], C32=[-2, np.nan], C33=[10, 3])
    units = ["C31", "C32", "C33"]
    assert growth.across("median", units).values["CN"].tolist()[0] == 4
    assert np.isnan(growth.across("median", units).values["CN"].iloc[1])  # one is missing, all are due
    share = growth.across("share_positive", units, least=2)
    assert share.values["CN"].tolist() == [pytest.approx(200 / 3), 100]
    assert evaluate(share.lineage("2026-02", "CN"), observed) == pytest.approx(200 / 3)


def test_a_national_column_is_repeated_for_every_unit():
    nation, _ = quantity("2026-02", CN=[5])
    own, _ = quantity("2026-02", first_row=10, C31=[7], C32=[4])
    lead = own - nation.broadcast(["C31", "C32"])
    assert lead.values.loc["2026-02"].tolist() == [2, -1]
    assert lead.explain("2026-02", "C32").rows == (11, 0)


def test_months_that_end_a_quarter():
    month, _ = quantity("2026-01", CN=[1, 2, 3, 4, 5, 6])
    quarter = month.at_ends("Q")
    assert quarter.values["CN"].tolist() == [3, 6]
    assert quarter.freq == "Q"
    assert quarter.explain("2026-Q2", "CN").rows == (5,)
