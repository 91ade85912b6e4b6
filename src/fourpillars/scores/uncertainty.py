"""Uncertainty: how far a rank depends on choices that could have been made otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.replications import Replications, default_choices
from fourpillars.scores.step import is_panel

if TYPE_CHECKING:
    from fourpillars.scores.result import Result


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """Ranks under other choices.

    Parameters
    ----------
    ranks : pandas.DataFrame
        Replications × units.
    published : pandas.Series
        The published rank of each unit.
    choices : pandas.DataFrame
        The alternative taken in each replication, by step.
    """

    ranks: pd.DataFrame
    published: pd.Series
    choices: pd.DataFrame

    def summary(self, level: float = 0.9) -> pd.DataFrame:
        """Rank, median rank and interval, a row a unit.

        Columns: `rank` (published), `median`, `low` and `high` (the interval that holds `level` of the
        replications: 5th to 95th percentile), `mean`, `sd`, `robust` (the published rank lies within the
        interval). Intervals are made of ranks that occur.
        """
        tail = (1 - level) / 2
        ranks = self.ranks
        low = ranks.quantile(tail, interpolation="lower")
        high = ranks.quantile(1 - tail, interpolation="higher")
        published = self.published.astype("Float64")
        table = pd.DataFrame({"rank": self.published, "median": ranks.median(), "low": low, "high": high})
        robust = (table["low"] <= published) & (published <= table["high"])
        return table.assign(mean=ranks.mean(), sd=ranks.std(ddof=1), robust=robust.mask(published.isna()))

    def better(self, one: str, other: str) -> float:
        """Share of the replications in which one unit ranks before another.

        Differences of units whose intervals overlap may still be sure, and the other way about.
        """
        for unit in (one, other):
            if unit not in self.ranks.columns:
                raise ScoresError.unknown("unit", unit, self.ranks.columns)
        return float((self.ranks[one] < self.ranks[other]).mean())


def draw(
    result: Result,
    choices: Mapping[str, Sequence[Any]],
    n: int,
    noise: float | Sequence[float],
    generator: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw alternatives, and factors for the weights: uniform between 1 − noise and 1 + noise.

    `noise` is one number, or one a level, bottom up (the last repeats).
    """
    picks = np.column_stack(
        [generator.integers(0, len(options), n) for options in choices.values()] or [np.zeros(n, dtype=int)]
    )[:, : len(choices)]
    levels = result.framework.table["level"].to_numpy(dtype=int)
    widths = np.atleast_1d(np.asarray(noise, dtype=float))
    if (widths < 0).any() or (widths >= 1).any():
        raise ScoresError(f"noise= lies from 0 to below 1, not {noise}.")
    width = widths[np.minimum(levels - 1, len(widths) - 1)]
    return picks, 1 + width * generator.uniform(-1, 1, (n, len(levels)))


def uncertainty(
    result: Result,
    n: int = 1000,
    seed: int = 0,
    noise: float | Sequence[float] = 0.25,
    node: str | None = None,
    **choices: Sequence[Any],
) -> Uncertainty:
    """Make the index many times over, each time with other choices drawn at random.

    Parameters
    ----------
    result : Result
        The index as published.
    n, seed : int
        Replications, and the seed of the draws.
    noise : float or sequence of float
        Every weight is multiplied by a number drawn evenly between 1 − noise and 1 + noise; one number, or
        one a level, bottom up.
    node : str, optional
        Whose ranks; the index by default.
    **choices
        Alternatives by step: `normalise=(MinMax(1, 100), ZScore())`, `treat=(None, Winsorise())`,
        `aggregate=(…)`, `weight=(None, EqualWeights())`. Without any, means (arithmetic or geometric at the
        top) and weights (given or equal) are varied.

    Returns
    -------
    Uncertainty
        With the ranks of every replication; `.summary()` has the median and the interval of each unit.

    Examples
    --------
    >>> from fourpillars.scores import Framework, Recipe, build
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 3.0, 2.0]}, index=list("XYZ"))
    >>> found = build(data, framework).uncertainty(n=200)
    >>> found.summary().loc["X", ["rank", "low", "high"]].astype(int).tolist()
    [3, 3, 3]
    """
    if is_panel(result.scores.index):
        raise ScoresError("Uncertainty is of one period's ranks.", hint="Build the period by itself, with goalposts.")
    if n < 1:
        raise ScoresError(f"n= is at least 1, not {n}.")
    node = result.framework.known(node) if node else result.framework.top
    options = dict(choices) or default_choices(result)
    replications = Replications(result, options, node)
    ranks = replications.ranks(*(drawn := draw(result, options, n, noise, np.random.default_rng(seed))))
    taken = pd.DataFrame(drawn[0], columns=list(options))
    return Uncertainty(pd.DataFrame(ranks, columns=result.scores.index), result.ranks[node], taken)
