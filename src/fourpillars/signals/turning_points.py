"""Turning points by the rules of Bry and Boschan (1971).

A peak is the highest of the five months on either side, a trough the lowest. Peaks and troughs alternate;
of two in a row the more extreme stays. A phase lasts at least 5 months, a cycle (peak to peak) at least
15; none stands in the first or last 6 months, and those of the last year are provisional. A
first or last point less extreme than a value beyond it is none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

WINDOW, PHASE, CYCLE, EDGE, RECENT = 5, 5, 15, 6, 12


def turning_points(series: pd.Series) -> pd.DataFrame:
    """Find the turning points of a smooth monthly series.

    Parameters
    ----------
    series : pandas.Series
        By month, complete between its first and last value, such as a column of `cycle`.

    Returns
    -------
    pandas.DataFrame
        Columns: period, kind (peak | trough), value, provisional; in the order of time.

    Examples
    --------
    >>> months = pd.period_range("2018-01", periods=80, freq="M")
    >>> found = turning_points(pd.Series(np.cos(np.arange(80) * 2 * np.pi / 40), index=months))
    >>> found[["period", "kind"]].astype(str).values.tolist()
    [['2019-09', 'trough'], ['2021-05', 'peak'], ['2023-01', 'trough']]
    """
    series = series.dropna()
    values = series.to_numpy(dtype=float)
    points = _alternating(_extremes(values), values)
    points = _within_ends(_long_enough(points, values), values)
    last = len(values) - RECENT
    rows = [(series.index[at], "peak" if sign > 0 else "trough", values[at], at >= last) for at, sign in points]
    return pd.DataFrame(rows, columns=["period", "kind", "value", "provisional"])


def _extremes(values: np.ndarray) -> list[tuple[int, int]]:
    """Places that are the highest (+1) or lowest (-1) of their window, away from the ends."""
    found = []
    for place in range(EDGE, len(values) - EDGE):
        window = values[place - WINDOW : place + WINDOW + 1]
        if values[place] == window.max() and window.max() > window.min():
            found.append((place, 1))
        elif values[place] == window.min() and window.max() > window.min():
            found.append((place, -1))
    return found


def _alternating(points: list[tuple[int, int]], values: np.ndarray) -> list[tuple[int, int]]:
    """Keep the more extreme of two points of the same kind in a row."""
    kept: list[tuple[int, int]] = []
    for place, sign in points:
        if kept and kept[-1][1] == sign:
            if sign * values[place] > sign * values[kept[-1][0]]:
                kept[-1] = (place, sign)
        else:
            kept.append((place, sign))
    return kept


def _within_ends(points: list[tuple[int, int]], values: np.ndarray) -> list[tuple[int, int]]:
    """Leave out a first or last point that is less extreme than a value between it and the end."""
    while points and (points[0][1] * (values[: points[0][0]] - values[points[0][0]]) > 0).any():
        points = points[1:]
    while points and (points[-1][1] * (values[points[-1][0] :] - values[points[-1][0]]) > 0).any():
        points = points[:-1]
    return points


def _long_enough(points: list[tuple[int, int]], values: np.ndarray) -> list[tuple[int, int]]:
    """Leave out phases and cycles that are too short, the least extreme point first, until none is left."""
    while True:
        short = [
            number
            for gap, least in ((1, PHASE), (2, CYCLE))
            for number in range(len(points) - gap)
            if points[number + gap][0] - points[number][0] < least
        ]
        if not short:
            return points
        number = short[0]
        pair = (number, number + 1) if points[number + 1][0] - points[number][0] < PHASE else (number, number + 2)
        weakest = min(pair, key=lambda one: points[one][1] * values[points[one][0]])
        points = _alternating([point for other, point in enumerate(points) if other != weakest], values)
