"""All figures of one unit beside those of the others: rank, spread, the nation's, a year before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.behind import bases_of, earlier_of
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.past import past, sources_of
from fourpillars.exhibits.rows import dressed, every_of, figure, kind_of, place

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

FEWEST = 5
"""Units that must have a figure of the same period before one is ranked among them."""


@cache
def figures(s: Snapshot, code: str) -> pd.DataFrame:
    """Return every indicator's latest figure of a unit, pillar by pillar, dressed for a reader.

    Parameters
    ----------
    code : str
        A division or a province.

    Returns
    -------
    DataFrame
        The frame's columns and those of `rows.dressed`; pillar, polarity; place and of (rank among all units
        with a figure of the same period, 1 is best; none where neither end is better); low, q1, median, q3,
        high of these.
    """
    known = compared(s.known, kind_of(s, code))
    rows = dressed(s, known[known["code"] == code])
    order = {pillar.code: number for number, pillar in enumerate(s.catalogue.pillars)}
    return rows.sort_values("pillar", key=lambda names: names.map(order), kind="stable").reset_index(drop=True)


@shared
def compared(known: Knowledge, kind: str) -> pd.DataFrame:
    """Return the frame of a kind with rank and spread among the figures of the same period."""
    rows = every_of(known, kind)
    entries = {code: entry.of(kind) for code, entry in known.catalogue.indicators.items() if kind in entry.kinds}
    rows = rows.assign(
        pillar=[entries[code].pillar for code in rows["indicator"]],
        polarity=[entries[code].polarity for code in rows["indicator"]],
        principal=[entries[code].principal for code in rows["indicator"]],
        weight=[entries[code].weight for code in rows["indicator"]],
        cyclical=[entries[code].cyclical for code in rows["indicator"]],
    )
    current = rows[rows["status"] == "ok"]
    as_shown = (
        pd.Series(
            [
                round(value, entries[code].decimals)
                for code, value in zip(current["indicator"], current["value"], strict=True)
            ],
            index=current.index,
            dtype=float,
        )
        * current["polarity"]
    )
    keys = [current["indicator"], current["observed_period"]]
    groups = current["value"].groupby(keys)
    spread = {
        name: groups.transform("quantile", share)
        for name, share in {"low": 0.0, "q1": 0.25, "median": 0.5, "q3": 0.75, "high": 1.0}.items()
    }
    of = groups.transform("size")
    ranked = (current["polarity"] != 0) & (of >= FEWEST)
    best_first = as_shown.groupby(keys).rank(ascending=False, method="min").where(ranked)
    return rows.assign(
        place=best_first.reindex(rows.index),
        of=of.reindex(rows.index),
        **{name: values.reindex(rows.index) for name, values in spread.items()},
    )


def rank_rows(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of figures as rows of their own, `rank:<indicator>`."""
    ranked = rows.dropna(subset=["place"])
    return ranked.assign(indicator="rank:" + ranked["indicator"], value=ranked["place"], unit="", shown=ranked["rank"])


def bare(s: Snapshot, indicator: str, value: float) -> str:
    """Return a figure without its unit, as in a table whose first column names it."""
    return figure(s, indicator, value, symbol=False)


def with_unit(s: Snapshot, indicator: str) -> str:
    """Return an indicator's short name and its unit: what stands before its figures in a table."""
    unit = unit_label(s.catalogue.indicators[indicator].unit, s.lang)
    return (
        s.text("ranking.axis", name=s.name(indicator, short=True), unit=unit) if unit else s.name(indicator, short=True)
    )


def companion(s: Snapshot, indicator: str, own: pd.DataFrame, since: str) -> pd.DataFrame:
    """Return the nation's past to draw beside a unit's; empty where it has none of the same basis."""
    unit, last = own["code"].iloc[-1], own["time_period"].iloc[-1]
    national = "nation" in s.catalogue.indicators[indicator].kinds
    if not national or bases_of(s, indicator, unit, last) != bases_of(s, indicator, "CN", last):
        return own.head(0)
    return past(s, indicator, "nation", ["CN"], since=since)


def basis_of(s: Snapshot, indicator: str, unit: str, time_period: str) -> str:
    """Return the basis of the observations a figure stands on ('ytd', 'month'), '' where they differ."""
    bases = bases_of(s, indicator, unit, time_period)
    return next(iter(bases)) if len(bases) == 1 else ""


def rank_text(s: Snapshot, rank: float, of: float) -> str:
    """Say a rank, '5 of 41'; '–' where there is none."""
    return s.text("missing") if rank != rank else s.text("profile.rank", rank=int(rank), total=int(of))


def rank_said(s: Snapshot, rank: float, of: float) -> str:
    """Say a rank within a sentence."""
    return s.text("profile.rank_said", rank=int(rank), total=int(of))


def nation_rows(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the nation's figures of the same indicators and periods, row by row; missing ones NaN.

    A figure of another basis (the month's beside the year's so far) is no comparison, and left out.
    """
    found = [
        _nation(s, indicator, period, unit)
        for indicator, period, unit in zip(rows["indicator"], rows["time_period"], rows["code"], strict=True)
    ]
    return pd.DataFrame(
        {
            "indicator": list(rows["indicator"]),
            "code": "CN",
            "ref_area": "CN",
            "activity": "B-D",
            "time_period": list(rows["time_period"]),
            "value": [value for value, _ in found],
            "unit": list(rows["unit"]),
            "shown": [figure(s, code, value) for code, (value, _) in zip(rows["indicator"], found, strict=True)],
            "source_ids": [ids for _, ids in found],
        },
        index=rows.index,
    )


def earlier_rows(s: Snapshot, rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the unit's figures of a year before, in the order of `rows`; missing ones NaN."""
    ref_area, activity = place(s, code)
    before = [
        earlier_of(s, indicator, code, period)
        for indicator, period in zip(rows["indicator"], rows["time_period"], strict=True)
    ]
    return pd.DataFrame(
        {
            "indicator": list(rows["indicator"]),
            "code": code,
            "ref_area": ref_area,
            "activity": activity,
            "time_period": [one.time_period for one in before],
            "value": [one.value for one in before],
            "unit": list(rows["unit"]),
            "shown": [
                figure(s, indicator, one.value) for indicator, one in zip(rows["indicator"], before, strict=True)
            ],
            "source_ids": [one.source_ids for one in before],
        },
        index=rows.index,
    )


def _nation(s: Snapshot, code: str, time_period: str, unit: str) -> tuple[float, str]:
    if not time_period or "nation" not in s.catalogue.indicators[code].kinds:
        return float("nan"), ""
    value, ids, bases = _whole(s.known, code, time_period)
    return (value, ids) if bases_of(s.known, code, unit, time_period) == bases else (float("nan"), "")


@shared
def _whole(known: Knowledge, code: str, time_period: str) -> tuple[float, str, frozenset[str]]:
    """Return the nation's figure, its sources, and the bases of the observations it stands on."""
    value = known.panel.quantity(code, "nation").explain(time_period, "CN").value
    ids = sources_of(known, code, "nation", "CN", time_period) if value == value else ""
    return value, ids, bases_of(known, code, "CN", time_period)
