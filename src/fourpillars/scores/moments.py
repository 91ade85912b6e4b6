"""Skewness and kurtosis of a sample, as the outlier rule needs them."""

from __future__ import annotations

import numpy as np


def skewness(values: np.ndarray) -> np.ndarray:
    """Sample-adjusted skewness G1 along axis 0; NaN below three values or without spread.

    Examples
    --------
    >>> skewness(np.array([1.0, 2.0, 3.0, 10.0])).round(4).tolist()
    1.7636
    """
    count, centred, variance = _centred(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        g1 = np.nansum(centred**3, axis=0) / count / variance**1.5
        return np.where(count > 2, g1 * np.sqrt(count * (count - 1)) / (count - 2), np.nan)


def kurtosis(values: np.ndarray) -> np.ndarray:
    """Sample-adjusted excess kurtosis G2 along axis 0; NaN below four values or without spread.

    Examples
    --------
    >>> kurtosis(np.array([1.0, 2.0, 3.0, 10.0])).round(4).tolist()
    3.228
    """
    count, centred, variance = _centred(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        g2 = np.nansum(centred**4, axis=0) / count / variance**2 - 3
        adjusted = (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * g2 + 6)
        return np.where(count > 3, adjusted, np.nan)


def _centred(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values = np.asarray(values, dtype=float)
    count = np.sum(~np.isnan(values), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = values - np.nansum(values, axis=0) / count
        variance = np.nansum(centred**2, axis=0) / count
    return count, centred, np.where(variance > 0, variance, np.nan)


def outlying(values: np.ndarray, skewness_limit: float, kurtosis_limit: float) -> np.ndarray:
    """Say whether |skewness| and kurtosis both reach their limits, along axis 0."""
    with np.errstate(invalid="ignore"):
        return (np.abs(skewness(values)) >= skewness_limit) & (kurtosis(values) >= kurtosis_limit)
