"""Goalposts: normalise between stated bounds, so that scores compare from month to month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed
from fourpillars.scores.framework import Framework
from fourpillars.scores.step import Context, Stage


def goalposts(
    values: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    low: float = 0.0,
    high: float = 100.0,
    cap: bool = True,
) -> np.ndarray:
    """Scale so that `lower` becomes `low` and `upper` becomes `high`; with `cap`, nothing goes beyond.

    Examples
    --------
    The dimension index of life expectancy in the human development index, 20 to 85 years:

    >>> goalposts(np.array([20.0, 52.5, 90.0]), 20, 85, high=1).tolist()
    [0.0, 0.5, 1.0]
    """
    scaled = (np.asarray(values, dtype=float) - lower) / (np.asarray(upper, dtype=float) - lower)
    return low + (high - low) * (np.clip(scaled, 0.0, 1.0) if cap else scaled)


def goalposts_of(data: pd.DataFrame, framework: Framework, tails: float = 0.0) -> Framework:
    """Set the goalposts of a framework from data, over all units and periods.

    Parameters
    ----------
    data : pandas.DataFrame
        Every period there is: rows by (unit, period).
    framework : Framework
        Its indicators without goalposts get them; those that have some keep them.
    tails : float
        Share of the values left out at either end (0.05: from the 5th to the 95th percentile).

    Examples
    --------
    >>> from fourpillars.scores import Framework
    >>> framework = Framework(pd.DataFrame({"code": ["a"]}))
    >>> table = goalposts_of(pd.DataFrame({"a": [3.0, 7.0, 5.0]}), framework).table
    >>> table.loc["a", ["goalpost_low", "goalpost_high"]].tolist()
    [3.0, 7.0]
    """
    if not 0 <= tails < 0.5:
        raise ScoresError(f"tails= lies from 0 to below a half, not {tails}.")
    table = framework.table.copy()
    without = [code for code in framework.indicators if np.isnan(table["goalpost_low"][code])]
    found = data[without].quantile([tails, 1 - tails])
    bad = [code for code in without if not found[code].iloc[0] < found[code].iloc[1]]
    if bad:
        raise ScoresError(f"No goalposts can be drawn from {listed(bad)}: the values do not differ.")
    table.loc[without, "goalpost_low"] = found.iloc[0]
    table.loc[without, "goalpost_high"] = found.iloc[1]
    return Framework(table)


@dataclass(frozen=True)
class Goalposts:
    """Normalise between `goalpost_low` and `goalpost_high` of the framework.

    Goalposts are the ends of the value's own range; an indicator of polarity -1 scores `high` at its lower
    goalpost.

    Parameters
    ----------
    low, high : float
        Ends of the scale of scores.
    cap : bool
        Hold scores within the scale where a value lies beyond its goalposts.
    bounds : Mapping[str, tuple[float, float]]
        Goalposts by indicator, in place of the framework's.
    log : tuple of str
        Indicators whose value and goalposts are taken in natural logarithms (income, in the human
        development index).

    Raises
    ------
    ScoresError
        Where an indicator has no goalposts, or `low` is not below `high`, or a logarithm is asked of a
        number not above 0.

    Examples
    --------
    >>> from fourpillars.scores import Framework, Recipe, build
    >>> table = pd.DataFrame({"code": ["days", "index"], "parent": ["index", ""], "polarity": [-1, 1],
    ...                       "goalpost_low": [0, None], "goalpost_high": [100, None]})
    >>> build(pd.DataFrame({"days": [25.0, 130.0]}, index=["A", "B"]), Framework(table),
    ...       Recipe(normalise=Goalposts())).scores["index"].tolist()
    [75.0, 0.0]
    """

    low: float = 0.0
    high: float = 100.0
    cap: bool = True
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    log: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ScoresError(f"Goalposts need low < high, not {self.low} and {self.high}.")

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the values between their goalposts; the trail names what was capped."""
        lower, upper = self._ends(values.columns, context)
        array = values.to_numpy(dtype=float)
        if self.log:
            array, lower, upper = self._logged(values, lower, upper)
        beyond = (array < lower) | (array > upper)
        down = context.framework.table["polarity"][values.columns].to_numpy() < 0
        array = np.where(down, lower + upper - array, array)
        result = goalposts(array, lower, upper, self.low, self.high, self.cap)
        return Stage(pd.DataFrame(result, index=values.index, columns=values.columns), self._trail(values, beyond))

    def _ends(self, columns: pd.Index, context: Context) -> tuple[np.ndarray, np.ndarray]:
        table = context.framework.table
        ends = {
            code: self.bounds.get(code, (table["goalpost_low"][code], table["goalpost_high"][code])) for code in columns
        }
        bad = [code for code, (lower, upper) in ends.items() if not lower < upper]
        if bad:
            raise ScoresError(
                f"No goalposts, or none in order, for {listed(bad)}.",
                hint="Give goalpost_low < goalpost_high in the framework, or bounds={code: (low, high)}.",
            )
        lower, upper = np.array(list(ends.values()), dtype=float).reshape(-1, 2).T
        return lower, upper

    def _logged(
        self, values: pd.DataFrame, lower: np.ndarray, upper: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        for code in self.log:
            if code not in values.columns:
                raise ScoresError.unknown("indicator", code, values.columns)
        chosen = values.columns.isin(self.log)
        array = values.to_numpy(dtype=float)
        if (array[:, chosen] <= 0).any() or (lower[chosen] <= 0).any():
            raise ScoresError(f"A logarithm needs values and goalposts above 0: {listed(self.log)}.")
        array, lower, upper = (np.array(part, dtype=float) for part in (array, lower, upper))
        array[:, chosen], lower[chosen], upper[chosen] = (
            np.log(array[:, chosen]),
            np.log(lower[chosen]),
            np.log(upper[chosen]),
        )
        return array, lower, upper

    def _trail(self, values: pd.DataFrame, beyond: np.ndarray) -> pd.DataFrame:
        rows, columns = np.nonzero(beyond)
        return pd.DataFrame(
            {
                "unit": values.index[rows],
                "indicator": values.columns[columns],
                "value": values.to_numpy()[rows, columns],
                "action": "capped" if self.cap else "beyond goalposts",
            }
        )
