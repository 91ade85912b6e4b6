"""The back-test of every warning of the industries: would it have told of a fall of profits, and how early?

A warning fires where its indicator comes to watch level or worse, judged as at its time. The event is a fall
of total profit, year to date, in three published months running. What is known in neither series is left
out: a month without a level or without a rate of profit counts for nothing. Quarterly indicators hold for
the months until the next quarter. All are conventions of this project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.signals.backtest import HORIZON, backtest, leads
from fourpillars.signals.units import known_by
from fourpillars.signals.warnings import levels

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.indicators import Panel

EVENT = "profit_growth"
RUN = 3
"""Published months in a row with falling profits."""
SINCE = "2018-01"
TESTED = (
    "receivables_gap",
    "price_war",
    "inventory_gap",
    "cost_squeeze",
    "margin_change",
    "revenue_growth",
    "va_growth",
    "capacity_utilization",
    "capacity_gap",
)
"""Indicators whose warnings are tested: those a fall of profits may follow from."""
COUNTS = ["warnings", "right", "in_vain", "undecided", "events", "announced", "missed"]
COLUMNS = ["indicator", *COUNTS, "lead", "first", "last", "units"]


def backtests(panel: Panel, catalogue: Catalogue, edition: str, horizon: int = HORIZON) -> pd.DataFrame:
    """Test the warnings of the 41 divisions from 2018 to the edition.

    Parameters
    ----------
    horizon : int
        Months within which the fall must begin.

    Returns
    -------
    pandas.DataFrame
        A row an indicator: indicator, the counts of `backtest` summed over divisions (warnings, right,
        in_vain, undecided, events, announced, missed), lead (median months of the announced), first and last
        (months tested), units (divisions).
    """
    if EVENT not in catalogue.indicators:
        return pd.DataFrame(columns=COLUMNS)
    profits = known_by(panel.history(EVENT, "industry"), edition)
    rows = []
    for code in TESTED:
        entry = catalogue.indicators.get(code)
        if entry is None or "industry" not in entry.kinds or entry.of("industry").polarity == 0:
            continue
        history = known_by(panel.history(code, "industry"), edition)
        if history.empty or not profits.notna().any(axis=None):
            continue
        found = _tested(levels(history, entry.of("industry")), profits, horizon)
        if found:
            rows.append({"indicator": code} | found)
    return pd.DataFrame(rows, columns=COLUMNS)


def _tested(level: pd.DataFrame, profits: pd.DataFrame, horizon: int) -> dict[str, object]:
    """Count over the divisions, each over the months in which both its level and its profits are known."""
    monthly = _monthly(level)
    monthly = monthly[monthly.index >= pd.Period(SINCE, freq="M")]
    parts, ahead, months = [], [], []
    for unit in [unit for unit in monthly.columns if unit in profits.columns]:
        both = monthly[unit].isin(["none", "watch", "warn"]) & profits[unit].reindex(monthly.index).notna()
        if both.sum() < horizon:
            continue
        fired = monthly.loc[both, unit].isin(["watch", "warn"]).rename(unit).to_frame()
        event = falling(profits.loc[fired.index, unit]).rename(unit).to_frame()
        one = backtest(fired, event, horizon).loc[unit]
        parts.append(one[COUNTS])
        ahead += leads(fired[unit], event[unit], horizon)
        months += [fired.index[0], fired.index[-1]]
    if not parts:
        return {}
    total = pd.DataFrame(parts).sum().astype(int).to_dict()
    return total | {
        "lead": float(np.median(ahead)) if ahead else np.nan,
        "first": str(min(months)),
        "last": str(max(months)),
        "units": len(parts),
    }


def falling(growth: pd.Series, run: int = RUN) -> pd.Series:
    """Say in which months growth has been below zero for `run` known months in a row.

    Examples
    --------
    >>> falling(pd.Series([1.0, -1.0, -2.0, -3.0, -1.0, 2.0]), run=3).tolist()
    [False, False, False, True, True, False]
    """
    return (growth < 0).rolling(run).sum().eq(run)


def _monthly(level: pd.DataFrame) -> pd.DataFrame:
    """Give the months from each quarter's end to the next their quarter's level; months are as they are."""
    if level.index.freqstr.startswith("M"):
        return level
    ends = level.set_axis(level.index.asfreq("M", how="end"))
    months = pd.period_range(ends.index[0], ends.index[-1] + 2, freq="M")
    return ends.reindex(months).ffill(limit=2)
