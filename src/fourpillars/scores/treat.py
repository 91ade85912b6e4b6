"""Treat: outliers that would stretch the scale for everybody else."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, one_of
from fourpillars.scores.moments import kurtosis, outlying, skewness
from fourpillars.scores.step import Context, Stage

SHIFTS = ("range", "one", "gii", "none")
LEFT = "left as it is (winsorising would leave one value)"


def winsorise(
    values: np.ndarray, max_points: int | None = 5, skewness_limit: float = 2.0, kurtosis_limit: float = 3.5
) -> tuple[np.ndarray, np.ndarray]:
    """Bring the outermost value to the next one, point by point, until the vector passes or the points are
    used up (None: until it passes).

    Returns
    -------
    The values, and an array of 'high', 'low' or '' a value. Points that tie are moved together, and count
    each.

    Examples
    --------
    >>> winsorise(np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100]))[0].tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 9.0]
    """
    values = np.array(values, dtype=float)
    moved = np.full(values.shape, "", dtype=object)
    most = values.size if max_points is None else max_points
    while outlying(values, skewness_limit, kurtosis_limit) and np.sum(moved != "") < most:
        high = skewness(values) >= 0
        edge = values == (np.nanmax(values) if high else np.nanmin(values))
        rest = values[~edge & ~np.isnan(values)]
        values[edge] = rest.max() if high else rest.min()
        moved[edge] = "high" if high else "low"
    return values, moved


@dataclass(frozen=True)
class Log:
    """Natural logarithm.

    Parameters
    ----------
    shift : {"range", "one", "gii", "none"}
        Before the logarithm, shift the lowest value to a hundredth of the range ("range", the COIN tool's),
        to one ("one"), stretch the values from one to their highest as the Global Innovation Index does
        ("gii": (max − 1)(x − min) / range + 1, which needs a highest value above 1), or not at all ("none":
        values not above 0 are refused).
    mirror : bool
        Turn a vector skewed to the left round before and after: −log of the shifted distance from the
        highest. Without it a logarithm draws a tail on the left further out.

    Examples
    --------
    >>> Log("none").transform(np.array([1.0, np.e]))[0].tolist()
    [0.0, 1.0]
    """

    shift: str = "range"
    mirror: bool = False

    def __post_init__(self) -> None:
        one_of("shift", self.shift, SHIFTS)

    def transform(self, values: np.ndarray) -> tuple[np.ndarray, str]:
        """Return the logarithms of a vector, and what was done, in words."""
        if self.mirror and skewness(values) < 0:
            return -Log(self.shift).transform(-np.asarray(values, dtype=float))[0], "log, mirrored"
        shifted = _shifted(values, self.shift)
        if (shifted <= 0).any():
            raise ScoresError(
                f"A logarithm needs values above 0 (the lowest is {np.nanmin(shifted):g}).",
                hint='Use Log("range") or Log("one").',
            )
        return np.log(shifted), "log"

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the logarithms of every indicator."""
        return transformed(values, self)


@dataclass(frozen=True)
class BoxCox:
    """Box–Cox transformation: (x^λ − 1) / λ, the logarithm at λ = 0.

    Parameters
    ----------
    exponent : float, optional
        λ; None takes the most likely one.
    shift : {"range", "one", "gii", "none"}
        As in `Log`.

    Examples
    --------
    >>> BoxCox(2.0, "none").transform(np.array([1.0, 3.0]))[0].round(6).tolist()
    [0.0, 4.0]
    """

    exponent: float | None = None
    shift: str = "one"

    def __post_init__(self) -> None:
        one_of("shift", self.shift, SHIFTS)

    def transform(self, values: np.ndarray) -> tuple[np.ndarray, str]:
        """Return the transformed vector, and what was done, in words."""
        from scipy.special import boxcox as power
        from scipy.stats import boxcox_normmax

        shifted = _shifted(values, self.shift)
        present = shifted[~np.isnan(shifted)]
        if (present <= 0).any():
            raise ScoresError(
                f"Box–Cox needs values above 0 (the lowest is {present.min():g}).", hint='Use shift="one".'
            )
        exponent = float(boxcox_normmax(present, method="mle")) if self.exponent is None else self.exponent
        return power(shifted, exponent), f"box-cox {exponent:.3g}"

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return every indicator transformed."""
        return transformed(values, self)


@dataclass(frozen=True)
class Winsorise:
    """Winsorise indicators with outliers, and transform those that still have them.

    An indicator has outliers where |skewness| and excess kurtosis (sample-adjusted) both reach their
    limits. The outermost value is brought to the next one, point by point; where `max_points` do not
    suffice, the values as they were are transformed instead. An indicator that winsorising would leave with
    one value (all zero but a few, say) stays as it is; the trail says so.

    Parameters
    ----------
    max_points : int, optional
        The most points moved in an indicator; points that tie may take it beyond. None sets no limit.
    skewness, kurtosis : float
        The limits.
    otherwise : Log, BoxCox or None
        The transformation where winsorising does not suffice; None leaves the indicator winsorised as far
        as it went.

    Examples
    --------
    >>> Winsorise(max_points=3).otherwise
    Log(shift='range', mirror=False)
    """

    max_points: int | None = 5
    skewness: float = 2.0
    kurtosis: float = 3.5
    otherwise: Log | BoxCox | None = field(default_factory=Log)

    def __post_init__(self) -> None:
        if self.max_points is not None and self.max_points < 0:
            raise ScoresError(f"max_points= is a number from 0 up, not {self.max_points}.")

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the treated values; the trail has a row for every cell that was changed."""
        array = values.to_numpy(dtype=float).copy()
        trails = []
        for position in np.flatnonzero(outlying(array, self.skewness, self.kurtosis)):
            before = array[:, position].copy()
            after, action = self._treated(before)
            array[:, position] = after
            trails.append(_trail(values.index, values.columns[position], before, after, action))
        result = pd.DataFrame(array, index=values.index, columns=values.columns)
        return Stage(
            result,
            pd.concat(trails, ignore_index=True) if trails else _trail(values.index[:0], "", *[[]] * 3),
        )

    def _treated(self, before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        after, moved = winsorise(before, self.max_points, self.skewness, self.kurtosis)
        action = np.where(moved != "", "winsorised " + moved.astype(str), "").astype(object)
        if np.nanmax(after) == np.nanmin(after):
            return before, np.where(action == "", "", LEFT)
        if self.otherwise is None or not outlying(after, self.skewness, self.kurtosis):
            return after, action
        after, done = self.otherwise.transform(before)
        still = outlying(after, self.skewness, self.kurtosis)
        return after, np.where(np.isnan(before), "", done + (" (outliers remain)" if still else ""))


def transformed(values: pd.DataFrame, transformation: Log | BoxCox) -> Stage:
    """Transform every indicator, and name those that cannot be."""
    columns, trails = {}, []
    for code in values.columns:
        before = values[code].to_numpy(dtype=float)
        if np.isnan(before).all():  # an indicator nobody has stays as it is
            columns[code] = before
            continue
        try:
            after, done = transformation.transform(before)
        except ScoresError as error:
            raise ScoresError(f"Indicator {code!r}: {error.message}", hint=error.hint) from error
        columns[code] = after
        trails.append(_trail(values.index, code, before, after, np.where(np.isnan(before), "", done)))
    trail = pd.concat(trails, ignore_index=True) if trails else _trail(values.index[:0], "", *[[]] * 3)
    return Stage(pd.DataFrame(columns, index=values.index), trail)


def shape(values: pd.DataFrame, skewness_limit: float = 2.0, kurtosis_limit: float = 3.5) -> pd.DataFrame:
    """Skewness, kurtosis and whether they flag outliers, a row an indicator."""
    array = values.to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "skewness": skewness(array),
            "kurtosis": kurtosis(array),
            "outliers": outlying(array, skewness_limit, kurtosis_limit),
        },
        index=values.columns,
    )


def _shifted(values: np.ndarray, shift: str) -> np.ndarray:
    values = np.asarray(values, dtype=float)
    if shift == "none":
        return values
    least, most = np.nanmin(values), np.nanmax(values)
    if least == most:
        raise ScoresError("A shifted transformation is not defined where all values are equal.")
    if shift == "gii":
        if not most > 1:
            raise ScoresError(f'The shift "gii" needs a highest value above 1, not {most:g}.', hint='Use "range".')
        return (most - 1) * (values - least) / (most - least) + 1
    return values - least + (1.0 if shift == "one" else 0.01 * (most - least))


def _trail(index: pd.Index, code: str, before: np.ndarray, after: np.ndarray, action: np.ndarray) -> pd.DataFrame:
    changed = np.asarray(action, dtype=object) != "" if len(action) else np.zeros(0, dtype=bool)
    return pd.DataFrame(
        {
            "unit": index[changed],
            "indicator": code,
            "before": np.asarray(before, dtype=float)[changed],
            "after": np.asarray(after, dtype=float)[changed],
            "action": np.asarray(action, dtype=object)[changed],
        }
    )
