from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from fourpillars.signals import temperatures, warnings
from fourpillars.signals.warnings import level


class Indicator(SimpleNamespace):
    """Stands in for a catalogue entry."""

    def of(self, kind: str) -> Indicator:
        return self


class Panel:
    """Stands in for the panel: histories by indicator."""

    def __init__(self, **histories: pd.DataFrame) -> None:
        self.histories = histories

    def history(self, code: str, kind: str) -> pd.DataFrame:
        return self.histories[code]


SOURCE = SimpleNamespace(en="Half", zh="半")
PMI = Indicator(polarity=1, staleness=3, cyclical=True, kinds=("nation",),
                thresholds=SimpleNamespace(watch=50.0, warn=49.0, source=SOURCE))  # fmt: skip
MONTHS = pd.period_range("2022-01", periods=51, freq="M")  # to 2026-03


def one(indicator: Indicator, values: list[float], edition: str = "2026-03", unit: str = "CN") -> pd.DataFrame:
    history = pd.DataFrame({unit: values}, index=MONTHS, dtype=float)
    return warnings(Panel(x=history), SimpleNamespace(indicators={"x": indicator}), edition)


@pytest.mark.parametrize(
    ("now", "expected", "threshold"),
    [(50.0, "none", 50), (49.9, "watch", 50), (49.0, "watch", 50), (48.9, "warn", 49)],
)
def test_thresholds_of_the_catalogue(now: float, expected: str, threshold: float):
    row = one(PMI, [55.0] * 50 + [now]).iloc[0]
    assert (row["level"], row["rule"], row["threshold"]) == (expected, "catalogue", threshold)
    assert (row["source"]["en"], row["ref_area"], row["activity"]) == ("Half", "CN", "B-D")


@pytest.mark.parametrize(
    ("polarity", "now", "expected"),
    [
        (1, 13.0, "none"),
        (1, 12.0, "watch"),
        (1, 4.8, "warn"),
        (-1, 36.0, "none"),
        (-1, 37.0, "watch"),
        (-1, 44.2, "warn"),
    ],
)
def test_otherwise_the_series_own_past(polarity: int, now: float, expected: str):
    indicator = Indicator(polarity=polarity, staleness=3, thresholds=None, kinds=("industry",), cyclical=False)
    row = one(indicator, [*range(50), now], unit="C31").iloc[0]
    assert (row["level"], row["rule"], row["activity"]) == (expected, "own_past", "C31")


def test_a_short_past_is_not_judged():
    indicator = Indicator(polarity=1, staleness=3, thresholds=None, kinds=("industry",), cyclical=False)
    row = one(indicator, [np.nan] * 40 + [*range(11)]).iloc[0]
    assert (row["level"], row["rule"]) == ("none", "not_judged")


def test_neutral_indicators_and_old_values_are_left_out():
    neutral = Indicator(polarity=0, staleness=3, thresholds=None, kinds=("nation",), cyclical=False)
    assert one(neutral, [1.0] * 51).empty
    assert one(PMI, [55.0] * 50 + [40.0], edition="2026-07").empty


def test_an_edition_does_not_see_what_comes_after_it():
    row = one(PMI, [55.0] * 50 + [40.0], edition="2026-02").iloc[0]
    assert (row["observed_period"], row["level"]) == ("2026-02", "none")


def test_regions_are_named_by_area():
    indicator = Indicator(polarity=1, staleness=3, thresholds=None, kinds=("region",), cyclical=True)
    history = pd.DataFrame({"440000": [*range(50), 60]}, index=MONTHS, dtype=float)
    catalogue = SimpleNamespace(indicators={"x": indicator})
    row = temperatures(Panel(x=history), catalogue, "2026-03").iloc[0]
    assert (row["ref_area"], row["activity"], row["light"], row["observed_period"]) == (
        "440000",
        "B-D",
        "red",
        "2026-03",
    )


def test_a_missing_value_has_no_level():
    assert level(np.array([np.nan]), np.array([1.0]), np.array([0.0]), 1).tolist() == [""]
