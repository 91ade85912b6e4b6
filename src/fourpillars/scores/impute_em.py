"""Impute by expectation–maximisation: what a multivariate normal of the indicators says of the gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed
from fourpillars.scores.impute import filled
from fourpillars.scores.step import Context, Stage


def expect_maximise(values: np.ndarray, tolerance: float = 1e-6, most: int = 500, ridge: float = 1e-6) -> np.ndarray:
    """Fill gaps with their expectation under a multivariate normal, fitted by EM (Dempster et al., 1977).

    Parameters
    ----------
    values : (units, indicators) array
        NaN marks a gap.
    tolerance : float
        Stop when no filled value moves by more than this, in standard deviations.
    most : int
        Rounds at the most.
    ridge : float
        Added to the variances of the standardised indicators, so that few units can bear many indicators.

    Examples
    --------
    A gap on the line of a perfectly correlated pair is filled from the line:

    >>> pair = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [4.0, np.nan]])
    >>> float(expect_maximise(pair)[3, 1].round(2))
    8.0
    """
    mean, spread = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    scaled = (values - mean) / spread
    missing = np.isnan(scaled)
    current, extra = np.where(missing, 0.0, scaled), np.zeros((values.shape[1],) * 2)
    patterns = [
        (np.flatnonzero((missing == pattern).all(axis=1)), pattern)
        for pattern in np.unique(missing, axis=0)
        if pattern.any()
    ]
    for _ in range(most):
        centre = current.mean(axis=0)
        deviation = current - centre
        covariance = (deviation.T @ deviation + extra) / len(current) + ridge * np.eye(values.shape[1])
        moved, extra = 0.0, np.zeros_like(extra)
        for rows, gap in patterns:
            slope = np.linalg.solve(covariance[np.ix_(~gap, ~gap)], covariance[np.ix_(~gap, gap)])
            expected = centre[gap] + (current[np.ix_(rows, ~gap)] - centre[~gap]) @ slope
            moved = max(moved, float(np.abs(expected - current[np.ix_(rows, gap)]).max()))
            current[np.ix_(rows, gap)] = expected
            left = covariance[np.ix_(gap, gap)] - covariance[np.ix_(gap, ~gap)] @ slope
            extra[np.ix_(gap, gap)] += len(rows) * left
        if moved < tolerance:
            break
    return np.where(missing, current * spread + mean, values)


@dataclass(frozen=True)
class ImputeEM:
    """Fill by expectation–maximisation under a multivariate normal.

    Parameters
    ----------
    tolerance, most, ridge : float, int, float
        As in `expect_maximise`.

    Raises
    ------
    ScoresError
        Where an indicator or a unit has no value at all.
    """

    tolerance: float = 1e-6
    most: int = 500
    ridge: float = 1e-6

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the values with every gap filled."""
        empty = [*values.columns[values.isna().all()], *values.index[values.isna().all(axis=1)]]
        if empty:
            raise ScoresError(
                f"EM cannot fill {listed(empty)}: there is no value at all.", hint="Screen them out first."
            )
        array = expect_maximise(values.to_numpy(dtype=float), self.tolerance, self.most, self.ridge)
        return filled(values, pd.DataFrame(array, index=values.index, columns=values.columns), "em")
