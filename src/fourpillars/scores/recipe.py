"""The recipe: a frozen list of steps with their arguments, the only state of an index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fourpillars.scores.aggregate import Aggregate
from fourpillars.scores.normalise import MinMax
from fourpillars.scores.rank import Rank
from fourpillars.scores.step import Step


@dataclass(frozen=True)
class Recipe:
    """How an index is made. None leaves a step out.

    Parameters
    ----------
    screen : Screen, optional
        Which units stay in.
    denominate : Denominate, optional
        Divide indicators by their denominators.
    impute : optional
        How missing values are filled; every filled cell is flagged.
    treat : optional
        How outliers are treated, with a trail of every changed cell.
    normalise : optional
        How indicators come onto one scale.
    weight : optional
        How weights are found; None takes the framework's.
    aggregate : Aggregate, optional
        How groups are made of their members; None stops at the indicators.
    rank : Rank, optional
        How ranks are given.

    Examples
    --------
    >>> Recipe(aggregate=Aggregate("geometric")).steps()
    {'normalise': MinMax(low=0.0, high=100.0, over='all', constant='refuse'), \
'aggregate': Aggregate(methods=('geometric',), threshold=(0.0,)), 'rank': Rank(decimals=None, ties='min')}
    """

    screen: Step | None = None
    denominate: Step | None = None
    impute: Step | None = None
    treat: Step | None = None
    normalise: Step | None = field(default_factory=MinMax)
    weight: Any = None
    aggregate: Aggregate | None = field(default_factory=Aggregate)
    rank: Rank | None = field(default_factory=Rank)

    def steps(self) -> dict[str, Any]:
        """Return the steps that are in use, in order."""
        return {name: step for name in self.__dataclass_fields__ if (step := getattr(self, name)) is not None}
