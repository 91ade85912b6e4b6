"""Denominate: make units of different size comparable (per head, per employee, of revenue)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed
from fourpillars.scores.step import Context, Stage


@dataclass(frozen=True)
class Denominate:
    """Divide indicators by their denominators.

    Parameters
    ----------
    scale : float or Mapping[str, float]
        Multiply the ratio by this: one number, or one by indicator (1 for those not named).
    denominators : Mapping[str, str]
        A column of the data by indicator, in place of the framework's `denominator`; '' divides by nothing.

    Examples
    --------
    >>> from fourpillars.scores import Framework, Recipe, build
    >>> framework = Framework(pd.DataFrame({"code": ["patents", "index"], "parent": ["index", ""],
    ...                                     "denominator": ["staff", ""]}))
    >>> data = pd.DataFrame({"patents": [5.0, 8.0], "staff": [10.0, 32.0]}, index=["A", "B"])
    >>> result = build(data, framework, Recipe(denominate=Denominate(scale=100)))
    >>> result.stages["denominated"]["patents"].tolist()
    [50.0, 25.0]
    """

    scale: float | Mapping[str, float] = 1.0
    denominators: Mapping[str, str] = field(default_factory=dict)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the ratios; a missing denominator makes a missing value."""
        given = context.framework.table["denominator"]
        chosen = {code: self.denominators.get(code, given[code]) for code in values.columns}
        chosen = {code: column for code, column in chosen.items() if column}
        absent = sorted({column for column in chosen.values() if column not in context.data.columns})
        if absent:
            raise ScoresError(f"The data have no column for the denominators {listed(absent)}.")
        divisors = {
            column: pd.to_numeric(context.data[column].reindex(values.index), errors="coerce")
            for column in set(chosen.values())
        }
        zero = [column for column, divisor in divisors.items() if not (divisor.dropna() > 0).all()]
        if zero:
            raise ScoresError(f"Denominators must be above 0: {listed(zero)}.", hint="Make such cells missing.")
        result = values.copy()
        for code, column in chosen.items():
            result[code] = values[code] / divisors[column] * self._scale(code)
        trail = pd.DataFrame(
            {
                "indicator": list(chosen),
                "action": "divided",
                "by": list(chosen.values()),
                "scale": np.array([self._scale(code) for code in chosen], dtype=float),
            }
        )
        return Stage(result, trail)

    def _scale(self, code: str) -> float:
        return float(self.scale.get(code, 1.0)) if isinstance(self.scale, Mapping) else float(self.scale)
