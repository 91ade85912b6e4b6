"""Normalise against the others: distance to the best, a reference or a target, fraction, about the mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed, one_of
from fourpillars.scores.normalise import CONSTANT, highest, lowest, scaled, signed
from fourpillars.scores.step import OVER, Context, Stage, each_period, is_panel


@dataclass(frozen=True)
class DistanceToMax:
    """Distance to the best: 100 × (1 − (best − x) / range); the same as min–max, and named for what it says.

    Parameters
    ----------
    scale : float
        Score of the best unit.
    over, constant : str
        As in `MinMax`.
    """

    scale: float = 100.0
    over: str = "all"
    constant: str = "refuse"

    def __post_init__(self) -> None:
        one_of("over", self.over, OVER)
        one_of("constant", self.constant, CONSTANT)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the distances."""

        def distance(x: np.ndarray) -> np.ndarray:
            with np.errstate(invalid="ignore", divide="ignore"):
                return self.scale * (1 - (highest(x) - x) / (highest(x) - lowest(x)))

        return scaled(values, context, self.over, "Distance to the best", distance, self.constant, self.scale / 2)


@dataclass(frozen=True)
class DistanceToReference:
    """Distance to a unit, which has 100: 100 × (x − worst) / (reference − worst), or 100 × x / reference.

    Parameters
    ----------
    unit : str
        The reference unit.
    scale : float
        Score of the reference unit.
    cap : bool
        Hold scores at `scale` where a unit is better.
    form : {"range", "ratio"}
        Count from the worst unit, or as a ratio (Handbook, section 5.4; reference / x for polarity -1, and
        values above 0).

    Examples
    --------
    >>> from fourpillars.scores import Framework
    >>> data = pd.DataFrame({"a": [10.0, 30.0, 20.0]}, index=list("XYZ"))
    >>> context = Context(Framework(pd.DataFrame({"code": ["a"]})), data)
    >>> DistanceToReference("Z").apply(data, context).values["a"].tolist()
    [0.0, 200.0, 100.0]
    """

    unit: str
    scale: float = 100.0
    cap: bool = False
    form: str = "range"

    def __post_init__(self) -> None:
        one_of("form", self.form, ("range", "ratio"))

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the distances; of a panel, to the reference within each period."""
        over = "period" if is_panel(values.index) else "all"
        return Stage(each_period(values, over, lambda part: self._of(part, context)))

    def _of(self, part: pd.DataFrame, context: Context) -> pd.DataFrame:
        units = part.index.get_level_values(0)
        if self.unit not in units:
            raise ScoresError.unknown("reference unit", self.unit, units)
        array = signed(part, context) if self.form == "range" else _positive(part, context)
        worst = lowest(array) if self.form == "range" else 0.0
        reference = array[units == self.unit][0]
        bad = part.columns[np.isnan(reference) | (reference == worst)]
        if len(bad):
            raise ScoresError(
                f"The reference {self.unit!r} has no value, or the worst, in {listed(bad)}.",
                hint="Choose another reference unit.",
            )
        result = self.scale * (array - worst) / (reference - worst)
        return pd.DataFrame(np.minimum(result, self.scale) if self.cap else result, part.index, part.columns)


@dataclass(frozen=True)
class DistanceToTarget:
    """Distance to the framework's `target`: 100 × (x − worst) / (target − worst); reaching the target gives
    100.

    Parameters
    ----------
    scale : float
        Score at the target.
    cap : bool
        Hold scores at `scale` where the target is passed.
    """

    scale: float = 100.0
    cap: bool = True

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the distances."""
        table = context.framework.table.loc[values.columns]
        target = (table["target"] * table["polarity"]).to_numpy()
        array = signed(values, context)
        bad = values.columns[~(target > lowest(array)) & ~(np.isnan(lowest(array)) & ~np.isnan(target))]
        if len(bad):
            raise ScoresError(
                f"No target, or one no better than the worst unit, for {listed(bad)}.",
                hint="Give a target in the framework, beyond the worst value.",
            )
        result = self.scale * (array - lowest(array)) / (target - lowest(array))
        return Stage(pd.DataFrame(np.minimum(result, self.scale) if self.cap else result, values.index, values.columns))


@dataclass(frozen=True)
class FractionOfMax:
    """Fraction of the best: 100 × x / highest, or 100 × lowest / x for polarity -1.

    The best must be above 0 and no value below it; for polarity -1 all values must be above 0.

    Parameters
    ----------
    scale : float
        Score of the best unit.
    over : {"all", "period"}
        As in `MinMax`.
    """

    scale: float = 100.0
    over: str = "all"

    def __post_init__(self) -> None:
        one_of("over", self.over, OVER)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the fractions."""

        def one(part: pd.DataFrame) -> pd.DataFrame:
            array = _positive(part, context)
            flat = part.columns[highest(array) == 0]
            if len(flat):
                raise ScoresError(f"A fraction of the best needs a best above 0: {listed(flat)}.", hint="Use MinMax.")
            return pd.DataFrame(self.scale * array / highest(array), index=part.index, columns=part.columns)

        return Stage(each_period(values, self.over, one))


def _positive(part: pd.DataFrame, context: Context) -> np.ndarray:
    """Return the values, those of polarity -1 as their reciprocals, or refuse what has no ratio."""
    down = context.framework.table["polarity"][part.columns].to_numpy() < 0
    low = part.columns[((part < 0) | (part.eq(0) & down)).any()]
    if len(low):
        raise ScoresError(
            f"A ratio needs values from 0 up, and above 0 for polarity -1: {listed(low)}.", hint="Use MinMax."
        )
    array = part.to_numpy(dtype=float)
    with np.errstate(divide="ignore"):
        return np.where(down, 1 / array, array)


@dataclass(frozen=True)
class AboutMean:
    """1 above the mean, -1 below it, 0 within a neutral band; turned round for polarity -1. Means must be
    above 0.

    Parameters
    ----------
    band : float
        Half-width of the neutral band, as a share of the mean (Handbook: 0.2).
    over : {"all", "period"}
        As in `MinMax`.
    """

    band: float = 0.2
    over: str = "all"

    def __post_init__(self) -> None:
        one_of("over", self.over, OVER)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return 1, 0 and -1."""
        polarity = context.framework.table["polarity"][values.columns].to_numpy()

        def one(part: pd.DataFrame) -> pd.DataFrame:
            mean = part.mean()
            bad = part.columns[mean <= 0]
            if len(bad):
                raise ScoresError(f"A band about the mean needs a mean above 0: {listed(bad)}.", hint="Use ZScore.")
            ratio = (part / mean).to_numpy()
            side = np.where(ratio > 1 + self.band, 1.0, np.where(ratio < 1 - self.band, -1.0, 0.0)) * polarity
            return pd.DataFrame(np.where(np.isnan(ratio), np.nan, side), index=part.index, columns=part.columns)

        return Stage(each_period(values, self.over, one))
