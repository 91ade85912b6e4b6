"""The back-test of every warning: would it have told of a downturn, how early, and how often in vain?

A warning fires where its indicator comes to watch level or worse, by the threshold of its time. The event is
the same for all units of a kind: for industries and the nation a fall of total profit, for provinces, whose
profits are not published by month, a fall of real value added; year to date, in three published months
running. What is known of only one of the two is left out. Quarterly indicators hold for the months until the
next quarter; yearly ones are not tested. Thresholds of a series' own past are tested from two years of it on
instead of four, or the test would begin only in 2024. All are conventions of this project.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.signals.backtest import HORIZON, counts, leads
from fourpillars.signals.capacity import UTILISATION, capacity_verdicts
from fourpillars.signals.summary import overall
from fourpillars.signals.units import known_by
from fourpillars.signals.warnings import levels

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.indicators import Panel

EVENTS = {"industry": "profit_growth", "region": "va_growth", "nation": "profit_growth"}
"""The indicator whose fall is the event, by kind; its own warning is not tested."""
RUN = 3
"""Published months in a row below zero."""
SINCE = "2018-01"
PAST = {"M": 24, "Q": 8}
"""Earlier observations a threshold of the own past needs in the test."""
FEWEST = 24
"""Months that a unit must have been judged in to be tested."""
UNIT, CAPACITY = "unit_warning", "capacity_warning"
"""Warnings made of several indicators: of a unit over all its indicators, and of capacity."""
LEVELS = ("none", "watch", "warn")
VERDICTS = {"green": "none", "orange": "watch", "red": "warn"}
COUNTS = ["warnings", "right", "in_vain", "undecided", "events", "announced", "missed", "decided", "followed"]
COLUMNS = ["kind", "indicator", "rule", *COUNTS, "lead", "first", "last", "units"]


def backtests(panel: Panel, catalogue: Catalogue, edition: str, horizon: int = HORIZON) -> pd.DataFrame:
    """Test the warnings of industries, provinces and the nation from 2018 to the edition.

    Parameters
    ----------
    horizon : int
        Months within which the fall must begin.

    Returns
    -------
    pandas.DataFrame
        A row a kind and signal: kind (industry | region | nation), indicator (a code of the catalogue,
        unit_warning or capacity_warning), rule (catalogue | own_past | same_quarters | several), the counts of
        `backtest` summed over units, lead (median months of the announced), first and last (months tested),
        units.
    """
    rows = []
    for kind, event in EVENTS.items():
        if event not in catalogue.indicators or kind not in catalogue.indicators[event].kinds:
            continue
        months = pd.period_range(SINCE, edition, freq="M")
        growth = panel.history(event, kind).reindex(months)
        if not growth.notna().any(axis=None):
            continue
        for code, rule, level in _signals(panel, catalogue, kind, growth):
            found = _tested(level, growth, horizon)
            if found:
                rows.append({"kind": kind, "indicator": code, "rule": rule} | found)
    return pd.DataFrame(rows, columns=COLUMNS)


def _signals(
    panel: Panel, catalogue: Catalogue, kind: str, growth: pd.DataFrame
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield every signal of a kind: its code, its rule, and its level (0 none, 1 watch, 2 warn) like `growth`."""
    edition = str(growth.index[-1])
    judged, watch, warn = (np.zeros(growth.shape, dtype=int) for _ in range(3))
    for code, entry in catalogue.indicators.items():
        if kind not in entry.kinds:
            continue
        here = entry.of(kind)
        history = known_by(panel.history(code, kind), edition)
        if here.polarity == 0 or here.frequency == "A" or history.empty:
            continue
        quarterly = history.index.freqstr.startswith("Q")
        level = _numbered(levels(history, here, PAST["Q" if quarterly else "M"]), growth)
        last = level.ffill(limit=here.staleness).to_numpy()
        judged, watch, warn = judged + ~np.isnan(last), watch + (last == 1), warn + (last == 2)
        if code != EVENTS[kind]:
            own = "same_quarters" if quarterly else "own_past"
            yield code, own if here.thresholds is None else "catalogue", level
    if kind == "industry" and UTILISATION in catalogue.indicators:
        verdicts = capacity_verdicts(panel, catalogue, edition, PAST["Q"])
        yield CAPACITY, "several", _numbered(verdicts.map(lambda word: VERDICTS.get(word, "")), growth)
    together = pd.DataFrame(overall(judged, watch, warn), growth.index, growth.columns)
    yield UNIT, "several", _numbered(together, growth)


def _numbered(level: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame:
    """Write levels as numbers, by the months and units of `growth`; a quarter's holds to the next one's end."""
    words = level.to_numpy(dtype=object)
    numbers = np.select([words == name for name in LEVELS], range(len(LEVELS)), default=np.nan)
    frame = pd.DataFrame(numbers, level.index.asfreq("M", how="end"), level.columns)
    if level.index.freqstr.startswith("Q"):
        months = pd.period_range(frame.index[0], frame.index[-1] + 2, freq="M")
        frame = frame.reindex(months).ffill(limit=2)
    return frame.reindex(index=growth.index, columns=growth.columns)


def _tested(level: pd.DataFrame, growth: pd.DataFrame, horizon: int) -> dict[str, object]:
    """Count over the units, each over the months in which both its level and the event's series are known."""
    parts, ahead, months = [], [], []
    for unit in growth.columns:
        both = level[unit].notna() & growth[unit].notna()
        if both.sum() < FEWEST:
            continue
        fired, event = level[unit][both] > 0, falling(growth[unit][both])
        parts.append(counts(fired, event, horizon))
        ahead += leads(fired, event, horizon)
        months += [fired.index[0], fired.index[-1]]
    if not parts:
        return {}
    total = {name: int(sum(part[name] for part in parts)) for name in COUNTS}
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
