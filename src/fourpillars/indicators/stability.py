"""Stability: the growth of key industries and key regions, how steady it is, and what makes 80 % of output.

Each public function is named by catalogue entries and takes the inputs of one kind of unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from fourpillars.indicators import transforms
from fourpillars.indicators.expression import Call, Const, Expr
from fourpillars.indicators.inputs import Inputs
from fourpillars.indicators.quantity import Quantity

# --- real growth, and how steady it is ----------------------------------------------------------------------


def value_added_month(inputs: Inputs) -> Quantity:
    """Real growth of value added in the month; January–February together stands at February."""
    month = inputs.series("value_added_growth", "month")
    ytd = inputs.series("value_added_growth", "ytd")
    return transforms.january_february(month, ytd)


def momentum(inputs: Inputs, of: str, months: int = 3, least: int = 2) -> Quantity:
    """Mean of the latest months of another indicator less the mean of the months before."""
    return transforms.momentum(inputs.indicator(of), months, least)


def volatility(inputs: Inputs, of: str, months: int = 12, least: int = 10) -> Quantity:
    """Standard deviation of another indicator over the last months."""
    return transforms.volatility(inputs.indicator(of), months, least)


def share_growing(inputs: Inputs, of: str, months: int = 36, least: int = 30) -> Quantity:
    """Share of the last months in which another indicator was above zero."""
    return transforms.share_growing(inputs.indicator(of), months, least)


def downturn(inputs: Inputs, of: str, what: str, months: int = 60, least: int = 24) -> Quantity:
    """Depth or length of the last run of falling months of another indicator."""
    return transforms.downturn(inputs.indicator(of), what, months, least)


def lead_over_nation(inputs: Inputs, of: str) -> Quantity:
    """A unit's growth less the nation's, in percentage points."""
    own = inputs.indicator(of)
    nation = inputs.indicator(of, "nation").broadcast(own.values.columns)
    return (own - nation).with_unit("pp")


# --- who makes the growth -----------------------------------------------------------------------------------


def contribution(inputs: Inputs, measure: str) -> Quantity:
    """Percentage points a division contributes to the year-to-date growth of the national total of `measure`.

    On the comparable base: level / (1 + growth / 100) for the part and for the total.
    """
    level, growth = inputs.series(measure, "ytd"), inputs.series(f"{measure}_growth", "ytd")
    nation = inputs.of_kind("nation")
    total = transforms.comparable_base(nation.series(measure, "ytd"), nation.series(f"{measure}_growth", "ytd"))
    return transforms.contribution(level, growth, total.broadcast(level.values.columns))


def share_of_total(inputs: Inputs, measure: str) -> Quantity:
    """A division's share of the national total, per cent."""
    level = inputs.series(measure, "ytd")
    total = inputs.of_kind("nation").series(measure, "ytd").broadcast(level.values.columns)
    return 100 * level / total


def breadth(inputs: Inputs, of: str, kind: str, least: int) -> Quantity:
    """Share of the units of a kind where another indicator is above zero, among those published."""
    units = inputs.of_kind(kind).units
    return inputs.indicator(of, kind).across("share_positive", units, least=least)


def major_provinces_lead(inputs: Inputs, of: str) -> Quantity:
    """Median growth of the major industrial provinces less the median of the other provinces."""
    major = [code for code in inputs.of_kind("region").units if code in inputs.major_provinces]
    others = [code for code in inputs.of_kind("region").units if code not in inputs.major_provinces]
    growth = inputs.indicator(of, "region")
    return growth.across("median", major) - growth.across("median", others, least=len(others) - 2)


# --- '80 % of output' ---------------------------------------------------------------------------------------


def cumulative_share(inputs: Inputs, of: str) -> Quantity:
    """Share of the total made by a unit and all that are larger, per cent.

    `of` is an indicator that holds the units' shares. The smallest set that makes 80 % is every unit whose
    larger ones together make less.
    """
    shares = inputs.indicator(of).of_units(inputs.units)
    cells = shares.values.to_numpy(float)
    order = np.argsort(np.where(np.isnan(cells), np.inf, -cells), axis=1, kind="stable")
    ranked = np.take_along_axis(cells, order, axis=1)
    summed = np.full_like(cells, np.nan)
    np.put_along_axis(summed, order, np.cumsum(np.nan_to_num(ranked), axis=1), axis=1)
    values = pd.DataFrame(np.where(np.isnan(cells), np.nan, summed), shares.values.index, shares.values.columns)

    units, first = list(values.columns), values.index[0].ordinal if len(values) else 0

    def lineage(period: pd.Period, entity: str) -> Expr:
        largest_first = [units[column] for column in order[period.ordinal - first]]
        larger = largest_first[: largest_first.index(entity) + 1]
        return Call("sum", tuple(shares.expr(period, unit) for unit in larger))

    return Quantity(values, lineage, "pct")


