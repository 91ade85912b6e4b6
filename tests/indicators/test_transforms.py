from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.indicators import transforms
from fourpillars.indicators.quantity import Quantity


def national(start: str, values: list[float], unit: str = "cny_100m") -> Quantity:
    index = pd.period_range(start, periods=len(values), freq="M")

    class Wide:
        pass

    Wide.values = pd.DataFrame({"CN": values}, index, dtype=float)
    Wide.rows = pd.DataFrame({"CN": range(len(values))}, index)
    Wide.unit = unit
    return Quantity.of(Wide)


def test_months_of_a_flow_are_never_taken_across_a_year_and_february_is_two_months():
    ytd = national("2025-11", [1000, 1100, np.nan, 180, 290])  # November, December, none, February, March
    months = transforms.months_from_ytd(ytd).values["CN"]
    assert months["2025-12"] == 100
    assert np.isnan(months["2026-01"])
    assert months["2026-02"] == 180  # January and February, not 180 − 1100
    assert months["2026-03"] == 110


def test_february_of_a_monthly_growth_series_is_january_and_february_as_published():
    month = national("2025-12", [5.2, np.nan, np.nan, 7.7], "pct_yoy")
    ytd = national("2025-12", [5.9, np.nan, 6.3, 6.8], "pct_yoy")
    growth = transforms.january_february(month, ytd).values["CN"]
    assert growth["2025-12"] == 5.2
    assert np.isnan(growth["2026-01"])
    assert growth["2026-02"] == 6.3
    assert growth["2026-03"] == 7.7


def test_the_comparable_base():
    base = transforms.comparable_base(national("2026-02", [110.0]), national("2026-02", [10.0], "pct_yoy"))
    assert base.values["CN"].iloc[0] == pytest.approx(100)
    assert base.unit == "cny_100m"


def test_a_ratio_changes_on_the_comparable_base():
    change = transforms.ratio_change(
        national("2026-02", [12.0]), national("2026-02", [20.0]),  # profit 12, a year ago 10
        national("2026-02", [210.0]), national("2026-02", [5.0]), 100,  # revenue 210, a year ago 200
    )  # fmt: skip
    assert change.values["CN"].iloc[0] == pytest.approx(100 * (12 / 210 - 10 / 200))


def test_momentum_compares_three_months_with_the_three_before():
    growth = national("2026-02", [2, 4, 6, 9, 9, 12], "pct_yoy")
    assert transforms.momentum(growth).values.loc["2026-07", "CN"] == pytest.approx(10 - 4)


def test_momentum_bridges_the_missing_january():
    growth = national("2025-10", [3, 5, 4, np.nan, 8, 10], "pct_yoy")
    momentum = transforms.momentum(growth).values["CN"]
    assert momentum["2026-03"] == pytest.approx(9 - 4)  # of February and March; of October to December
    assert np.isnan(momentum["2026-01"])


def test_volatility_needs_ten_of_twelve_months():
    growth = national("2025-02", [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, np.nan, 3], "pct_yoy")
    volatility = transforms.volatility(growth).values["CN"]
    assert np.isnan(volatility["2025-10"])
    assert volatility["2025-11"] == pytest.approx((10 / 9) ** 0.5)  # ten values, one from their mean


def test_depth_and_length_of_the_last_downturn():
    growth = national("2025-01", [-9, 1, -2, -5, -1, 3], "pct_yoy")
    assert transforms.downturn(growth, "depth", months=6, least=6).values.loc["2025-06", "CN"] == -5
    assert transforms.downturn(growth, "length", months=6, least=6).values.loc["2025-06", "CN"] == 3


def test_days_from_the_month_ends_published_this_year():
    stock = national("2025-12", [999, np.nan, 50, 60, 70])  # December belongs to the year before
    cost = national("2025-12", [9999, np.nan, 400, 660, 900])
    days = transforms.turnover_days(stock, cost).values["CN"]
    assert days["2026-02"] == pytest.approx(30 * 2 * 50 / 400)
    assert days["2026-04"] == pytest.approx(30 * 4 * 60 / 900)


def test_one_price_series_of_index_and_change():
    index = national("2023-11", [97.0, 97.3], "index_prev_year_month_100")
    change = national("2024-01", [-2.5], "pct_yoy")
    prices = transforms.price_change(index, change)
    assert prices.values["CN"].tolist() == [pytest.approx(-3.0), pytest.approx(-2.7), -2.5]
    assert prices.unit == "pct_yoy"
    assert prices.explain("2023-11", "CN").formula == "o1 − 100"
