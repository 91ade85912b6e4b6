"""Many values into one: the operations on windows and on units, for whole arrays at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from fourpillars.indicators.expression import OPERATIONS

_AT_ONCE: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "sum": lambda cells: np.nansum(cells, axis=-1),
    "mean": lambda cells: np.nanmean(cells, axis=-1),
    "median": lambda cells: np.nanmedian(cells, axis=-1),
    "sd": lambda cells: np.nanstd(cells, axis=-1, ddof=1),
    "min": lambda cells: np.nanmin(cells, axis=-1),
    "max": lambda cells: np.nanmax(cells, axis=-1),
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