def set_of(shares: pd.DataFrame, part: float = 80.0) -> pd.DataFrame:
    """Say which units are in the smallest set that makes `part` per cent of the total.

    Parameters
    ----------
    shares : DataFrame
        Shares in per cent, periods × units.

    Examples
    --------
    >>> set_of(pd.DataFrame({"a": [50.0], "b": [15.0], "c": [35.0]})).loc[0].tolist()
    [True, False, True]
    """
    cells = np.nan_to_num(shares.to_numpy(float))
    order = np.argsort(-cells, axis=1, kind="stable")
    ranked = np.take_along_axis(cells, order, axis=1)
    member = np.zeros(cells.shape, dtype=bool)
    np.put_along_axis(member, order, (np.cumsum(ranked, axis=1) - ranked < part) & (ranked > 0), axis=1)
    return pd.DataFrame(member, index=shares.index, columns=shares.columns)


def set_size(inputs: Inputs, of: str, kind: str, part: float = 80.0) -> Quantity:
    """How many units the smallest set has that makes `part` per cent of the total."""
    units = inputs.of_kind(kind).units
    shares = inputs.indicator(of, kind).of_units(units)
    complete = shares.values.notna().all(axis=1)
    size = set_of(shares.values, part).sum(axis=1).where(complete).astype(float)

    def lineage(period: pd.Period, entity: str) -> Expr:
        parts = tuple(shares.expr(period, unit) for unit in units)
        return Call("count_to_share", (Const(part), *parts))

    return Quantity(size.to_frame("CN"), lineage, "count")


def set_growth(inputs: Inputs, measure: str, of: str, part: float = 80.0, rest: bool = False) -> Quantity:
    """Growth of the smallest set that makes `part` per cent of the total (or of the rest), on the
    comparable base.

    The set is that of the period itself; its growth is the sum of its levels over the sum of their comparable
    bases.
    """
    industry = inputs.of_kind("industry")
    units = industry.units
    member = set_of(inputs.indicator(of, "industry").of_units(units).values, part)
    member = ~member if rest else member
    level, growth = industry.series(measure, "ytd"), industry.series(f"{measure}_growth", "ytd")
    base = transforms.comparable_base(level, growth)
    return _growth_of(level.where(member), base.where(member), member, units)


def set_lead(inputs: Inputs, measure: str, of: str, part: float = 80.0) -> Quantity:
    """Growth of the set that makes `part` per cent of the total less the growth of the rest."""
    return set_growth(inputs, measure, of, part) - set_growth(inputs, measure, of, part, rest=True)


def concentration(inputs: Inputs, of: str, kind: str) -> Quantity:
    """Herfindahl–Hirschman index of shares, 0 to 1 (1 over the number of units where all are equal)."""
    shares = inputs.indicator(of, kind) / 100
    return (shares * shares).across("sum", inputs.of_kind(kind).units)


def _growth_of(level: Quantity, base: Quantity, member: pd.DataFrame, units: Sequence[str]) -> Quantity:
    """Growth of the sum of the members' levels; missing where a member's level or base is."""

    def summed(part: Quantity) -> Quantity:
        return part.across("sum", units, least=1)

    whole = (level.values.notna() & base.values.notna()).reindex(
        index=member.index, columns=member.columns, fill_value=False
    )
    complete = ((whole | ~member).all(axis=1) & whole.any(axis=1)).to_frame("CN")
    return (100 * (summed(level) / summed(base) - 1)).where(complete)


# --- provinces by GDP's secondary sector --------------------------------------------------------------------


def secondary_share(inputs: Inputs) -> Quantity:
    """A province's share of the secondary sector of all provinces, per cent: GDP × the sector's share of it.

    A proxy: the secondary sector is industry plus construction.
    """
    gdp, share = inputs.series("gdp", "year", "A"), inputs.series("secondary_share_of_gdp", "year", "A")
    secondary = (gdp * share / 100).of_units(inputs.units)
    total = secondary.across("sum", inputs.units).broadcast(inputs.units)
    return 100 * secondary / total


# --- factor security ----------------------------------------------------------------------------------------


def price_change(inputs: Inputs, measure: str = "ppi", basis: str = "month") -> Quantity:
    """Change of a price index on a year earlier, per cent: from the index to 2023, as published after."""
    index = {"month": "index_prev_year_month_100", "ytd": "index_prev_year_period_100"}[basis]
    return transforms.price_change(
        inputs.series(measure, basis, unit=index), inputs.series(measure, basis, unit="pct_yoy")
    )


def price_squeeze(inputs: Inputs) -> Quantity:
    """Change of purchaser prices less change of producer prices, in percentage points."""
    return price_change(inputs, "purchaser_price_index") - price_change(inputs, "ppi")


def growth_gap(inputs: Inputs, faster: str, slower: str, faster_basis: str = "ytd") -> Quantity:
    """One published growth rate less another, in percentage points (`slower` year to date)."""
    return (inputs.series(faster, faster_basis) - inputs.series(slower, "ytd")).with_unit("pp")
