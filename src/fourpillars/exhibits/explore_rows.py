"""The rows behind what an analyst explores: an indicator's past for chosen units, and what to hold it against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.exhibits.figures import companion
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.past import past
from fourpillars.exhibits.rows import figure, publishers, some
from fourpillars.indicators.frame import KINDS

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

SINCE = "2021-01"
AGAINST = ("nothing", "nation", "median")
MEDIAN = "median"
LEAST = 10
"""Units of which a median is taken; of fewer it would say little."""


def chosen_rows(
    s: Snapshot, indicator: str, kind: str, units: Sequence[str], since: str, until: str = ""
) -> pd.DataFrame:
    """Return an indicator's past for units, columns as of `past`; refuse what is not known or not published."""
    if kind not in KINDS:
        raise UnknownNameError.of("kind", kind, KINDS)
    if not units:
        raise FourPillarsError(s.text("explore.choose"))
    allowed = s.catalogue.units_of(kind)
    for unit in units:
        if unit not in allowed:
            raise UnknownNameError.of(kind, unit, allowed)
    data = _within(past(s, indicator, kind, units, since=since), until)
    if data.empty:
        raise FourPillarsError(
            s.text(
                "explore.nothing",
                indicator=s.name(indicator),
                since=s.period(since),
                until=s.period(until or s.edition),
                names=some(s, [s.name(unit, short=True) for unit in units]),
            )
        )
    return data


def beside_rows(
    s: Snapshot, indicator: str, kind: str, against: str, own: pd.DataFrame, since: str, until: str = ""
) -> pd.DataFrame:
    """Return what rows are held against: the nation's figure, or the median of all units; maybe no rows.

    A figure of the nation of another basis, the year's so far beside the month's, is no comparison.
    """
    if against not in AGAINST:
        raise UnknownNameError.of("comparison", against, AGAINST)
    if against == "nation" and kind != "nation":
        return _within(companion(s, indicator, own, since), until)
    if against == "median" and kind != "nation":
        return _medians(s, indicator, kind, since, until)
    return own.head(0)


def measured(s: Snapshot, indicator: str) -> str:
    """Return what an axis or a table says of an indicator: its short name and unit."""
    unit = unit_label(s.catalogue.indicators[indicator].unit, s.lang)
    name = s.name(indicator, short=True)
    return s.text("ranking.axis", name=name, unit=unit) if unit else name


def _within(rows: pd.DataFrame, until: str) -> pd.DataFrame:
    """Return the rows whose period ends by a month."""
    if not until or rows.empty:
        return rows
    ends = pd.PeriodIndex([_month(period) for period in rows["time_period"]], freq="M")
    return rows[ends <= pd.Period(until, "M")]


def _month(time_period: str) -> str:
    if "Q" in time_period:
        return f"{time_period[:4]}-{int(time_period[-1]) * 3:02d}"
    return time_period if "-" in time_period else f"{time_period}-12"


def _medians(s: Snapshot, indicator: str, kind: str, since: str, until: str) -> pd.DataFrame:
    """Return the median of all units a period; each stands on the sources of all of them."""
    every = _within(past(s, indicator, kind, s.catalogue.units_of(kind), since=since), until)
    if every.empty:
        return every
    by_period = every.groupby("time_period", sort=True)
    rows = by_period["value"].agg(["median", "size"]).reset_index()
    joined = by_period["source_ids"].agg(lambda ids: ";".join(dict.fromkeys(";".join(ids).split(";"))))
    rows = rows.assign(source_ids=rows["time_period"].map(joined))
    rows = rows[rows["size"] >= LEAST].rename(columns={"median": "value"})
    return rows.assign(
        indicator=indicator,
        code=MEDIAN,
        ref_area="",
        activity="",
        unit=every["unit"].iloc[0],
        shown=[figure(s, indicator, value) for value in rows["value"]],
        period=[s.period(period, short=True) for period in rows["time_period"]],
        name=[s.text("explore.median_of", count=int(size)) for size in rows["size"]],
        source=[publishers(s, ids) for ids in rows["source_ids"]],
    )[[*every.columns]]
