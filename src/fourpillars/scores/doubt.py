"""Benefit of the doubt: every unit is weighed as suits it best, within reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fourpillars.scores.errors import ScoresError


def benefit_of_doubt(values: np.ndarray, least: float = 0.0, most: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Score each unit with the weights that suit it best, given that no unit scores above 1 with them.

    One linear programme a unit (Cherchye et al., 2007): maximise Σ w x over w ≥ 0 with Σ w x ≤ 1 for all
    units, and each member's part of the unit's score between `least` and `most`.

    Parameters
    ----------
    values : (units, members) array
        From 0 up, complete.

    Returns
    -------
    Scores (units,) from 0 to 1, and the weights (units, members).

    Examples
    --------
    >>> scores, weights = benefit_of_doubt(np.array([[2.0, 1.0], [1.0, 2.0], [1.0, 1.0]]))
    >>> scores.round(3).tolist()
    [1.0, 1.0, 0.667]
    """
    from scipy.optimize import linprog

    if np.isnan(values).any() or (values < 0).any():
        raise ScoresError(
            "The benefit of the doubt needs complete values from 0 up.",
            hint="Impute or screen, and normalise with MinMax or Goalposts.",
        )
    units, members = values.shape
    if not 0 <= least <= 1 / members <= most <= 1:
        raise ScoresError(f"Parts between {least} and {most} cannot add up to one over {members} members.")
    scores, weights = np.zeros(units), np.zeros((units, members))
    for unit in np.flatnonzero(values.any(axis=1)):
        own = np.diag(values[unit])
        parts = np.vstack([least * values[unit] - own, own - most * values[unit]])
        bounded = least > 0 or most < 1
        limits = np.vstack([values, parts]) if bounded else values
        right = np.concatenate([np.ones(units), np.zeros(2 * members)]) if bounded else np.ones(units)
        found = linprog(-values[unit], A_ub=limits, b_ub=right, bounds=(0, None), method="highs")
        if not found.success:
            raise ScoresError(f"The linear programme of unit {unit} has no solution: {found.message}")
        scores[unit], weights[unit] = -found.fun, found.x
    return scores, weights


@dataclass(frozen=True)
class BenefitOfDoubt:
    """The benefit of the doubt as a method of `Aggregate`: each unit has its own weights.

    Parameters
    ----------
    least, most : float
        Bounds of each member's part of a unit's score: without them a unit may live on its one best member.
    scale : float
        Score of the best.
    """

    least: float = 0.0
    most: float = 1.0
    scale: float = 100.0

    comparing = True

    def __call__(self, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return the score of each unit."""
        if values.ndim > 2:
            return np.stack([self(part, weights) for part in values])
        return self.scale * benefit_of_doubt(values, self.least, self.most)[0]
