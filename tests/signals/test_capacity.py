from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from fourpillars.signals import capacity_verdicts, capacity_warning

QUARTERS = pd.period_range("2021Q1", "2026Q2", freq="Q")
MONTHS = pd.period_range("2026-01", "2026-06", freq="M")


class Indicator(SimpleNamespace):
    """Stands in for a catalogue entry."""

    def of(self, kind: str) -> Indicator:
        return self


def judged(utilisation: float, prices: float, profits: float, investment: float) -> pd.Series:
    common = {"polarity": 1, "thresholds": None, "kinds": ("industry",)}
    indicators = {"capacity_utilization": Indicator(staleness=6, **common)}
    past = 75 + np.tile([-1.0, 1.0, 0.5, -0.5, 0.0], 5)[: len(QUARTERS) - 1]
    histories = {"capacity_utilization": pd.DataFrame({"C31": [*past, utilisation]}, index=QUARTERS)}
    for code, value in (("producer_prices", prices), ("profit_growth", profits), ("fai_growth", investment)):
        indicators[code] = Indicator(staleness=3, **common)
        histories[code] = pd.DataFrame({"C31": [value] * len(MONTHS)}, index=MONTHS)
    panel = SimpleNamespace(history=lambda code, kind: histories[code])
    return capacity_warning(panel, SimpleNamespace(indicators=indicators), "2026-06").iloc[0]


@pytest.mark.parametrize(
    ("utilisation", "signs", "verdict"),
    [
        (60.0, (-1, -1, -1), "red"),
        (60.0, (1, 1, -1), "orange"),
        (75.0, (-1, -1, 1), "green"),
        (90.0, (-1, -1, 1), "green"),
    ],
)
def test_binding_and_advisory_together(utilisation: float, signs: tuple[float, float, float], verdict: str):
    assert judged(utilisation, *signs)["verdict"] == verdict


def test_what_counts_as_a_sign():
    row = judged(60.0, -1.0, 5.0, 3.0)
    assert row[["producer_prices", "profit_growth", "fai_growth"]].tolist() == [True, False, True]
    assert (row["signs"], row["binding"], row["quarters_in_decline"]) == (2, "warn", None)


def test_a_missing_advisory_series_is_no_sign():
    assert judged(60.0, np.nan, np.nan, np.nan)[["signs", "verdict"]].tolist() == [0, "orange"]


def test_each_quarter_is_judged_as_at_its_end():
    """Synthetic: utilisation of 60 in the last quarter only, and two signs in its months but not before."""
    common = {"polarity": 1, "thresholds": None, "kinds": ("industry",)}
    past = 75 + np.tile([-1.0, 1.0, 0.5, -0.5, 0.0], 5)[: len(QUARTERS) - 1]
    months = pd.period_range("2021-01", "2026-06", freq="M")
    falling = pd.DataFrame({"C31": np.where(months >= pd.Period("2026-04", "M"), -1.0, 1.0)}, index=months)
    histories = {
        "capacity_utilization": pd.DataFrame({"C31": [*past, 60.0]}, index=QUARTERS),
        "producer_prices": falling, "profit_growth": falling,
    }  # fmt: skip
    indicators = {code: Indicator(staleness=3, **common) for code in histories}
    panel = SimpleNamespace(history=lambda code, kind: histories[code])
    found = capacity_verdicts(panel, SimpleNamespace(indicators=indicators), "2026-06", least=8)["C31"]
    assert found.iloc[-1] == "red"
    assert "red" not in set(found.iloc[:-1])
    assert (found.iloc[:5] == "").all()
