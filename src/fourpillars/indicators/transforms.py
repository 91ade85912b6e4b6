"""The arithmetic of official statistics: what may be made of published figures, and how.

Each transform takes and returns quantities, so that what it makes can be followed back to the observations.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from fourpillars.indicators.expression import Call, Const, Expr
from fourpillars.indicators.quantity import Quantity
from fourpillars.indicators.windows import summarised

DAYS_IN_A_MONTH = 30


def january_february(month: Quantity, ytd: Quantity) -> Quantity:
    """Continue a monthly series through February with the published January–February figure.

    January is not published on its own, so each year has eleven values: January–February, March, … December.
    """
    return month.otherwise(ytd.only_months([2]))


def months_from_ytd(ytd: Quantity) -> Quantity:
    """Single months of a flow from its year-to-date figures.

    February is January and February together; a difference is never taken across a year.
    """
    return (ytd - ytd.lag(1)).only_months(range(3, 13)).otherwise(ytd.only_months([2]))


def comparable_base(level: Quantity, growth: Quantity) -> Quantity:
    """Last year's level on this year's base: level / (1 + growth / 100).

    `growth` is the published rate in per cent. Last year's published level is another base and never used
    here.
    """
    return (level / (1 + growth / 100)).with_unit(level.unit)


def contribution(level: Quantity, growth: Quantity, total_base: Quantity) -> Quantity:
    """Percentage points a part contributes to the growth of the total, on the comparable base.

    `total_base` is the total's comparable base, repeated for every part.
    """
    change = level - comparable_base(level, growth)
    return (100 * change / total_base).with_unit("pp")


def ratio_change(
    numerator: Quantity,
    numerator_growth: Quantity,
    denominator: Quantity,
    denominator_growth: Quantity,
    scale: float,
) -> Quantity:
    """Change of a ratio on a year earlier, both of its parts on the comparable base."""
    now = numerator / denominator
    then = comparable_base(numerator, numerator_growth) / comparable_base(denominator, denominator_growth)
    return scale * (now - then)


def price_change(index: Quantity, change: Quantity) -> Quantity:
    """One series of per cent changes from an index (a year earlier = 100) and the per cent changes that
    follow it."""
    return change.otherwise((index - 100).with_unit(change.unit)).with_unit("pct_yoy")


def momentum(growth: Quantity, months: int = 3, least: int = 2) -> Quantity:
    """Mean of the latest `months` less the mean of the `months` before, in percentage points.

    The latest month must be published; each window holds at least `least` published months.
    """
    latest = growth.rolling(months, "mean", least=least)
    before = growth.rolling(months, "mean", least=least, at_gaps=True).lag(months)
    return (latest - before).with_unit("pp")


def volatility(growth: Quantity, months: int = 12, least: int = 10) -> Quantity:
    """Sample standard deviation of the growth rates of the last `months`, in percentage points."""
    return growth.rolling(months, "sd", least=least).with_unit("pp")


def share_growing(growth: Quantity, months: int = 36, least: int = 30) -> Quantity:
    """Per cent of the last `months` with a published figure in which it was above zero."""
    return growth.rolling(months, "share_positive", least=least).with_unit("pct")


def downturn(growth: Quantity, what: str, months: int = 60, least: int = 24) -> Quantity:
    """Depth or length of the last unbroken run of falling months within the last `months`.

    `what` is 'depth' (lowest rate, per cent) or 'length' (published months); both are 0 where nothing fell.
    """
    unit = {"depth": growth.unit, "length": "months"}[what]
    return growth.rolling(months, f"downturn_{what}", least=least).with_unit(unit)


def calendar_months(like: Quantity) -> Quantity:
    """The number of months since the year began, for every cell of a monthly quantity."""
    months = pd.DataFrame(dict.fromkeys(like.values, like.values.index.month), index=like.values.index, dtype=float)
    return Quantity(months, lambda period, entity: Const(float(period.month)), "months")


def turnover_days(stock: Quantity, flow_ytd: Quantity) -> Quantity:
    """Days a stock stands for: 30 × months × mean of the year's published month-ends / year-to-date flow."""
    days = DAYS_IN_A_MONTH * calendar_months(stock) * mean_so_far(stock) / flow_ytd
    return days.with_unit("days")


def mean_so_far(stock: Quantity) -> Quantity:
    """Mean of the month-ends published since the year began (January is not published)."""
    cells, months = stock.values.to_numpy(float), stock.values.index.month
    means = np.full(cells.shape, np.nan)
    for row, month in enumerate(months):
        means[row] = summarised(cells[max(row + 1 - month, 0) : row + 1].T, "mean")
    means[~np.isfinite(cells)] = np.nan
    values = pd.DataFrame(means, stock.values.index, stock.values.columns)

    def lineage(period: pd.Period, entity: str) -> Expr:
        so_far = (stock.lineage(period - back, entity) for back in range(period.month - 1, -1, -1))
        return Call("mean", tuple(expr for expr in so_far if expr is not None))

    return Quantity(values, lineage, stock.unit, stock.reasons)


def nominal_growth(level: Quantity, periods: int) -> Quantity:
    """Growth between two published levels, per cent: 'nominal, coverage changes'.

    Only for measures that have no published growth rate; everything else takes the rate as published.
    """
    return (100 * (level / level.lag(periods) - 1)).with_unit("pct_nominal")
