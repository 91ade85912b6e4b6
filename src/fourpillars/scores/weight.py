"""Weigh: the weights within each group, equal or drawn from the data.

Weights drawn from the data say how the indicators vary, not how much they matter; look at the effective
weights of the result before using them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed, one_of
from fourpillars.scores.framework import Framework
from fourpillars.scores.normalise import constant, minmax
from fourpillars.scores.step import Context

WITHIN = ("group", "all")


def entropy(values: np.ndarray) -> np.ndarray:
    """Entropy weights of the columns: (1 − e) / Σ (1 − e), e the entropy of a column's shares over ln n.

    Columns in which units differ more weigh more; a constant column weighs nothing.

    Examples
    --------
    >>> entropy(np.array([[1.0, 1.0], [1.0, 3.0]])).round(3).tolist()
    [0.0, 1.0]
    """
    if np.nanmin(values) < 0:
        raise ScoresError("Entropy weights need values from 0 up.", hint="Normalise with MinMax or Goalposts.")
    count = np.sum(~np.isnan(values), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = values / np.nansum(values, axis=0)
        bits = np.where(shares > 0, shares * np.log(shares), 0.0)
        return _to_one(np.maximum(1 + bits.sum(axis=0) / np.log(count), 0.0), "Entropy")


def critic(values: np.ndarray) -> np.ndarray:
    """CRITIC weights of the columns: standard deviation (on 0–1) × Σ (1 − correlation), scaled to one.

    Columns that vary and that say something of their own weigh more (Diakoulaki et al., 1995).

    Examples
    --------
    >>> critic(np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]])).tolist()
    [0.5, 0.5]
    """
    scaled = minmax(values, 0.0, 1.0)
    correlation = pd.DataFrame(scaled).corr().fillna(1.0).to_numpy()
    spread = np.nan_to_num(pd.DataFrame(scaled).std().to_numpy())
    return _to_one(spread * (1 - correlation).sum(axis=0), "CRITIC")


def _to_one(raw: np.ndarray, name: str) -> np.ndarray:
    raw = np.nan_to_num(raw)
    if not raw.sum() > 0:
        raise ScoresError(
            f"{name} weights are not defined: the indicators do not differ, or say the same.",
            hint="Use equal weights.",
        )
    return raw / raw.sum()


def spread_weights(
    values: pd.DataFrame, framework: Framework, within: str, function: Callable[[np.ndarray], np.ndarray]
) -> pd.Series:
    """Weigh the indicators of each group, or all at once: then a group weighs as much as they do."""
    if within == "group":
        parts = [code for code in framework.groups if set(framework.children(code)) <= set(framework.indicators)]
        found = {
            code: weight for group in parts for code, weight in _of_group(values, framework.children(group), function)
        }
        return pd.Series(found, dtype=float)
    weights = pd.Series(dict(_of_group(values, framework.indicators, function)), dtype=float)
    return pd.Series({code: weights[framework.leaves(code)].sum() for code in framework.table.index}, dtype=float)


def _of_group(
    values: pd.DataFrame, codes: list[str], function: Callable[[np.ndarray], np.ndarray]
) -> list[tuple[str, float]]:
    if len(codes) == 1:
        return [(codes[0], 1.0)]
    empty = [code for code in codes if values[code].notna().sum() < 2]
    if empty:
        raise ScoresError(f"Weights cannot be drawn from fewer than two values: {listed(empty)}.")
    return list(zip(codes, function(values[codes].to_numpy(dtype=float)), strict=True))


@dataclass(frozen=True)
class EqualWeights:
    """Equal weights within every group; what the framework gives no weight keeps none.

    Examples
    --------
    >>> from fourpillars.scores import Framework
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""],
    ...                                     "weight": [3, 1, 1]}))
    >>> EqualWeights().weights(pd.DataFrame(), Context(framework, pd.DataFrame())).tolist()
    [1.0, 1.0, 1.0]
    """

    def weights(self, values: pd.DataFrame, context: Context) -> pd.Series:
        """Return a weight for every node."""
        return (context.framework.table["weight"] > 0).astype(float)


@dataclass(frozen=True)
class EntropyWeights:
    """Entropy weights, as Chinese analysts use them.

    Parameters
    ----------
    within : {"group", "all"}
        Weigh the indicators within each group and keep the weights of groups; or weigh all indicators at
        once, and let every group weigh as much as its indicators together.
    """

    within: str = "group"

    def __post_init__(self) -> None:
        one_of("within", self.within, WITHIN)

    def weights(self, values: pd.DataFrame, context: Context) -> pd.Series:
        """Return the weights found from normalised values."""
        return spread_weights(values, context.framework, self.within, entropy)


@dataclass(frozen=True)
class CriticWeights:
    """CRITIC weights (criteria importance through intercriteria correlation).

    Parameters
    ----------
    within : {"group", "all"}
        As in `EntropyWeights`.
    """

    within: str = "group"

    def __post_init__(self) -> None:
        one_of("within", self.within, WITHIN)

    def weights(self, values: pd.DataFrame, context: Context) -> pd.Series:
        """Return the weights found from normalised values."""
        return spread_weights(values, context.framework, self.within, critic)


def refuse_flat(values: pd.DataFrame, name: str) -> None:
    """Refuse indicators that do not vary, where weights come from correlations."""
    flat = constant(values)
    if flat:
        raise ScoresError(f"{name} weights need indicators that vary: {listed(flat)} do not.")
