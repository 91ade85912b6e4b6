"""Prove, on a small cube, how much of a withheld cell can be worked back: a linear programme a bound."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fourpillars.observations.cube.margins import Margins


def intervals(margins: Margins, values: np.ndarray, hidden: np.ndarray, least: float | None = 0.0) -> pd.DataFrame:
    """Return the least and the greatest value each withheld cell can have, given all that is published.

    Two linear programmes a cell: use it on small cubes (some hundred withheld cells).

    Parameters
    ----------
    margins : Margins
        What adds up to what.
    values : array of the cube's shape
        A measure that adds up, all its cells; the empty ones count as published zeros.
    hidden : array of bool of the cube's shape
        The withheld cells.
    least : float or None
        The least a cell can be, as a reader knows it; None for a measure that can be negative.

    Returns
    -------
    DataFrame
        cell (its place in C order), value, low, high (infinite where there is no bound).

    Examples
    --------
    >>> from fourpillars.observations.cube.axes import plain_axis
    >>> from fourpillars.observations.cube.margins import margins_of
    >>> margins = margins_of([plain_axis("size", ["s", "t", "u"], "")])
    >>> hidden = np.array([True, True, False, False])
    >>> intervals(margins, np.array([4.0, 8.0, 20.0, 32.0]), hidden)[["low", "high"]].values.tolist()
    [[0.0, 12.0], [0.0, 12.0]]
    """
    values, hidden = np.ravel(values).astype(float), np.ravel(hidden)
    equations = margins.matrix
    places = np.flatnonzero(hidden)
    known = -(equations @ np.where(hidden, 0, values))
    unknown = equations[:, places]
    rows = [
        (
            place,
            values[place],
            _bound(unknown, known, number, 1, least),
            _bound(unknown, known, number, -1, least),
        )
        for number, place in enumerate(places)
    ]
    return pd.DataFrame(rows, columns=["cell", "value", "low", "high"])


def exposed(
    margins: Margins,
    values: np.ndarray,
    hidden: np.ndarray,
    within: float = 0.0,
    least: float | None = 0.0,
) -> pd.DataFrame:
    """Return the withheld cells that can be worked back: exactly, or to `within` of their value (0.1: 10 %).

    A cell counts as worked back if both bounds of its interval are no further from its value than that.

    Examples
    --------
    >>> from fourpillars.observations.cube.axes import plain_axis
    >>> from fourpillars.observations.cube.margins import margins_of
    >>> margins = margins_of([plain_axis("size", ["s", "t", "u"], "")])
    >>> values, hidden = np.array([4.0, 8.0, 20.0, 32.0]), np.array([True, False, False, False])
    >>> exposed(margins, values, hidden)["cell"].tolist()
    [0]
    """
    found = intervals(margins, values, hidden, least)
    reach = within * found["value"].abs() + 1e-6 * np.maximum(1, found["value"].abs())
    return found[(found["value"] - found["low"] <= reach) & (found["high"] - found["value"] <= reach)]


def _bound(unknown: object, known: np.ndarray, number: int, sign: int, least: float | None) -> float:
    """Return the least (sign 1) or greatest (sign -1) value of one unknown."""
    from scipy.optimize import linprog

    cost = np.zeros(unknown.shape[1])
    cost[number] = sign
    solved = linprog(cost, A_eq=unknown, b_eq=known, bounds=(least, None), method="highs")
    if solved.status == 3:
        return -sign * np.inf
    if solved.status != 0:
        raise ValueError("the cells do not add up to their margins")
    return float(sign * solved.fun)
