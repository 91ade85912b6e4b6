from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.signals import clock, cycle
from fourpillars.signals.cycle import FAST, hodrick_prescott, phases_kept, without_outliers


def wave(months: int = 120, length: int = 48) -> pd.DataFrame:
    index = pd.period_range("2016-01", periods=months, freq="M")
    return pd.DataFrame({"x": np.sin(np.arange(months) * 2 * np.pi / length)}, index=index)


def test_the_filter_agrees_with_another_implementation():
    from statsmodels.tsa.filters.hp_filter import hpfilter

    values = np.random.default_rng(0).normal(size=60).cumsum()
    assert hodrick_prescott(values, FAST).tolist() == pytest.approx(hpfilter(values, FAST)[1].tolist())


def test_a_cycle_within_the_band_passes_and_its_trend_does_not():
    history = wave()
    history["x"] += np.arange(120) * 0.5
    found = cycle(history)["x"]
    assert np.corrcoef(found, wave()["x"])[0, 1] > 0.95


def test_gaps_are_bridged_and_ends_are_not_invented():
    history = wave()
    january = history.index.month == 1
    history.loc[january, "x"] = np.nan
    found = cycle(history)["x"]
    assert np.isnan(found.iloc[0])
    assert found.iloc[1:].notna().all()


def test_a_short_or_flat_series_has_no_phase():
    short = wave(30)
    assert cycle(short)["x"].isna().all()
    assert clock(short)["x"].isna().all()
    assert clock(wave() * 0)["x"].isna().all()


def test_phases_follow_one_another():
    phases = clock(wave())["x"].iloc[24:96]
    order = phases[phases != phases.shift()].tolist()
    ring = ["expansion", "slowdown", "downturn", "recovery"]
    first = ring.index(order[0])
    assert order == [ring[(first + step) % 4] for step in range(len(order))]
    assert len(order) >= 6


def test_an_outlier_does_not_make_the_cycle():
    plain, struck = wave(), wave()
    struck.iloc[54] = 40.0
    assert np.abs(cycle(plain)["x"] - cycle(struck)["x"]).max() < 0.1


def test_outliers_are_told_from_the_months_around_them_and_ends_are_left():
    values = np.tile([1.0, 2.0, 3.0, 2.0], 6)
    struck = values.copy()
    struck[[10, -1]] = 50.0
    assert without_outliers(values).tolist() == values.tolist()
    assert without_outliers(struck)[[10, -1]].tolist() == [2.0, 50.0]
    assert without_outliers(np.ones(20)).tolist() == [1.0] * 20


def test_phases_told_at_the_end_are_counted_and_some_change():
    """Synthetic: a wave of four years and ten years of months, so that the end of the filter is often wrong."""
    told, kept = phases_kept(wave())
    assert told == 24
    assert 0 < kept < 24
    assert phases_kept(wave(30)) == (0, 0)


def test_series_of_any_span_are_filtered_as_if_alone() -> None:
    months = pd.period_range("2018-01", periods=96, freq="M")
    wave = np.sin(np.arange(96) / 6)
    history = pd.DataFrame({"a": wave, "b": 3 * wave + np.arange(96), "late": wave, "short": wave}, index=months)
    history.loc[months[:20], "late"] = np.nan
    history.loc[months[40], ["a", "late"]] = np.nan
    history.loc[months[47:], "short"] = np.nan
    together = cycle(history)
    for name in history:
        pd.testing.assert_series_equal(together[name], cycle(history[[name]])[name])
    assert together["short"].isna().all()
    assert together["late"].first_valid_index() == months[20]
