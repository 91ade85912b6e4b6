"""Rank: 1 is the best; ties take the better rank."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, one_of
from fourpillars.scores.step import Context, grouping, is_panel

TIES = ("min", "max", "average", "dense")


def rounded(values: np.ndarray, decimals: int | None) -> np.ndarray:
    """Round as tables are printed, halves away from zero; None leaves the values as they are.

    Examples
    --------
    >>> rounded(np.array([0.7125, 2.675, -0.5]), 0).tolist(), rounded(np.array([0.7125]), 3).tolist()
    ([1.0, 3.0, -1.0], [0.713])
    """
    values = np.asarray(values, dtype=float)
    if decimals is None:
        return values
    scale = 10.0**decimals
    return np.sign(values) * np.floor(np.abs(values) * scale + 0.5 + 1e-9) / scale


def rank(values: np.ndarray, decimals: int | None = None, ties: str = "min") -> np.ndarray:
    """Rank along the last axis, the highest first; missing values have no rank (NaN).

    Examples
    --------
    >>> rank(np.array([0.912, 0.9119, 0.95, np.nan]), decimals=3).tolist()
    [2.0, 2.0, 1.0, nan]
    """
    one_of("ties", ties, TIES)
    values = rounded(values, decimals)
    rows = values.reshape(-1, values.shape[-1])
    ranks = pd.DataFrame(rows.T).rank(method=ties, ascending=False).to_numpy().T  # scipy's takes a second to import
    return ranks.reshape(values.shape)


@dataclass(frozen=True)
class Rank:
    """Ranks of every node.

    Parameters
    ----------
    decimals : int, optional
        Rank scores rounded as they are published (the human development index: 3); None ranks them
        unrounded.
    ties : {"min", "max", "average", "dense"}
        "min" gives equal units the better rank and leaves the next ones out (1, 2, 2, 4).
    groups : pandas.Series or str, optional
        Rank within groups: a Series by unit, or a column of the data.

    Examples
    --------
    >>> Rank(decimals=1)
    Rank(decimals=1, ties='min')
    """

    decimals: int | None = None
    ties: str = "min"
    groups: pd.Series | str | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        one_of("ties", self.ties, TIES)
        if self.decimals is not None and self.decimals < 0:
            raise ScoresError(f"decimals= is a number from 0 up, not {self.decimals}.")

    def ranks(self, scores: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Return ranks, units × nodes; <NA> where there is no score. Of a panel, within each period."""
        keys = []
        if is_panel(scores.index):
            keys.append(scores.index.get_level_values(1))
        if self.groups is not None:
            keys.append(grouping(self.groups, context, scores.index).to_numpy())
        result = pd.DataFrame(np.nan, index=scores.index, columns=scores.columns)
        positions = pd.Series(np.arange(len(scores)))
        for _, rows in positions.groupby(keys) if keys else [(None, positions)]:
            part = scores.to_numpy(dtype=float)[rows]
            result.iloc[rows] = rank(part.T, self.decimals, self.ties).T
        return result.astype("Float64" if self.ties == "average" else "Int64")
