"""Did the warnings of the past come true? The back-tests, for readers to judge the signals by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.tables import Column, html_table
from fourpillars.exhibits.targets import target_data, target_rows
from fourpillars.signals.backtest import HORIZON
from fourpillars.signals.backtests import CAPACITY, EVENTS, UNIT
from fourpillars.signals.capacity import ADVISORY, UTILISATION

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

SHOWN = ("warnings", "right", "in_vain", "share", "chance", "events", "announced", "lead")
"""What the table has; whole numbers all."""
RULES = ("several", "catalogue", "same_quarters", "own_past")
TOLD = ("judged", "right")


def shares(found: pd.DataFrame) -> pd.DataFrame:
    """Add the share of the warnings that were right, and of all months that would have been, in per cent.

    Examples
    --------
    >>> found = pd.DataFrame({"right": [3], "in_vain": [1], "followed": [20], "decided": [80]})
    >>> shares(found)[["share", "chance"]].loc[0].tolist()
    [75.0, 25.0]
    """
    judged = found["right"] + found["in_vain"]
    return found.assign(
        share=100 * found["right"] / judged.where(judged > 0),
        chance=100 * found["followed"] / found["decided"].where(found["decided"] > 0),
    )


def table(s: Snapshot, kind: str) -> Exhibit:
    """Count how often each warning of a kind fired since 2018, how often rightly and in vain, and how early.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08"), "industry").id
    'tbl-backtest-industry'
    """
    found = shares(s.known.backtests[s.known.backtests["kind"] == kind])
    who = s.text(f"backtests.kind.{kind}")
    if found.empty:
        return nothing(s, f"txt-backtest-{kind}", s.text("backtests.none", who=who))
    span = [
        s.period(first, short=True) + "–" + s.period(last, short=True)
        for first, last in zip(found["first"], found["last"], strict=True)
    ]
    rows = found.assign(
        name=[_name(s, code, kind) for code in found["indicator"]],
        span=span,
        order=[RULES.index(rule) for rule in found["rule"]],
        group=[s.text(f"backtests.rule.{rule}") for rule in found["rule"]],
    ).sort_values("order", kind="stable")
    columns = [Column("name", s.text("backtests.signal")), Column("span", s.text("label.period"))]
    columns += [Column(what, s.text(f"backtests.{what}"), "number", decimals=0) for what in SHOWN]
    event = s.text(f"backtests.event.{kind}")
    judged = int(found["right"].sum() + found["in_vain"].sum())
    return s.table(
        f"tbl-backtest-{kind}",
        table_html=html_table(rows, columns, lang=s.lang, groups="group"),
        data=pd.DataFrame(
            [
                _figure(s, f"backtest_{what}:{kind}:{row['indicator']}", row[what])
                for row in rows.to_dict("records")
                for what in SHOWN
                if row[what] == row[what]
            ]
        ),
        title=s.text(
            "backtests.title",
            who=who,
            judged=s.number(judged, decimals=0),
            share=s.number(100 * found["right"].sum() / max(judged, 1), "pct", decimals=0),
            chance=s.number(100 * found["followed"].sum() / max(found["decided"].sum(), 1), "pct", decimals=0),
        ),
        subtitle=s.text("backtests.subtitle", who=who, event=event, edition=s.period(s.edition)),
        notes=(
            s.text("backtests.note", horizon=HORIZON, event=event),
            s.text("backtests.rules"),
            s.text("backtests.caveat"),
            *([s.text("backtests.few")] if kind == "nation" else []),
        ),
        source_ids=_sources(s, kind, found["indicator"]),
    )


def targets(s: Snapshot) -> Exhibit:
    """Say what the tracking of targets that are over told month by month, and from when on it was right.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> targets(snapshot("2026-08")).id
    'tbl-backtest-targets'
    """
    found = s.known.targets_backtest
    if found.empty:
        return nothing(s, "txt-backtest-targets", s.text("backtests.targets.none"))
    over = s.targets.set_index("target_id", drop=False).loc[list(found["target_id"])].assign(partly=False)
    rows = target_rows(s, over.reset_index(drop=True)).merge(found, on="target_id", how="left")
    rows = rows.assign(
        told=[s.text(f"backtests.targets.{outcome}") for outcome in rows["outcome"]],
        from_on=[
            s.period(month, short=True) if month else s.text("backtests.targets.never") for month in rows["settled"]
        ],
    )
    columns = [
        Column("label", s.text("label.target")),
        Column("years", s.text("targets.years")),
        Column("asked", s.text("backtests.targets.asked"), "number"),
        Column("reached", s.text("backtests.targets.reached"), "number"),
        Column("told", s.text("backtests.targets.outcome")),
        Column("judged", s.text("backtests.targets.months"), "number", decimals=0),
        Column("right", s.text("backtests.targets.right"), "number", decimals=0),
        Column("from_on", s.text("backtests.targets.settled")),
    ]
    own = target_data(s, rows)
    own = own[~own["indicator"].str.startswith(("distance:", "pace:"))]
    figures = [
        _figure(s, f"backtest_{what}:target:{row['target_id']}", row[what])
        for row in rows.to_dict("records")
        for what in TOLD
    ]
    return s.table(
        "tbl-backtest-targets",
        table_html=html_table(rows, columns, lang=s.lang, groups="group"),
        data=pd.concat([own, pd.DataFrame(figures)], ignore_index=True),
        title=s.text(
            "backtests.targets.title",
            judged=s.number(found["judged"].sum(), decimals=0),
            count=len(found),
            right=s.number(found["right"].sum(), decimals=0),
        ),
        subtitle=s.text("backtests.targets.subtitle", edition=s.period(s.edition)),
        notes=(s.text("backtests.targets.note"), s.text("backtests.caveat")),
    )


def _name(s: Snapshot, code: str, kind: str) -> str:
    if code == UNIT:
        return s.text(f"backtests.{UNIT}.{kind}")
    return s.text(f"backtests.{CAPACITY}") if code == CAPACITY else s.name(code, short=True)


def _figure(s: Snapshot, indicator: str, value: float) -> dict[str, object]:
    return {
        "indicator": indicator,
        "ref_area": "CN",
        "activity": "B-D",
        "time_period": s.edition,
        "value": float(value),
        "unit": "",
        "shown": s.number(value, decimals=0),
        "source_ids": "",
    }


def _sources(s: Snapshot, kind: str, codes: pd.Series) -> set[str]:
    """Return the sources of the latest figures of the indicators tested, and of the event."""
    used = s.frame["indicator"].isin([EVENTS[kind], UTILISATION, *ADVISORY, *codes])
    where = (s.frame["ref_area"] != "CN") if kind == "region" else (s.frame["ref_area"] == "CN")
    return {
        source for ids in s.frame.loc[used & where, "source_ids"].unique() for source in str(ids).split(";") if source
    }
