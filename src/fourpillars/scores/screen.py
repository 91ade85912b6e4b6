"""Screen: which units have enough data to be scored at all."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from fourpillars.scores.errors import ScoresError, one_of
from fourpillars.scores.step import Context, Stage

PER = ("all", "group")


@dataclass(frozen=True)
class Screen:
    """Keep units with enough values.

    Parameters
    ----------
    availability : float
        The least share of indicators with a value, from 0 to 1; None does not ask.
    per : {"all", "group"}
        Ask it of all indicators together, or of every group of indicators.
    nonzero : float, optional
        The least share of values that are not zero.
    include, exclude : tuple
        Units kept, or left out, whatever their data.

    Examples
    --------
    >>> from fourpillars.scores import Framework, Recipe, build
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
    >>> data = pd.DataFrame({"a": [1.0, 2.0, None], "b": [2.0, 1.0, 3.0]}, index=["X", "Y", "Z"])
    >>> result = build(data, framework, Recipe(screen=Screen(availability=0.9)))
    >>> list(result.scores.index), result.trail["screened"]["unit"].tolist()
    (['X', 'Y'], ['Z'])
    """

    availability: float | None = 2 / 3
    per: str = "all"
    nonzero: float | None = None
    include: tuple = ()
    exclude: tuple = ()

    def __post_init__(self) -> None:
        one_of("per", self.per, PER)
        for share in (self.availability, self.nonzero):
            if share is not None and not 0 <= share <= 1:
                raise ScoresError(f"Screen asks for shares from 0 to 1, not {share}.")
        both = set(self.include) & set(self.exclude)
        if both:
            raise ScoresError(f"Units both included and excluded: {sorted(map(str, both))}.")

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the units that stay; the trail has the others, with the reason."""
        availability = values.notna().mean(axis=1)
        lowest = self._groupwise(values, context) if self.per == "group" else availability
        nonzero = (values != 0).where(values.notna()).mean(axis=1)
        reason = pd.Series("", index=values.index)
        if self.nonzero is not None:
            reason[nonzero < self.nonzero] = "zeros"
        if self.availability is not None:
            reason[lowest < self.availability - 1e-12] = "availability"
        units = values.index.get_level_values(0)
        for unit in (*self.include, *self.exclude):
            if unit not in units:
                raise ScoresError.unknown("unit", unit, units)
        reason[units.isin(self.include)] = ""
        reason[units.isin(self.exclude)] = "excluded"
        out = reason[reason != ""]
        if len(out) == len(values):
            raise ScoresError("No unit has enough data to stay in.", hint="Ask for a lower availability.")
        trail = pd.DataFrame(
            {
                "unit": out.index,
                "action": "screened out",
                "reason": out.to_numpy(),
                "availability": lowest[out.index].to_numpy(),
                "nonzero": nonzero[out.index].to_numpy(),
            }
        )
        return Stage(values[reason == ""], trail)

    def _groupwise(self, values: pd.DataFrame, context: Context) -> pd.Series:
        parents = context.framework.table["parent"][values.columns]
        return values.notna().T.groupby(parents.to_numpy()).mean().T.min(axis=1)
