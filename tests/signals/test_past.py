from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.signals.past import bounds, usual


def months(start: str, values: list[float]) -> pd.DataFrame:
    index = pd.period_range(start, periods=len(values), freq="M")
    return pd.DataFrame({"x": values}, index=index, dtype=float)


def test_only_the_past_counts_not_the_present_and_not_the_future():
    history = months("2022-01", [*range(50), 1000, -1000])
    marks = bounds(history)
    # At the 51st month the past is 0 … 49: percentiles at 0.1 · 49, 0.25 · 49, …
    assert [marks[p]["x"].iloc[50] for p in (10, 25, 75, 90)] == pytest.approx([4.9, 12.25, 36.75, 44.1])
    again = bounds(history.iloc[:51])
    assert marks[90]["x"].iloc[:51].equals(again[90]["x"])


def test_forty_eight_observations_are_needed():
    marks = bounds(months("2022-01", list(range(50))))
    assert marks[10]["x"].notna().to_numpy().nonzero()[0].tolist() == [48, 49]


def test_the_epidemic_is_left_out_of_the_past():
    normal, wild = [5.0] * 25, [500.0] * 23  # 2018-01 … 2020-01, 2020-02 … 2021-12
    history = months("2018-01", [*normal, *wild, *[5.0] * 30])
    assert usual(history)["x"].isna().sum() == 23
    assert bounds(history)[90]["x"].iloc[-1] == 5.0


def test_gaps_do_not_count():
    values = [np.nan if number % 12 == 0 else 1.0 for number in range(60)]  # no January
    marks = bounds(months("2022-01", values))
    # 48 observations are 4 years and 4 months, less 5 Januaries: the 53rd month has them behind it.
    assert marks[10]["x"].notna().to_numpy().nonzero()[0][0] == 53


def test_quarters_are_judged_against_the_same_quarters():
    # First quarters stand at 70, others at 80, with the same small swings: 70 is normal in a first quarter.
    index = pd.period_range("2012Q1", periods=21, freq="Q")
    swing = np.tile([-1.0, -1, -1, -1, 1, 1, 1, 1], 3)[:21]
    level = np.where(index.quarter == 1, 70.0, 80.0)
    marks = bounds(pd.DataFrame({"x": level + swing}, index=index))
    last = {percent: marks[percent]["x"].iloc[-1] for percent in (10, 25, 75, 90)}  # 2017Q1
    # Past first quarters: 69, 71, 69, 71, 69 (mean 69.8): the marks lie around it, nowhere near 80.
    assert 68 < last[10] <= last[25] < last[75] <= last[90] < 72


def test_sixteen_quarters_are_needed():
    index = pd.period_range("2012Q1", periods=18, freq="Q")
    marks = bounds(pd.DataFrame({"x": np.arange(18.0)}, index=index))
    assert marks[10]["x"].notna().to_numpy().nonzero()[0].tolist() == [16, 17]
