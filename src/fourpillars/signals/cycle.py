"""The growth-rate cycle clock: where a series stands against its trend, and which way it moves.

The filter is the one the OECD uses for its leading indicators: a Hodrick–Prescott filter takes out what
is slower than 120 months, a second one what is faster than 12. Expansion is above the trend and rising,
slowdown above and falling, downturn below and falling, recovery below and rising.

Before the filters, outliers are set to the median of the months around them: two months of the epidemic
and their base effects a year later would otherwise be the whole cycle. The ends of a filtered series move as
months are added: the last half-year is provisional, and `phases_kept` says how often a phase told at the end
was still the same a year later.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

SLOW, FAST = 133107.94, 13.93
"""Smoothing of the two filters: cut-offs at 120 and at 12 months."""
LEAST = 48
AROUND, FAR = 6, 5.0
"""Months on either side that an outlier is held against, and robust standard deviations that make one."""
PROVISIONAL = 6


def hodrick_prescott(values: np.ndarray, smoothing: float) -> np.ndarray:
    """Trend of a complete vector, or of each column, by the Hodrick–Prescott filter.

    Examples
    --------
    A straight line is its own trend:

    >>> hodrick_prescott(np.array([1.0, 2.0, 3.0, 4.0]), 1600).round(6).tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    from scipy.linalg import solveh_banded

    count = len(values)
    if count < 3:
        return np.array(values, dtype=float)
    bands = np.zeros((3, count))  # of 1 + smoothing × D'D, D the second differences; the diagonal last
    bands[0, 2:] = 1
    for shift, (own, neighbour) in enumerate(((1, -2), (4, -2), (1, 0))):
        bands[2, shift : count - 2 + shift] += own
        bands[1, shift + 1 : count - 1 + shift] += neighbour
    bands *= smoothing
    bands[2] += 1
    return solveh_banded(bands, values)


def without_outliers(values: np.ndarray) -> np.ndarray:
    """Set values, of a vector or of each column, far from the median of the months around them to that median
    (Hampel's filter).

    Far is more than five times 1.4826 × the median absolute distance of all months (1.2533 × the mean, where
    that is zero). Towards the ends fewer
    months stand on either side, and the first and last value are never outliers.

    Examples
    --------
    >>> without_outliers(np.array([5.0, 6.0, 5.0, 6.0, 35.0, 6.0, 5.0, 6.0, 5.0])).tolist()
    [5.0, 6.0, 5.0, 6.0, 6.0, 6.0, 5.0, 6.0, 5.0]
    """
    values = np.asarray(values, dtype=float)
    usual = values.copy()
    for reach in range(1, AROUND + 1):
        if len(values) > 2 * reach:
            usual[reach] = np.median(values[: 2 * reach + 1], axis=0)
            usual[-1 - reach] = np.median(values[-2 * reach - 1 :], axis=0)
    if len(values) > 2 * AROUND:
        windows = np.lib.stride_tricks.sliding_window_view(values, 2 * AROUND + 1, axis=0)
        usual[AROUND:-AROUND] = np.median(windows, axis=-1)
    distance = np.abs(values - usual)
    middle = np.median(distance, axis=0)
    scale = np.where(middle > 0, 1.4826 * middle, 1.2533 * np.mean(distance, axis=0))
    return np.where((distance > FAR * scale) & (scale > 0), usual, values)


def cycle(history: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Deviation of each monthly series from its trend, smoothed, in standard deviations, outliers left out.

    Gaps within a series (the unpublished January) are bridged by a straight line for the filter, and stay
    empty in the result; so do series of fewer than `least` values.

    Parameters
    ----------
    history : pandas.DataFrame
        Growth rates by month (gap-free PeriodIndex) and series.
    least : int
        The least number of values.
    """
    history = history.astype(float)
    present, whole = history.notna().to_numpy(), history.interpolate(limit_area="inside").to_numpy()
    enough = np.flatnonzero(present.sum(axis=0) >= least)
    first, end = present.argmax(axis=0), len(history) - present[::-1].argmax(axis=0)
    found = np.full(history.shape, np.nan)
    for start, stop in sorted({(first[column], end[column]) for column in enough}):
        alike = [column for column in enough if (first[column], end[column]) == (start, stop)]
        values = without_outliers(whole[start:stop, alike])
        smooth = hodrick_prescott(values - hodrick_prescott(values, SLOW), FAST)
        spread = smooth.std(axis=0)
        found[start:stop, alike] = np.where(spread > 1e-9, smooth / np.maximum(spread, 1e-9), np.nan)
    return pd.DataFrame(found, history.index, history.columns)


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


def phases_kept(history: pd.DataFrame, months: int = 24, after: int = 12) -> tuple[int, int]:
    """Count how many phases told of a latest month were still the same when more months were known.

    Parameters
    ----------
    history : pandas.DataFrame
        As `clock` takes it.
    months : int
        Latest months tried, the last of them `after` months before the end of the history.
    after : int
        Months that are added.

    Returns
    -------
    The phases told at the end of the series cut at each of these months, and those of them that the series cut
    `after` months later still gives that month.
    """
    told = kept = 0
    last = len(history) - 1 - after
    clock_at = cache(lambda place: clock(history.iloc[: place + 1]))
    for place in range(max(last - months + 1, 0), last + 1):
        then, later = clock_at(place).iloc[-1], clock_at(place + after).iloc[place]
        both = then.notna() & later.notna()
        told, kept = told + int(both.sum()), kept + int((then[both] == later[both]).sum())
    return told, kept
