"""Capacity utilisation against the same quarters of each industry's own past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.catalogue.periods import from_period
from fourpillars.exhibits.charts.ranges import dots_in_ranges
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.language import join
from fourpillars.exhibits.past import sources_of
from fourpillars.exhibits.rows import dressed, figure, gaps, of_kind

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

NOW, GAP = "capacity_utilization", "capacity_gap"
NATION = "CN"
NAMED = 3


def against_history(s: Snapshot) -> Exhibit:
    """Draw utilisation now in the range of the same quarters of earlier years, farthest below first.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> against_history(snapshot("2026-08")).id
    'fig-capacity'
    """
    industries, nation = (dressed(s, of_kind(s, kind, [NOW])) for kind in ("industry", "nation"))
    rows = pd.concat([nation, industries], ignore_index=True).dropna(subset=["value"])
    drawn = pd.DataFrame([found for row in rows.to_dict("records") if (found := _with_past(s, row))])
    if drawn.empty or set(drawn["code"]) == {NATION}:
        return nothing(s, "txt-capacity", s.name(NOW), gaps(s, industries))
    drawn = drawn.sort_values(["gap", "code"]).reset_index(drop=True)
    own = drawn[drawn["code"] != NATION]
    below = own[own["gap"] < 0]
    period = s.period(own["time_period"].iloc[0])
    key = "below" if len(below) else "none"
    title = s.text(
        f"capacity.{key}",
        below=len(below),
        total=len(own),
        period=period,
        worst=join(
            [
                f"{row['name']} ({row['second_shown']})"
                if s.lang == "en"
                else f"{row['name']}（{row['second_shown']}）"
                for row in below.head(NAMED).to_dict("records")
            ],
            s.lang,
        ),
    )
    return s.chart(
        "fig-capacity",
        vegalite=dots_in_ranges(
            drawn,
            axis=s.text("ranking.axis", name=s.name(NOW, short=True), unit=unit_label("pct", s.lang)),
            lang=s.lang,
            picked=NATION,
            second=s.text("capacity.against"),
        ),
        data=_data(s, drawn),
        title=title,
        alt=s.text("capacity.alt", title=title),
        subtitle=s.text("capacity.subtitle", period=period, count=len(own)),
        notes=(s.text("capacity.reading"), *gaps(s, industries)),
    )


def same_quarters(s: Snapshot, code: str, time_period: str) -> pd.Series:
    """Return utilisation in the same quarter of all earlier years, of an industry or of the nation ('CN').

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> same_quarters(snapshot("2026-08"), "B-D", "2026-Q2").name
    'B-D'
    """
    kind = "nation" if code == NATION else "industry"
    values = s.panel.quantity(NOW, kind).values[code].dropna()
    now = pd.Period(time_period.replace("-Q", "Q"), freq=values.index.freq)
    return values[(values.index.quarter == now.quarter) & (values.index < now)]


def _with_past(s: Snapshot, row: dict) -> dict:
    """Add the range of the same quarters and the gap to their median; {} where the past is too short."""
    row = {**row, "name": s.text("kind.nation")} if row["code"] == NATION else row
    gap = s.value(GAP, row["code"])
    before = same_quarters(s, row["code"], row["time_period"])
    if gap["status"] != "ok" or before.empty:
        return {}
    return {
        **row,
        "gap": gap["value"],
        "gap_row": gap,
        "before": before,
        "low": before.min(),
        "high": before.max(),
        "median": before.median(),
        "second_shown": figure(s, GAP, gap["value"], signed=True),
    }


def _data(s: Snapshot, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return the values shown: now, the gap, and the lowest and highest of the same quarters."""
    rows = []
    for row in drawn.to_dict("records"):
        kind = "nation" if row["code"] == NATION else "industry"
        gap = row["gap_row"]
        rows += [
            row,
            {
                **row,
                "indicator": GAP,
                "value": row["gap"],
                "unit": gap["unit"],
                "shown": row["second_shown"],
                "source_ids": gap["source_ids"],
            },
            {
                **row,
                "indicator": f"median:{NOW}",
                "value": row["median"],
                "shown": figure(s, NOW, row["median"]),
            },
        ]
        for period, value in ((row["before"].idxmin(), row["low"]), (row["before"].idxmax(), row["high"])):
            rows.append(
                {
                    **row,
                    "time_period": from_period(period),
                    "value": value,
                    "shown": figure(s, NOW, value),
                    "source_ids": sources_of(s, NOW, kind, row["code"], period),
                }
            )
    return pd.DataFrame(rows)[
        ["indicator", "ref_area", "activity", "time_period", "value", "unit", "shown", "source_ids"]
    ]
