"""Normalise: bring indicators of different units onto one scale, higher always better.

The vector functions work along axis 0 (units), so a vector and a units × indicators array serve alike;
missing values stay missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed, one_of
from fourpillars.scores.step import OVER, Context, Stage, Step, each_period

CONSTANT = ("refuse", "middle", "missing")


def lowest(values: np.ndarray) -> np.ndarray:
    """Return the least present value along axis 0; NaN where there is none."""
    return np.fmin.reduce(np.asarray(values, dtype=float), axis=0)


def highest(values: np.ndarray) -> np.ndarray:
    """Return the greatest present value along axis 0; NaN where there is none."""
    return np.fmax.reduce(np.asarray(values, dtype=float), axis=0)


def minmax(values: np.ndarray, low: float = 0.0, high: float = 100.0) -> np.ndarray:
    """Scale so that the lowest becomes `low` and the highest `high`.

    Examples
    --------
    >>> minmax(np.array([10.0, 15.0, 20.0])).tolist()
    [0.0, 50.0, 100.0]
    """
    least, most = lowest(values), highest(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return low + (high - low) * (values - least) / (most - least)


def zscore(values: np.ndarray, mean: float = 0.0, sd: float = 1.0) -> np.ndarray:
    """Standardise to a mean and a sample standard deviation (n − 1).

    Examples
    --------
    >>> zscore(np.array([1.0, 2.0, 3.0])).tolist()
    [-1.0, 0.0, 1.0]
    """
    values = np.asarray(values, dtype=float)
    count = np.sum(~np.isnan(values), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = values - np.nansum(values, axis=0) / count
        spread = np.sqrt(np.nansum(centred**2, axis=0) / (count - 1))
        return mean + sd * centred / spread


def signed(values: pd.DataFrame, context: Context) -> np.ndarray:
    """Return the values with indicators of polarity -1 turned round."""
    return values.to_numpy(dtype=float) * context.framework.table["polarity"][values.columns].to_numpy()


def refuse_constant(values: pd.DataFrame, method: str) -> None:
    """Refuse indicators whose present values are all equal: the method divides by their spread."""
    flat = constant(values)
    if flat:
        raise ScoresError(
            f"{method} is not defined for {listed(flat)}: the values are all equal.",
            hint='Leave them out, use goalposts, or choose constant="middle" or "missing".',
        )


def constant(values: pd.DataFrame) -> list[str]:
    """Name the columns with values that do not differ."""
    array = values.to_numpy(dtype=float)
    return list(values.columns[highest(array) == lowest(array)])


def scaled(
    values: pd.DataFrame,
    context: Context,
    over: str,
    method: str,
    function: Callable[[np.ndarray], np.ndarray],
    when_constant: str = "refuse",
    middle: float = np.nan,
) -> Stage:
    """Map a vector function over the signed columns, minding columns that do not vary."""

    def one(part: pd.DataFrame) -> pd.DataFrame:
        if when_constant == "refuse":
            refuse_constant(part, method)
        result = pd.DataFrame(function(signed(part, context)), index=part.index, columns=part.columns)
        for column in constant(part):
            result[column] = np.where(part[column].notna() & (when_constant == "middle"), middle, np.nan)
        return result

    return Stage(each_period(values, over, one))


@dataclass(frozen=True)
class MinMax:
    """Min–max: the worst unit gets `low`, the best `high`.

    Parameters
    ----------
    low, high : float
        Ends of the scale.
    over : {"all", "period"}
        Of a panel, take the extremes over all periods (scores compare through time) or within each.
    constant : {"refuse", "middle", "missing"}
        What to do where all values of an indicator are equal: refuse, give the middle of the scale, leave
        missing.

    Examples
    --------
    >>> MinMax(low=1, high=10)
    MinMax(low=1, high=10, over='all', constant='refuse')
    """

    low: float = 0.0
    high: float = 100.0
    over: str = "all"
    constant: str = "refuse"

    def __post_init__(self) -> None:
        one_of("over", self.over, OVER)
        one_of("constant", self.constant, CONSTANT)
        if not self.low < self.high:
            raise ScoresError(f"MinMax needs low < high, not {self.low} and {self.high}.")

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the values on the scale."""
        return scaled(
            values,
            context,
            self.over,
            "Min–max",
            lambda x: minmax(x, self.low, self.high),
            self.constant,
            (self.low + self.high) / 2,
        )


@dataclass(frozen=True)
class ZScore:
    """Standard scores: mean `mean`, sample standard deviation `sd` (n − 1).

    Parameters
    ----------
    mean, sd : float
        Of the result.
    over, constant : str
        As in `MinMax`; the middle is the mean.
    """

    mean: float = 0.0
    sd: float = 1.0
    over: str = "all"
    constant: str = "refuse"

    def __post_init__(self) -> None:
        one_of("over", self.over, OVER)
        one_of("constant", self.constant, CONSTANT)
        if not self.sd > 0:
            raise ScoresError(f"ZScore needs sd > 0, not {self.sd}.")

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the standard scores."""
        return scaled(
            values,
            context,
            self.over,
            "The z-score",
            lambda x: zscore(x, self.mean, self.sd),
            self.constant,
            self.mean,
        )


@dataclass(frozen=True)
class PerIndicator:
    """One way for most indicators and others for some.

    Parameters
    ----------
    default : Step
        The step for every indicator not named.
    overrides : Mapping[str, Step or None]
        A step by indicator; None leaves the indicator as it is.

    Examples
    --------
    >>> PerIndicator(MinMax(), {"gdp": ZScore()}).overrides["gdp"].sd
    1.0
    """

    default: Step | None
    overrides: Mapping[str, Step | None] = field(default_factory=dict)

    def step(self, code: str) -> Step | None:
        """Return the step of an indicator."""
        return self.overrides.get(code, self.default)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the values, each indicator by its own step."""
        for code in self.overrides:
            if code not in values.columns:
                raise ScoresError.unknown("indicator", code, values.columns)
        rest = [code for code in values.columns if code not in self.overrides]
        stages = [_maybe(self.default, values[rest], context)] if rest else []
        stages += [_maybe(step, values[[code]], context) for code, step in self.overrides.items()]
        trails = [stage.trail for stage in stages if len(stage.trail)]
        return Stage(
            pd.concat([stage.values for stage in stages], axis=1)[values.columns],
            pd.concat(trails, ignore_index=True) if trails else pd.DataFrame(),
        )


def _maybe(step: Step | None, values: pd.DataFrame, context: Context) -> Stage:
    return Stage(values) if step is None else step.apply(values, context)
