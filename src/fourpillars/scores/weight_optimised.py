"""Weights optimised so that the members of a group have the influence they are meant to have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.means import arithmetic
from fourpillars.scores.step import Context
from fourpillars.scores.weight import refuse_flat


def equalised(values: np.ndarray, wanted: np.ndarray | None = None) -> np.ndarray:
    """Weights with which each column's correlation with the weighted mean is in the proportion wanted.

    Parameters
    ----------
    values : (units, members) array
        Complete or not; correlations are pairwise.
    wanted : (members,) array, optional
        Wanted influence; equal by default.

    Returns
    -------
    Weights from 0 up that add up to one. Where no such weights exist (a member that runs against the
    others), they are the nearest in the least-squares sense.

    Examples
    --------
    >>> equalised(np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 3.0]])).round(2).tolist()
    [0.6, 0.4]
    """
    from scipy.optimize import minimize

    members = values.shape[1]
    wanted = np.ones(members) if wanted is None else np.asarray(wanted, dtype=float)
    wanted = wanted / wanted.mean()
    covariance = pd.DataFrame(values).cov().to_numpy()
    spread = np.sqrt(np.diag(covariance))

    def gap(weights: np.ndarray) -> float:
        influence = covariance @ weights / spread / np.sqrt(max(weights @ covariance @ weights, 1e-300))
        return float(np.sum((influence / max(abs(influence.mean()), 1e-12) - wanted) ** 2))

    start = 1 / spread / np.sum(1 / spread)
    found = minimize(
        gap,
        start,
        method="SLSQP",
        bounds=[(0, 1)] * members,
        options={"maxiter": 500, "ftol": 1e-14},
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1},
    )
    weights = np.maximum(found.x if gap(found.x) <= gap(start) else start, 0.0)
    return weights / weights.sum()


@dataclass(frozen=True)
class OptimisedWeights:
    """Weights with which the members of every group are equally correlated with it, bottom up.

    The groups are taken as arithmetic means. The correlations reached can be read from
    `Result.effective_weights`.
    """

    def weights(self, values: pd.DataFrame, context: Context) -> pd.Series:
        """Return the weights found from normalised values, for every node."""
        refuse_flat(values, "Optimised")
        framework = context.framework
        scores = {code: values[code].to_numpy(dtype=float) for code in framework.indicators}
        found = {}
        for group in framework.groups:
            children = framework.children(group)
            members = np.stack([scores[child] for child in children], axis=-1)
            if (np.sum(~np.isnan(members), axis=0) < 3).any():
                raise ScoresError(f"Optimised weights need three values of each member of {group!r}.")
            weights = equalised(members) if len(children) > 1 else np.ones(1)
            found.update(zip(children, weights, strict=True))
            scores[group] = arithmetic(members, weights)
        return pd.Series(found, dtype=float)
