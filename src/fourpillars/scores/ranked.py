"""Normalise to ranks: only the order of units counts, and no outlier can stretch the scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed, one_of
from fourpillars.scores.normalise import signed
from fourpillars.scores.rank import TIES, rank
from fourpillars.scores.step import OVER, Context, Stage, each_period


def ascending(values: np.ndarray, ties: str = "min") -> np.ndarray:
    """Rank along axis 0, the lowest first (1), so that higher is better.

    Examples
    --------
    >>> ascending(np.array([5.0, 9.0, 5.0])).tolist()
    [1.0, 3.0, 1.0]
    """
    return rank(-np.asarray(values, dtype=float).T, ties=ties).T


@dataclass(frozen=True)
class Ranked:
    """Normalise to ranks, in which only the order of units counts.

    Parameters
    ----------
    kind : {"rank", "borda", "percentile"}
        The rank from below (1 the worst), Borda's points (units left behind), or the percentile rank
        scale × (rank − 1) / (n − 1).
    scale : float
        The best percentile rank.
    ties : {"min", "max", "average", "dense"}
        The rank of equal values, counted from below.
    over : {"all", "period"}
        Of a panel, rank over all periods or within each.

    Examples
    --------
    >>> from fourpillars.scores import Framework
    >>> data = pd.DataFrame({"a": [10.0, 30.0, 20.0]})
    >>> context = Context(Framework(pd.DataFrame({"code": ["a"]})), data)
    >>> [Ranked(kind).apply(data, context).values["a"].tolist() for kind in ("rank", "borda", "percentile")]
    [[1.0, 3.0, 2.0], [0.0, 2.0, 1.0], [0.0, 100.0, 50.0]]
    """

    kind: str = "percentile"
    ties: str = "min"
    over: str = "all"
    scale: float = 100.0

    def __post_init__(self) -> None:
        one_of("kind of rank", self.kind, ("rank", "borda", "percentile"))
        one_of("ties", self.ties, TIES)
        one_of("over", self.over, OVER)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the ranks."""

        def one(part: pd.DataFrame) -> pd.DataFrame:
            ranks = ascending(signed(part, context), self.ties)
            if self.kind != "rank":
                ranks = ranks - 1
            if self.kind == "percentile":
                count = part.notna().sum().to_numpy()
                if (count == 1).any():
                    raise ScoresError(f"A percentile rank needs two values: {listed(part.columns[count == 1])}.")
                ranks = self.scale * ranks / np.where(count > 1, count - 1, 1)
            return pd.DataFrame(ranks, index=part.index, columns=part.columns)

        return Stage(each_period(values, self.over, one))
