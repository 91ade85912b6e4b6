"""Windows of time, as whole arrays: what ends at each period, many values into one, ranges without gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from fourpillars.indicators.expression import OPERATIONS


def _run_negative(cells: np.ndarray) -> np.ndarray:
    run = np.zeros(cells.shape[:-1])
    for value in np.moveaxis(cells, -1, 0):
        run = np.where(value >= 0, 0.0, run + (value < 0))
    return run


def _last_downturn(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how long the last run below zero is, and its lowest value; 0 where there is none."""
    length, depth = np.zeros(cells.shape[:-1]), np.zeros(cells.shape[:-1])
    over = np.ones(cells.shape[:-1], dtype=bool)
    for value in np.moveaxis(cells, -1, 0):
        below = value < 0
        length = np.where(below, np.where(over, 1, length + 1), length)
        depth = np.where(below, np.where(over, value, np.minimum(depth, value)), depth)
        over = (over & ~below) | (value >= 0)
    return length, depth


_AT_ONCE: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "sum": lambda cells: np.nansum(cells, axis=-1),
    "mean": lambda cells: np.nanmean(cells, axis=-1),
    "median": lambda cells: np.nanmedian(cells, axis=-1),
    "sd": lambda cells: np.nanstd(cells, axis=-1, ddof=1),
    "min": lambda cells: np.nanmin(cells, axis=-1),
    "max": lambda cells: np.nanmax(cells, axis=-1),
    "run_negative": _run_negative,
    "downturn_length": lambda cells: _last_downturn(cells)[0],
    "downturn_depth": lambda cells: _last_downturn(cells)[1],
    "share_positive": lambda cells: 100 * (cells > 0).sum(axis=-1) / np.isfinite(cells).sum(axis=-1),
    "share_negative": lambda cells: 100 * (cells < 0).sum(axis=-1) / np.isfinite(cells).sum(axis=-1),
}


def summarised(cells: np.ndarray, how: str) -> np.ndarray:
    """Summarise the last axis, leaving out what is missing; missing where nothing is left.

    Parameters
    ----------
    cells : ndarray
        Floats; the last axis holds the values to be made one, oldest first.
    how : str
        An operation of `OPERATIONS`.

    Examples
    --------
    >>> summarised(np.array([[1.0, np.nan, 3.0], [4.0, 5.0, 9.0]]), "mean").tolist()
    [2.0, 6.0]
    """
    if how in _AT_ONCE:
        few = np.isfinite(cells).sum(axis=-1) < (2 if how == "sd" else 1)
        summary = _AT_ONCE[how](np.where(few[..., None], 0.0, cells))
        return np.where(few, np.nan, summary)
    operation = OPERATIONS[how]
    rows = (cell[np.isfinite(cell)] for cell in cells.reshape(-1, cells.shape[-1]))
    summary = [operation(*row) if len(row) else np.nan for row in rows]
    return np.array(summary, dtype=float).reshape(cells.shape[:-1])


def ending(cells: np.ndarray, periods: int) -> np.ndarray:
    """Return for every row and column the last `periods` values down to it; missing before the first.

    Examples
    --------
    >>> ending(np.array([[1.0], [2.0]]), 2).tolist()
    [[[nan, 1.0]], [[1.0, 2.0]]]
    """
    before = np.full((periods, cells.shape[1]), np.nan)
    return sliding_window_view(np.vstack([before, cells]), periods, axis=0)[1:]


def whole_range(left: pd.PeriodIndex, right: pd.PeriodIndex) -> pd.PeriodIndex:
    """Return the periods from the first of two ranges to the last, without gaps.

    Examples
    --------
    >>> first, last = pd.PeriodIndex(["2026-01"], freq="M"), pd.PeriodIndex(["2026-03"], freq="M")
    >>> len(whole_range(first, last))
    3
    """
    parts = [index for index in (left, right) if len(index)]
    if not parts:
        return left
    return pd.period_range(min(i[0] for i in parts), max(i[-1] for i in parts), freq=parts[0].freq)
