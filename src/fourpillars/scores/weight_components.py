"""Weights from principal components and from rotated factors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fourpillars.scores.errors import one_of
from fourpillars.scores.step import Context
from fourpillars.scores.weight import WITHIN, refuse_flat, spread_weights


def loadings(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loadings and eigenvalues of the correlation matrix (pairwise where values are missing), largest first.

    Examples
    --------
    >>> values = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
    >>> loadings(values)[1].round(6).tolist()
    [2.0, 0.0]
    """
    correlation = pd.DataFrame(values).corr().to_numpy()
    eigenvalues, vectors = np.linalg.eigh(correlation)
    order = np.argsort(eigenvalues)[::-1]
    eigenvalues = np.maximum(eigenvalues[order], 0.0)
    vectors = vectors[:, order]
    signs = np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    return vectors * signs * np.sqrt(eigenvalues), eigenvalues


def first_component(values: np.ndarray, squared: bool = True) -> np.ndarray:
    """Loadings of the first principal component, squared or in size; they add up to one.

    Examples
    --------
    >>> first_component(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.5]])).round(6).tolist()
    [0.5, 0.5]
    """
    loaded, eigenvalues = loadings(values)
    raw = loaded[:, 0] ** 2 / eigenvalues[0] if squared else np.abs(loaded[:, 0])
    return raw / raw.sum()


def rotated_factors(values: np.ndarray, least: float = 1.0) -> np.ndarray:
    """Weights from varimax-rotated factors (Handbook, section 6.1; Nicoletti et al., 2000).

    Factors with an eigenvalue of at least `least` stay (one at the least) and are rotated. Each indicator
    belongs to the factor it loads on most; its weight is its squared loading over the factor's variance,
    times the factor's part of the variance of all factors kept, scaled to one.
    """
    loaded, eigenvalues = loadings(values)
    kept = max(1, int(np.sum(eigenvalues >= least)))
    rotated = loaded[:, :kept]
    if kept > 1:
        from statsmodels.multivariate.factor_rotation import rotate_factors

        length = np.sqrt((rotated**2).sum(axis=1, keepdims=True))  # Kaiser's normalisation
        rotated = rotate_factors(rotated / length, "varimax")[0] * length
    squared = rotated**2
    variance = squared.sum(axis=0)
    own = np.argmax(squared, axis=1)
    rows = np.arange(len(squared))
    raw = squared[rows, own] / variance[own] * variance[own] / variance.sum()
    return raw / raw.sum()


@dataclass(frozen=True)
class PCAWeights:
    """Loadings of the first principal component.

    Parameters
    ----------
    squared : bool
        Square the loadings, as the Handbook does: the weight is the indicator's part of the component's
        variance. False takes their size, as COINr's `get_PCA` does.
    within : {"group", "all"}
        As in `EntropyWeights`.
    """

    within: str = "group"
    squared: bool = True

    def __post_init__(self) -> None:
        one_of("within", self.within, WITHIN)

    def weights(self, values: pd.DataFrame, context: Context) -> pd.Series:
        """Return the weights found from normalised values."""
        refuse_flat(values, "Component")
        return spread_weights(values, context.framework, self.within, lambda x: first_component(x, self.squared))


@dataclass(frozen=True)
class FactorWeights:
    """Varimax-rotated factors, as the Handbook describes them.

    Parameters
    ----------
    least : float
        The least eigenvalue of a factor that is kept.
    within : {"group", "all"}
        As in `EntropyWeights`.
    """

    least: float = 1.0
    within: str = "all"

    def __post_init__(self) -> None:
        one_of("within", self.within, WITHIN)

    def weights(self, values: pd.DataFrame, context: Context) -> pd.Series:
        """Return the weights found from normalised values."""
        refuse_flat(values, "Factor")
        return spread_weights(values, context.framework, self.within, lambda x: rotated_factors(x, self.least))
