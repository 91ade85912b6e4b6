"""Goalposts from published history: the rule behind most of the catalogue's, so that it can be repeated."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

FIRST, LAST = "2019-01", "2023-12"
LEFT_OUT = ("2020-02", "2021-12")
"""The first months of the epidemic and the year whose base they are."""


def from_history(values: pd.DataFrame) -> tuple[float, float] | None:
    """Take the 5th and 95th percentile of all units' values of 2019–2023, without 2020-02 … 2021-12, rounded.

    Parameters
    ----------
    values : DataFrame
        Periods × units, as `Panel.history` gives it.

    Returns
    -------
    tuple of float or None
        Low and high, rounded outward (see `rounded`); None where the years hold fewer than ten values, or
        one value.

    Examples
    --------
    >>> months = pd.period_range("2019-01", "2019-12", freq="M")
    >>> from_history(pd.DataFrame({"C31": np.arange(12.0), "C32": np.arange(12.0)}, index=months))
    (0.0, 11.0)
    """
    ends = values.index.asfreq("M", how="end")
    chosen = (ends >= pd.Period(FIRST, "M")) & (ends <= pd.Period(LAST, "M"))
    chosen &= ~((ends >= pd.Period(LEFT_OUT[0], "M")) & (ends <= pd.Period(LEFT_OUT[1], "M")))
    return percentiles(values[chosen])


def percentiles(values: pd.DataFrame) -> tuple[float, float] | None:
    """Take the 5th and 95th percentile of a frame's values, rounded outward; None where there is no range."""
    cells = values.to_numpy(float)
    cells = cells[np.isfinite(cells)]
    if len(cells) < 10:
        return None
    low, high = np.percentile(cells, [5, 95])
    return rounded(float(low), float(high)) if low < high else None


def rounded(low: float, high: float) -> tuple[float, float]:
    """Round two bounds outward to a step of 1, 2 or 5 that fits at least twenty times between them.

    Examples
    --------
    >>> rounded(-7.34, 12.9), rounded(0.213, 0.487)
    ((-8.0, 13.0), (0.21, 0.49))
    """
    room = (high - low) / 20
    power = 10.0 ** math.floor(math.log10(room))
    step = max(s * power for s in (1, 2, 5) if s * power <= room * (1 + 1e-9))
    digits = max(0, -math.floor(math.log10(step)))
    return round(math.floor(low / step + 1e-9) * step, digits), round(math.ceil(high / step - 1e-9) * step, digits)
