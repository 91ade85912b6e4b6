"""A series' own past as the measure of its present: what was low and what was high before.

The window expands: each period is judged by the periods before it, never by what came later. The epidemic
and its base effects (2020-02 to 2021-12) are left out, since they would swamp it. Monthly series need 48
earlier observations, quarterly ones 16 (both four years); quarterly series are not seasonally adjusted,
so they are judged against the same quarters of their own history. These are conventions of this project,
not official thresholds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

PERCENTILES = (10, 25, 75, 90)
LEFT_OUT = (pd.Period("2020-02", freq="M"), pd.Period("2021-12", freq="M"))
LEAST = {"M": 48, "Q": 16, "Y": 48}


def usual(history: pd.DataFrame) -> pd.DataFrame:
    """Return the history without the epidemic's periods (as missing).

    Examples
    --------
    >>> index = pd.period_range("2019-12", "2020-02", freq="M")
    >>> usual(pd.DataFrame({"C31": [1.0, 2.0, 3.0]}, index=index))["C31"].tolist()
    [1.0, 2.0, nan]
    """
    ends = history.index.asfreq("M", how="end")
    left_out = np.asarray((ends >= LEFT_OUT[0]) & (ends <= LEFT_OUT[1]))
    cells = np.where(left_out[:, None], np.nan, history.to_numpy(dtype=float))
    return pd.DataFrame(cells, history.index, history.columns)


def bounds(
    history: pd.DataFrame, least: int | None = None, percentiles: Sequence[int] = PERCENTILES
) -> Mapping[int, pd.DataFrame]:
    """Percentiles of each series' own past, as known at each period.

    Parameters
    ----------
    history : pandas.DataFrame
        Values by period (a gap-free monthly, quarterly or annual PeriodIndex) and series.
    least : int, optional
        The least number of earlier observations; by default 48 for months, 16 for quarters.
    percentiles : sequence of int
        Those wanted of 10, 25, 75 and 90.

    Returns
    -------
    Mapping of percentile to a frame like `history`; NaN where the past is too short.

    Examples
    --------
    >>> months = pd.period_range("2022-01", periods=5, freq="M")
    >>> bounds(pd.DataFrame({"C31": [1.0, 2.0, 3.0, 4.0, 9.0]}, index=months), least=4)[25]["C31"].tolist()
    [nan, nan, nan, nan, 1.75]
    """
    frequency = history.index.freqstr[0]
    least = LEAST[frequency] if least is None else least
    if frequency == "Q":
        return _same_quarter(history, least)
    window = usual(history).expanding(min_periods=least)
    return {percent: window.quantile(percent / 100).shift(1) for percent in percentiles}


def _same_quarter(history: pd.DataFrame, least: int) -> dict[int, pd.DataFrame]:
    """Percentiles of past deviations from the same quarters' means, about this quarter's past mean."""
    past, quarter = usual(history).to_numpy(dtype=float), np.asarray(history.index.quarter)
    found = {percent: np.full(history.shape, np.nan) for percent in PERCENTILES}
    for now in range(1, len(history)):
        usable = (~np.isnan(past[:now])).sum(axis=0) >= least
        if not usable.any():
            continue
        before = past[:now, usable]
        means = {number: _mean(before[quarter[:now] == number]) for number in range(1, 5)}
        deviations = before - np.stack([means[number] for number in quarter[:now]])
        for percent, values in zip(PERCENTILES, np.nanpercentile(deviations, PERCENTILES, axis=0), strict=True):
            found[percent][now, usable] = means[quarter[now]] + values
    return {percent: pd.DataFrame(values, history.index, history.columns) for percent, values in found.items()}


def _mean(values: np.ndarray) -> np.ndarray:
    """Mean of each column; NaN where there is nothing."""
    count = (~np.isnan(values)).sum(axis=0)
    return np.nansum(values, axis=0) / np.where(count > 0, count, np.nan)
