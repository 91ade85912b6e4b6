"""Aggregate: from the indicators up to the index, level by level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fourpillars.scores import means
from fourpillars.scores.errors import ScoresError
from fourpillars.scores.framework import Framework
from fourpillars.scores.outrank import borda, copeland, topsis
from fourpillars.scores.step import is_panel

Method = Callable[[np.ndarray, np.ndarray], np.ndarray]

METHODS: dict[str, Method] = {
    "arithmetic": means.arithmetic,
    "geometric": means.geometric,
    "harmonic": means.harmonic,
    "median": means.median,
    "copeland": copeland,
    "borda": borda,
    "topsis": topsis,
}
COMPARING = ("copeland", "borda", "topsis")  # a unit's score depends on the other units


@dataclass(frozen=True)
class PowerMean:
    """The power mean as a method of `Aggregate`.

    Parameters
    ----------
    exponent : float
        1 is the arithmetic, 0 the geometric, -1 the harmonic mean; the smaller, the less a weak member is
        made up for.

    Examples
    --------
    >>> PowerMean(2)(np.array([[1.0, 7.0]]), np.array([0.5, 0.5])).tolist()
    [5.0]
    """

    exponent: float

    def __call__(self, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return the mean of each unit."""
        return means.power(values, weights, self.exponent)


@dataclass(frozen=True, init=False)
class Aggregate:
    """Methods by level, bottom up; the last repeats.

    Parameters
    ----------
    *methods : {"arithmetic", "geometric", "harmonic", "median", "copeland", "borda", "topsis"}, PowerMean
    or callable
        The first makes level 2 of indicators, the second level 3, and so on. A callable takes values
        (units × members) and weights (members) and returns a number a unit.
    threshold : float, tuple of float or Mapping[str, float]
        The least share of a group's members (with a weight) that must have a value: one for all, per level
        (bottom up, the last repeats), or by the group's code (0 for those not named). The weights of missing
        members go to the others. 0 asks for one member, 1 for all.

    Examples
    --------
    >>> Aggregate("arithmetic", "geometric", threshold=(0.6, 1.0)).method(3)
    'geometric'
    """

    methods: tuple[str | Method, ...]
    threshold: tuple[float, ...] | tuple[tuple[str, float], ...]

    def __init__(
        self,
        *methods: str | Method,
        threshold: float | tuple[float, ...] | Mapping[str, float] = 0.0,
    ) -> None:
        for method in methods:
            if not callable(method) and (not isinstance(method, str) or method not in METHODS):
                raise ScoresError.unknown("aggregation", method, METHODS)
        by_code = isinstance(threshold, Mapping)
        thresholds = tuple(threshold) if isinstance(threshold, tuple | list) else (threshold,)
        shares = tuple(threshold.values()) if by_code else thresholds
        if not shares or not all(0 <= share <= 1 for share in shares):
            raise ScoresError(f"threshold= holds shares from 0 to 1, not {threshold}.")
        thresholds = tuple(threshold.items()) if by_code else thresholds
        object.__setattr__(self, "methods", methods or ("arithmetic",))
        object.__setattr__(self, "threshold", thresholds)

    def method(self, level: int) -> str | Method:
        """Return the method that makes nodes of `level` (2 and up)."""
        return self.methods[min(level - 2, len(self.methods) - 1)]

    def least(self, level: int, code: str = "") -> float:
        """Return the share of members that the node `code` of `level` asks for."""
        if isinstance(self.threshold[0], tuple):
            return dict(self.threshold).get(code, 0.0)
        return self.threshold[min(level - 2, len(self.threshold) - 1)]


def combine(values: np.ndarray, weights: np.ndarray, method: str | Method, least: float) -> np.ndarray:
    """Make one group: the method's score, and NaN where too few members have a value."""
    score = np.asarray((METHODS[method] if isinstance(method, str) else method)(values, weights), dtype=float)
    missing = np.isnan(values)
    if not missing.any():
        return score
    counted = (weights > 0).astype(float)
    share = means.weighted_sum((~missing).astype(float), counted) / counted.sum(axis=-1)[..., None]
    return np.where((share > 0) & (share >= least - 1e-12), score, np.nan)


def climb(
    columns: Mapping[str, np.ndarray],
    framework: Framework,
    weights: Mapping[str, np.ndarray | float],
    step: Aggregate,
) -> dict[str, np.ndarray]:
    """Make every node from the indicators up.

    Parameters
    ----------
    columns : Mapping[str, numpy.ndarray]
        Normalised values of each indicator, shape (…, units).
    weights : Mapping[str, numpy.ndarray or float]
        Weight of each node within its parent: a number, or one a replication.
    """
    nodes = dict(columns)
    for code in framework.groups:
        level, children = int(framework.table["level"][code]), framework.children(code)
        members = np.stack(np.broadcast_arrays(*(nodes[child] for child in children)), axis=-1)
        shares = np.stack(
            np.broadcast_arrays(*(np.asarray(weights[child], dtype=float) for child in children)), axis=-1
        )
        try:
            nodes[code] = combine(members, shares, step.method(level), step.least(level, code))
        except ScoresError as error:
            raise ScoresError(f"Node {code!r}: {error.message}", hint=error.hint) from error
    return nodes


def aggregate(normalised: pd.DataFrame, framework: Framework, step: Aggregate) -> pd.DataFrame:
    """Return the scores of every node, indicators first; comparing methods work within each period."""
    weights = framework.table["weight"].to_dict()
    if isinstance(step.threshold[0], tuple):
        for code, _ in step.threshold:
            if code not in framework.groups:
                raise ScoresError.unknown("group of threshold", code, framework.groups)

    def one(part: pd.DataFrame) -> pd.DataFrame:
        nodes = climb({code: part[code].to_numpy() for code in framework.indicators}, framework, weights, step)
        return pd.DataFrame(nodes, index=part.index)

    if is_panel(normalised.index) and any(_compares(method) for method in step.methods):
        return pd.concat([one(part) for _, part in normalised.groupby(level=1)]).reindex(normalised.index)
    return one(normalised)


def _compares(method: str | Method) -> bool:
    return method in COMPARING or getattr(method, "comparing", False)


def reasons(scores: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Say why a score is missing: missing | no_data | below_threshold, '' where there is one."""
    missing = {code: np.isnan(scores[code].to_numpy(dtype=float)) for code in scores.columns}
    found = {}
    for code, gaps in missing.items():
        children = framework.children(code)
        empty = np.logical_and.reduce([missing[child] for child in children]) if children else gaps
        why = np.where(empty, "no_data", "below_threshold") if children else "missing"
        found[code] = np.where(gaps, why, "").astype(object)
    return pd.DataFrame(found, index=scores.index)
