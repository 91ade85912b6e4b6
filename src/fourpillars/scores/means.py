"""Means: from the members of a group to one number, by unit.

Every function takes `values` of shape (…, units, members) and `weights` of shape (…, members), and returns
(…, units). Missing members are left out and the weights of the others scaled up; leading axes are
replications.
"""

from __future__ import annotations

import numpy as np

from fourpillars.scores.errors import ScoresError


def weighted_sum(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Sum of values times weights over the last axis; both may carry leading axes that broadcast."""
    return np.matmul(values, weights[..., :, None])[..., 0]


def present_mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted arithmetic mean of what is present; NaN where nothing with a weight is."""
    missing = np.isnan(values)
    if not missing.any():
        return weighted_sum(values, weights) / weights.sum(axis=-1)[..., None]
    total = weighted_sum((~missing).astype(float), weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return weighted_sum(np.where(missing, 0.0, values), weights) / np.where(total > 0, total, np.nan)


def arithmetic(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted arithmetic mean: Σ w x / Σ w. A weak member can be made up for by a strong one.

    Examples
    --------
    >>> arithmetic(np.array([[1.0, 4.0], [2.0, np.nan]]), np.array([2.0, 1.0])).tolist()
    [2.0, 2.0]
    """
    return present_mean(values, weights)


def geometric(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted geometric mean: (Π x^w)^(1/Σ w). A member at zero makes it zero; one below is refused.

    Examples
    --------
    >>> geometric(np.array([[1.0, 8.0]]), np.array([2.0, 1.0])).round(9).tolist()
    [2.0]
    """
    refuse_negative(values, "geometric")
    weighty = np.where(weights[..., None, :] > 0, values, np.nan) if (weights == 0).any() else values
    with np.errstate(divide="ignore"):
        logs = np.log(weighty)
    zero = np.isneginf(logs)
    mean = np.exp(present_mean(np.where(zero, 0.0, logs), weights))
    return np.where(zero.any(axis=-1), 0.0, mean) if zero.any() else mean


def power(values: np.ndarray, weights: np.ndarray, exponent: float) -> np.ndarray:
    """Weighted power mean: (Σ w x^p / Σ w)^(1/p); p = 1 arithmetic, -1 harmonic, towards 0 geometric.

    Examples
    --------
    >>> power(np.array([[1.0, 7.0]]), np.array([1.0, 1.0]), 2).tolist()
    [5.0]
    """
    if exponent == 0:
        return geometric(values, weights)
    if exponent == 1:
        return arithmetic(values, weights)
    refuse_negative(values, f"power ({exponent:g})")
    zero = (values == 0) & (weights[..., None, :] > 0)
    with np.errstate(divide="ignore"):
        raised = np.where(values == 0, 0.0 if exponent > 0 else 1.0, values) ** exponent
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = present_mean(raised, weights) ** (1 / exponent)
    return np.where(zero.any(axis=-1), 0.0, mean) if exponent < 0 and zero.any() else mean


def harmonic(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted harmonic mean: Σ w / Σ (w / x). Harder still on a weak member than the geometric mean.

    Examples
    --------
    >>> harmonic(np.array([[2.0, 6.0]]), np.array([1.0, 1.0])).tolist()
    [3.0]
    """
    return power(values, weights, -1.0)


def median(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted median: the value with half of the weight on either side (of two middle values, their mean).

    Examples
    --------
    >>> median(np.array([[1.0, 2.0, 10.0], [1.0, 2.0, np.nan]]), np.ones(3)).tolist()
    [2.0, 1.5]
    """
    shape = np.broadcast_shapes(values.shape, (*weights.shape[:-1], 1, weights.shape[-1]))
    values = np.broadcast_to(values, shape)
    weights = np.where(np.isnan(values), 0.0, np.broadcast_to(weights[..., None, :], shape))
    order = np.argsort(values, axis=-1)
    ranked, share = np.take_along_axis(values, order, -1), np.take_along_axis(weights, order, -1)
    with np.errstate(invalid="ignore", divide="ignore"):
        below = np.cumsum(share, axis=-1) / share.sum(axis=-1, keepdims=True)
    lower = np.argmax(below >= 0.5 - 1e-12, axis=-1)[..., None]
    upper = np.argmax(below > 0.5 + 1e-12, axis=-1)[..., None]
    middle = (np.take_along_axis(ranked, lower, -1) + np.take_along_axis(ranked, upper, -1))[..., 0] / 2
    return np.where(share.sum(axis=-1) > 0, middle, np.nan)


def refuse_negative(values: np.ndarray, name: str) -> None:
    """Refuse values below zero where the mean is not defined for them."""
    if (values < 0).any():
        raise ScoresError(
            f"The {name} mean is not defined for values below 0 (the lowest is {np.nanmin(values):g}).",
            hint="Normalise to a scale that starts at 0 or above, such as MinMax or Goalposts.",
        )
