"""The result of a recipe: every stage, and the questions one asks of an index."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.scores.contributions import contributions, effective_weights
from fourpillars.scores.errors import ScoresError
from fourpillars.scores.framework import Framework
from fourpillars.scores.recipe import Recipe
from fourpillars.scores.step import Context

if TYPE_CHECKING:
    from fourpillars.scores.uncertainty import Uncertainty


@dataclass(frozen=True, eq=False)
class Result:
    """What `build` gives.

    Parameters
    ----------
    data : pandas.DataFrame
        The data as they came in.
    framework : Framework
        With the weights that were used.
    recipe : Recipe
        The steps.
    stages : Mapping[str, pandas.DataFrame]
        Values after each step in use: raw, screened, denominated, imputed, treated, normalised, aggregated.
    trail : Mapping[str, pandas.DataFrame]
        What each step did, a row an action: units screened out, cells imputed, treated or capped.
    coverage : pandas.DataFrame
        Share of the indicators under each node with a value of their own, units × nodes.
    reasons : pandas.DataFrame
        '' where there is a score, else missing | no_data | below_threshold, units × nodes.
    given : Framework
        The framework as it came in.
    """

    data: pd.DataFrame
    framework: Framework
    recipe: Recipe
    stages: Mapping[str, pd.DataFrame]
    trail: Mapping[str, pd.DataFrame]
    coverage: pd.DataFrame
    reasons: pd.DataFrame
    given: Framework

    @property
    def scores(self) -> pd.DataFrame:
        """Scores of every node, units × nodes: indicators as normalised, then the groups, the index last."""
        return self.stages["aggregated"]

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Rank of every node, units × nodes, 1 the best; <NA> where there is no score."""
        if self.recipe.rank is None:
            raise ScoresError("The recipe has no rank step.", hint="Use result.replace(rank=Rank()).")
        return self.recipe.rank.ranks(self.scores, Context(self.framework, self.data))

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """The index split into its indicators, units × indicators; each row adds up to the score."""
        return self.contributions_to(self.framework.top)

    def contributions_to(self, node: str) -> pd.DataFrame:
        """Return the score of any node split into its indicators."""
        self._refuse_unaggregated()
        return contributions(self.scores, self.framework, self.recipe.aggregate, self.framework.known(node))

    @cached_property
    def effective_weights(self) -> pd.DataFrame:
        """Effective weights in the index beside nominal ones, a row a node."""
        self._refuse_unaggregated()
        return effective_weights(self.scores, self.framework, self.framework.top)

    def _refuse_unaggregated(self) -> None:
        if self.recipe.aggregate is None:
            raise ScoresError("The recipe does not aggregate: there is no index.", hint="Give aggregate=.")

    @property
    def imputed(self) -> pd.DataFrame:
        """True where a value was imputed, units × indicators: `.sum()` counts them by indicator.

        Examples
        --------
        >>> from fourpillars.scores import Framework, Impute, Recipe, build
        >>> framework = Framework(pd.DataFrame({"code": ["a", "index"], "parent": ["index", None]}))
        >>> data = pd.DataFrame({"a": [1.0, 3.0, None]}, index=list("XYZ"))
        >>> build(data, framework, Recipe(impute=Impute("mean"))).imputed["a"].tolist()
        [False, False, True]
        """
        if "imputed" not in self.stages:
            raw = self.stages["raw"]
            return pd.DataFrame(False, index=raw.index, columns=raw.columns)
        return self._before_imputing().isna() & self.stages["imputed"].notna()

    def imputation_quality(self, share: float = 0.1, repeats: int = 20, seed: int = 0) -> pd.DataFrame:
        """Hide known cells, impute them, and report the error: see `fourpillars.scores.imputation_quality`."""
        from fourpillars.scores.imputation_quality import imputation_quality

        if self.recipe.impute is None:
            raise ScoresError("The recipe does not impute.", hint="Use result.replace(impute=…) first.")
        context = Context(self.given, self.data)
        return imputation_quality(self._before_imputing(), context, self.recipe.impute, share, repeats, seed)

    def _before_imputing(self) -> pd.DataFrame:
        """Return the last stage before values were imputed."""
        return next(self.stages[name] for name in ("denominated", "screened", "raw") if name in self.stages)

    def replace(self, **steps: Any) -> Result:
        """Return the result with some steps of the recipe replaced, everything else the same."""
        from fourpillars.scores.build import build

        names = [field.name for field in dataclasses.fields(Recipe)]
        for name in steps:
            if name not in names:
                raise ScoresError.unknown("step", name, names)
        return build(self.data, self.given, dataclasses.replace(self.recipe, **steps))

    def without(self, *codes: str) -> Result:
        """Return the result with some nodes, and all under them, left out."""
        from fourpillars.scores.build import build

        return build(self.data, self.given.without(codes), self.recipe)

    def uncertainty(self, n: int = 1000, seed: int = 0, **arguments: Any) -> Uncertainty:
        """Make the index `n` times with other choices and weights: see `fourpillars.scores.uncertainty`."""
        from fourpillars.scores.uncertainty import uncertainty

        return uncertainty(self, n, seed, **arguments)

    def sensitivity(self, n: int = 256, seed: int = 0, **arguments: Any) -> pd.DataFrame:
        """First-order and total Sobol' indices of the choices: see `fourpillars.scores.sensitivity`."""
        from fourpillars.scores.sensitivity import sensitivity

        return sensitivity(self, n, seed, **arguments)

    def leave_one_out(self, level: int = 1, node: str | None = None) -> pd.DataFrame:
        """How the ranks move when a node of a level is left out: see `fourpillars.scores.sensitivity`."""
        from fourpillars.scores.sensitivity import leave_one_out

        return leave_one_out(self, level, node)

    def strengths_weaknesses(self, unit: object, count: int = 5, node: str | None = None) -> pd.DataFrame:
        """Return a unit's best and worst indicators: see `fourpillars.scores.explain`."""
        from fourpillars.scores.explain import strengths_weaknesses

        return strengths_weaknesses(self, unit, count, node)
