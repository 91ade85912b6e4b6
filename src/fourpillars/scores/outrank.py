"""Outranking: scores from comparing every unit with every other, and with the best and the worst."""

from __future__ import annotations

import numpy as np

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.means import weighted_sum


def outranking(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of the weight on which each unit beats each other; a tie counts half to either.

    Parameters
    ----------
    values : (…, units, members) array
        Higher is better. A member missing for either of a pair does not count for the pair.
    weights : (…, members) array
        Weight of each member.

    Returns
    -------
    (…, units, units) array, row beats column; NaN for a pair without a common member.

    Examples
    --------
    >>> outranking(np.array([[3.0, 1.0], [2.0, 1.0]]), np.array([0.6, 0.4])).round(3).tolist()
    [[0.5, 0.8], [0.2, 0.5]]
    """
    refuse_single(values, "Outranking")
    difference = values[..., :, None, :] - values[..., None, :, :]
    wins = np.where(np.isnan(difference), 0.0, (np.sign(np.nan_to_num(difference)) + 1) / 2)
    pairs = weights[..., None, :]
    common = weighted_sum((~np.isnan(difference)).astype(float), pairs)
    with np.errstate(invalid="ignore", divide="ignore"):
        return weighted_sum(wins, pairs) / np.where(common > 0, common, np.nan)


def copeland(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Copeland's rule: pairs won less pairs lost, by the majority of the weight.

    Examples
    --------
    >>> copeland(np.array([[3.0, 3.0], [2.0, 2.0], [1.0, 1.0]]), np.array([0.5, 0.5])).tolist()
    [2.0, 0.0, -2.0]
    """
    majority = np.nan_to_num(np.sign(np.round(outranking(values, weights) - 0.5, 12)))
    return np.where(np.isnan(values).all(axis=-1), np.nan, majority.sum(axis=-1))


def borda(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Borda's count: the weighted mean number of units that a unit leaves behind (a tie counts half).

    Examples
    --------
    >>> borda(np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]]), np.array([0.75, 0.25])).tolist()
    [1.5, 1.0, 0.5]
    """
    refuse_single(values, "Borda's count")
    difference = values[..., :, None, :] - values[..., None, :, :]
    points = np.nansum((np.sign(difference) + 1) / 2, axis=-2) - 0.5  # less the half point against itself
    missing = np.isnan(values)
    total = weighted_sum((~missing).astype(float), weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return weighted_sum(np.where(missing, 0.0, points), weights) / np.where(total > 0, total, np.nan)


def topsis(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """TOPSIS: closeness to the ideal, 1 at the best of every member and 0 at the worst.

    The distances are Euclidean on weighted, vector-normalised members (Hwang and Yoon, 1981): each member
    is divided by the root of its sum of squares.

    Examples
    --------
    >>> topsis(np.array([[1.0, 1.0], [0.0, 0.0], [1.0, 0.0]]), np.array([0.5, 0.5])).round(3).tolist()
    [1.0, 0.0, 0.414]
    """
    refuse_single(values, "TOPSIS")
    with np.errstate(invalid="ignore", divide="ignore"):
        length = np.sqrt(np.nansum(values**2, axis=-2, keepdims=True))
        share = weights / weights.sum(axis=-1, keepdims=True)
        scaled = values / np.where(length > 0, length, 1.0) * share[..., None, :]
        best = np.fmax.reduce(scaled, axis=-2, keepdims=True)
        worst = np.fmin.reduce(scaled, axis=-2, keepdims=True)
        to_best = np.sqrt(np.nansum((scaled - best) ** 2, axis=-1))
        to_worst = np.sqrt(np.nansum((scaled - worst) ** 2, axis=-1))
        closeness = to_worst / (to_best + to_worst)
    equal = (to_best + to_worst == 0) & ~np.isnan(values).all(axis=-1)
    return np.where(equal, 0.5, closeness)


def refuse_single(values: np.ndarray, name: str) -> None:
    """Refuse a table of one unit: there is none to compare it with."""
    if values.shape[-2] < 2:
        raise ScoresError(f"{name} compares units and needs at least two.", hint="Use a mean for a single unit.")
