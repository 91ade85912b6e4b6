from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from fourpillars.signals import turning_points


def series(values: np.ndarray) -> pd.Series:
    return pd.Series(values, index=pd.period_range("2010-01", periods=len(values), freq="M"))


def places(values: np.ndarray) -> list[tuple[int, str]]:
    index = series(values).index
    found = turning_points(series(values))
    return [(index.get_loc(period), kind) for period, kind in zip(found["period"], found["kind"], strict=True)]


def test_a_wave_turns_where_it_should():
    months = np.arange(100)
    assert places(-np.cos(months * 2 * np.pi / 40)) == [
        (20, "peak"),
        (40, "trough"),
        (60, "peak"),
        (80, "trough"),
    ]


def test_none_stands_in_the_first_or_last_six_months():
    values = np.interp(np.arange(41), [0, 3, 37, 40], [0, 2, -2, 0])
    assert places(values) == []


def test_of_two_peaks_in_a_row_the_higher_stays():
    values = np.interp(np.arange(70), [0, 20, 27, 34, 60, 69], [0, 5, 4.9, 6, -3, 0])
    kinds = [kind for _, kind in places(values)]
    assert kinds == ["peak", "trough"]
    assert places(values)[0] == (34, "peak")


def test_a_cycle_lasts_at_least_fifteen_months():
    values = np.interp(np.arange(80), [0, 20, 26, 32, 60, 79], [0, 5, 1, 6, -3, 4])
    found = places(values)
    peaks = [place for place, kind in found if kind == "peak"]
    assert all(later - earlier >= 15 for earlier, later in pairwise(peaks))


def test_the_last_year_is_provisional():
    months = np.arange(72)
    found = turning_points(series(-np.cos(months * 2 * np.pi / 40)))
    assert found["provisional"].tolist() == [False, False, True]


def test_a_flat_series_does_not_turn():
    assert turning_points(series(np.ones(60))).empty
