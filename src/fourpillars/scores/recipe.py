"""The recipe: a frozen list of steps with their arguments, the only state of an index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fourpillars.scores.aggregate import Aggregate
from fourpillars.scores.errors import ScoresError
from fourpillars.scores.normalise import MinMax
from fourpillars.scores.rank import Rank
from fourpillars.scores.step import Step

EXAMPLES = {
    "screen": "Screen()",
    "denominate": "Denominate()",
    "impute": 'Impute("median")',
    "treat": "Winsorise()",
    "normalise": "MinMax()",
    "weight": "EqualWeights()",
    "aggregate": 'Aggregate("arithmetic")',
    "rank": "Rank()",
}


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

    Raises
    ------
    ScoresError
        Where something is given that is not such a step.

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

    def __post_init__(self) -> None:
        for name, step in self.steps().items():
            verb = {"weight": "weights", "rank": "ranks"}.get(name, "apply")
            right = isinstance(step, Aggregate) if name == "aggregate" else callable(getattr(step, verb, None))
            if isinstance(step, type):
                raise ScoresError(f"{name}= is given the class {step.__name__}.", hint=f"Write {step.__name__}(…).")
            if not right:
                raise ScoresError(f"{name}= cannot be {step!r}.", hint=f"Give {EXAMPLES[name]}, or None.")

    def steps(self) -> dict[str, Any]:
        """Return the steps that are in use, in order."""
        return {name: step for name in self.__dataclass_fields__ if (step := getattr(self, name)) is not None}
