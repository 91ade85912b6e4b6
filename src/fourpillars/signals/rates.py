"""Arithmetic of growth targets: averages over years, and the pace still needed.

There are no monthly weights of value added, so the months of a year count alike; the pace is therefore
approximate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def mean_rate(rates: Sequence[float]) -> float:
    """Geometric mean of yearly growth rates, in percent.

    Examples
    --------
    >>> round(mean_rate([10.0, 21.0]), 2)
    15.37
    """
    return round(100 * (math.prod(1 + rate / 100 for rate in rates) ** (1 / len(rates)) - 1), 10)


def needed_rate(target: float, done: Sequence[float], years: int) -> float:
    """Rate a year still needs, on average, so that the mean over `years` reaches the target.

    Examples
    --------
    A mean of 4 % over two years, after 4.5 % in the first:

    >>> round(needed_rate(4.0, [4.5], 2), 2)
    3.5
    """
    left = years - len(done)
    growth = (1 + target / 100) ** years / math.prod(1 + rate / 100 for rate in done)
    return 100 * (growth ** (1 / left) - 1)


def pace_of_rest(target: float, so_far: float, months: int) -> float:
    """Growth needed in the rest of the year so that the year reaches the target, in percent.

    Examples
    --------
    3.5 % for the year, 1.7 % in the first eight months:

    >>> round(pace_of_rest(3.5, 1.7, 8), 2)
    7.1
    """
    return (12 * target - months * so_far) / (12 - months)


def comparable_growth(levels: Sequence[float], rates: Sequence[float]) -> float:
    """Growth of a sum on the comparable base: each level / (1 + its published rate) is its base.

    Examples
    --------
    >>> comparable_growth([110.0, 120.0], [10.0, 20.0])
    15.0
    """
    base = sum(level / (1 + rate / 100) for level, rate in zip(levels, rates, strict=True))
    return round(100 * (sum(levels) / base - 1), 10)
