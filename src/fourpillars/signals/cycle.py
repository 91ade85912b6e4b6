"""The growth-rate cycle clock: where a series stands against its trend, and which way it moves.

The filter is the one the OECD uses for its leading indicators: a Hodrick–Prescott filter takes out what
is slower than 120 months, a second one what is faster than 12. Expansion is above the trend and rising,
slowdown above and falling, downturn below and falling, recovery below and rising. The ends of a filtered
series move as months are added: the last half-year is provisional.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

SLOW, FAST = 133107.94, 13.93
"""Smoothing of the two filters: cut-offs at 120 and at 12 months."""
LEAST = 48


def hodrick_prescott(values: np.ndarray, smoothing: float) -> np.ndarray:
    """Trend of a complete vector by the Hodrick–Prescott filter.

    Examples
    --------
    A straight line is its own trend:

    >>> hodrick_prescott(np.array([1.0, 2.0, 3.0, 4.0]), 1600).round(6).tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    from scipy.linalg import solveh_banded

    count = len(values)
    difference = np.diff(np.eye(count), n=2, axis=0)
    matrix = np.eye(count) + smoothing * difference.T @ difference
    bands = np.zeros((3, count))
    for offset in range(3):
        bands[2 - offset, offset:] = np.diagonal(matrix, offset)
    return solveh_banded(bands, values)


def cycle(history: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Deviation of each monthly series from its trend, smoothed, in standard deviations.

    Gaps within a series (the unpublished January) are bridged by a straight line for the filter, and stay
    empty in the result; so do series of fewer than `least` values.

    Parameters
    ----------
    history : pandas.DataFrame
        Growth rates by month (gap-free PeriodIndex) and series.
    least : int
        The least number of values.
    """
    found = {}
    for name in history.columns:
        series = history[name].astype(float)
        found[name] = pd.Series(np.nan, index=history.index)
        if series.notna().sum() < least:
            continue
        whole = series.loc[series.first_valid_index() : series.last_valid_index()].interpolate()
        around = whole.to_numpy() - hodrick_prescott(whole.to_numpy(), SLOW)
        smooth = hodrick_prescott(around, FAST)
        spread = smooth.std()
        if spread > 1e-9:
            found[name].loc[whole.index] = smooth / spread
    return pd.DataFrame(found, index=history.index)


def clock(history: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Phase of every series and month: expansion | slowdown | downturn | recovery, None where there is none.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=96, freq="M")
    >>> wave = pd.DataFrame({"C31": np.sin(np.arange(96) / 6)}, index=months)
    >>> clock(wave)["C31"].iloc[[40, 50, 60, 69]].tolist()
    ['expansion', 'slowdown', 'downturn', 'recovery']
    """
    deviation = cycle(history, least)
    rising = deviation.diff() > 0
    above = deviation > 0
    phases = np.select(
        [deviation.isna() | deviation.diff().isna(), above & rising, above, ~rising],
        ["", "expansion", "slowdown", "downturn"], default="recovery",
    ).astype(object)  # fmt: skip
    phases[phases == ""] = None
    return pd.DataFrame(phases, index=history.index, columns=history.columns, dtype=object)
