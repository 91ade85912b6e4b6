"""Replications: the same index made many times over, with other choices and other weights.

What comes before the weights (treatment, normalisation …) is computed once for each combination of choices;
weights and aggregation are computed for all replications of a combination at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from fourpillars.scores.aggregate import climb
from fourpillars.scores.build import STEPS, refuse_infinite
from fourpillars.scores.errors import ScoresError
from fourpillars.scores.rank import rank
from fourpillars.scores.recipe import Recipe
from fourpillars.scores.step import Context

if TYPE_CHECKING:
    from fourpillars.scores.result import Result


@dataclass(frozen=True, eq=False)
class Replications:
    """The ranks of one node under other choices.

    Parameters
    ----------
    result : Result
        The index as published.
    choices : Mapping[str, Sequence]
        Alternatives by step of the recipe: `{"normalise": (MinMax(), ZScore()), "aggregate": (…)}`.
    node : str
        The node whose ranks are asked for.
    """

    result: Result
    choices: Mapping[str, Sequence[Any]]
    node: str

    def __post_init__(self) -> None:
        names = [field.name for field in dataclasses.fields(Recipe)]
        for name, options in self.choices.items():
            if name not in names or name == "rank":
                raise ScoresError.unknown("step to vary", name, [name for name in names if name != "rank"])
            if len(options) == 0:
                raise ScoresError(f"No alternatives for {name!r}.", hint="Give at least one.")
        if self.result.recipe.aggregate is None:
            raise ScoresError("An index that is not aggregated has no ranks to vary.")

    def scores(self, picks: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """Return the scores of the node.

        Parameters
        ----------
        picks : (replications, choices) array of int
            The alternative of each choice.
        factors : (replications, nodes) array
            What the weight of each node of the framework is multiplied by.

        Returns
        -------
        (replications, units) array, units as in the published result; NaN where a replication leaves one
        out.
        """
        units = self.result.scores.index
        found = np.full((len(picks), len(units)), np.nan)
        combinations, member = np.unique(picks, axis=0, return_inverse=True)
        cache: dict = {}
        for number, combination in enumerate(combinations):
            rows = np.flatnonzero(member.reshape(-1) == number)
            pick = dict(zip(self.choices, combination.tolist(), strict=True))
            try:
                normalised = self._normalised(pick, len(STEPS), cache)
                weights = self._weights(pick, normalised, cache) * factors[rows]
                made = self._climbed(pick, normalised, weights)
            except ScoresError as error:
                raise ScoresError(f"With {self._named(pick)}: {error.message}", hint=error.hint) from error
            places = units.get_indexer(normalised.index)
            found[np.ix_(rows, places)] = np.broadcast_to(made, (len(rows), len(places)))
        return found

    def _step(self, name: str, pick: Mapping[str, int]) -> Any:
        return self.choices[name][pick[name]] if name in pick else getattr(self.result.recipe, name)

    def _normalised(self, pick: Mapping[str, int], upto: int, cache: dict) -> pd.DataFrame:
        """Values after the first `upto` steps; combinations that begin alike share them."""
        if upto == 0:
            return self.result.stages["raw"]
        names = list(STEPS)[:upto]
        key = tuple(pick.get(name) for name in names)
        if key not in cache:
            before = self._normalised(pick, upto - 1, cache)
            step = self._step(names[-1], pick)
            cache[key] = (
                before if step is None else refuse_infinite(step.apply(before, self._context).values, names[-1])
            )
        return cache[key]

    def _weights(self, pick: Mapping[str, int], normalised: pd.DataFrame, cache: dict) -> np.ndarray:
        key = ("weight", *(pick.get(name) for name in (*STEPS, "weight")))
        if key not in cache:
            weights = self.result.given.table["weight"].copy()
            step = self._step("weight", pick)
            if step is not None:
                weights.update(step.weights(normalised, self._context))
            cache[key] = weights.to_numpy()
        return cache[key]

    def _climbed(self, pick: Mapping[str, int], normalised: pd.DataFrame, weights: np.ndarray) -> np.ndarray:
        framework = self.result.given
        columns = dict(zip(normalised.columns, normalised.to_numpy(dtype=float).T.copy(), strict=True))
        by_node = dict(zip(framework.table.index, weights.T, strict=True))
        return climb(columns, framework, by_node, self._step("aggregate", pick))[self.node]

    @property
    def _context(self) -> Context:
        return Context(self.result.given, self.result.data)

    def _named(self, pick: Mapping[str, int]) -> str:
        return ", ".join(f"{name}={self._step(name, pick)!r}" for name in pick) or "the published recipe"

    def ranks(self, picks: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """Return the ranks of the node, (replications, units), among the units with a published score."""
        step = self.result.recipe.rank
        scored = self.result.scores[self.node].notna().to_numpy()
        scores = np.where(scored, self.scores(picks, factors), np.nan)
        return rank(scores, step.decimals if step else None)


def default_choices(result: Result) -> dict[str, tuple[Any, ...]]:
    """Return plain alternatives: equal weights, and arithmetic means or a geometric mean above the first
    level.

    The geometric mean is only among them where no score is below 0.
    """
    from fourpillars.scores.aggregate import Aggregate
    from fourpillars.scores.weight import EqualWeights

    published = result.recipe.aggregate
    means = [Aggregate("arithmetic", threshold=published.threshold)]
    if not (result.scores < 0).any(axis=None):
        means.append(Aggregate("arithmetic", "geometric", threshold=published.threshold))
    return {
        "aggregate": (published, *(mean for mean in means if mean != published)),
        "weight": (result.recipe.weight, EqualWeights()),
    }
