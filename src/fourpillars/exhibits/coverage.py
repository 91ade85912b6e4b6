"""How far the figures reach: for how many units each indicator is current, and which series have ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.dates import period_range
from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.rows import of_kind, reason_text, some
from fourpillars.exhibits.tables import Column, html_table
from fourpillars.indicators.frame import KINDS

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

NAMED = 8
"""Units of a gap named in its row; more are counted."""


def table(s: Snapshot) -> Exhibit:
    """Say how many units of each kind have a current figure of each indicator, and since when it is known.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08")).id
    'tbl-coverage'
    """
    found = reach(s.known)
    cells = {(row["indicator"], row["kind"]): _reach(s, row) for row in found.to_dict("records")}
    frame = pd.DataFrame(
        [
            {
                "pillar": s.name(entry.pillar),
                "name": s.name(code),
                **{kind: cells.get((code, kind), "") for kind in KINDS},
            }
            for code, entry in s.catalogue.indicators.items()
        ]
    )
    columns = [
        Column("name", s.text("label.indicator")),
        *(Column(kind, s.text(f"coverage.kind.{kind}", count=len(s.catalogue.units_of(kind)))) for kind in KINDS),
    ]
    whole = found[found["ok"] == found["units"]].groupby("kind").size()
    counts = {
        key: int(counted.get(kind, 0))
        for kind in KINDS
        for key, counted in ((kind, whole), (f"{kind}_all", found.groupby("kind").size()))
    }
    return s.table(
        "tbl-coverage",
        table_html=html_table(frame, columns, lang=s.lang, groups="pillar", folds=True),
        title=s.text("coverage.title", **counts),
        subtitle=s.text("coverage.subtitle", edition=s.period(s.edition)),
    )


@shared
def reach(known: Knowledge) -> pd.DataFrame:
    """Return for how many units of each kind an edition knows each indicator, and from when to when.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> list(reach(snapshot("2026-08").known).columns[:3])
    ['indicator', 'kind', 'units']
    """
    from fourpillars.indicators.coverage import coverage

    return coverage(known.panel, known.edition, known.frame)


def gaps(s: Snapshot) -> Exhibit:
    """Say which figures are missing for whom, since when, and why; the same gap is one row.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> gaps(snapshot("2026-08")).id
    'tbl-gaps'
    """
    found = missing(s)
    frame = found.assign(
        group=[s.text(f"coverage.kind.{kind}", count=len(s.catalogue.units_of(kind))) for kind in found["kind"]],
        who=[_who(s, kind, units) for kind, units in zip(found["kind"], found["units"], strict=True)],
        which=[s.text("gap.comma").join(s.name(code, short=True) for code in codes) for codes in found["indicators"]],
        why=[reason_text(s, reason, period) for reason, period in zip(found["reason"], found["period"], strict=True)],
    )
    columns = [
        Column("why", s.text("coverage.why")),
        Column("who", s.text("coverage.who")),
        Column("which", s.text("coverage.which")),
    ]
    ended = {
        code
        for codes, reason in zip(found["indicators"], found["reason"], strict=True)
        if reason == "series_ended"
        for code in codes
    }
    return s.table(
        "tbl-gaps",
        table_html=html_table(frame, columns, lang=s.lang, groups="group", folds=True),
        title=s.text("coverage.gaps.title", count=len(ended), total=len(s.catalogue.indicators)),
        subtitle=s.text("coverage.gaps.subtitle", edition=s.period(s.edition)),
    )


def missing(s: Snapshot) -> pd.DataFrame:
    """Return the gaps of the edition: kind, reason, period (the last one known), units, indicators.

    Ended series come first, the latest end first; then what was never published.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> list(missing(snapshot("2026-08")).columns)
    ['kind', 'reason', 'period', 'units', 'indicators']
    """
    together: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
    for kind in KINDS:
        rows = of_kind(s, kind)
        for (code, reason, period), part in rows[rows["status"] != "ok"].groupby(
            ["indicator", "reason", "observed_period"], sort=False
        ):
            together.setdefault((kind, reason, period, tuple(part["code"])), []).append(code)
    found = [(kind, reason, period, units, tuple(codes)) for (kind, reason, period, units), codes in together.items()]
    frame = pd.DataFrame(found, columns=["kind", "reason", "period", "units", "indicators"])
    order = frame.assign(
        at=frame["kind"].map(list(KINDS).index),
        never=frame["reason"] != "series_ended",
        size=frame["units"].map(len),
    )
    kept = order.sort_values("period", ascending=False, kind="stable").sort_values(
        ["at", "never", "reason"], kind="stable"
    )
    return kept[["kind", "reason", "period", "units", "indicators"]].reset_index(drop=True)


def _reach(s: Snapshot, row: dict[str, object]) -> str:
    if not row["first"]:
        return s.text("coverage.never")
    known = period_range(str(row["first"]), str(row["last"]), s.lang, short=True)
    if row["kind"] == "nation":
        return s.text("coverage.nation" if row["ok"] else "coverage.nation_ended", known=known)
    return s.text("coverage.reach", ok=row["ok"], units=row["units"], known=known)


def _who(s: Snapshot, kind: str, units: tuple[str, ...]) -> str:
    if kind == "nation":
        return s.text("kind.nation")
    if len(units) == len(s.catalogue.units_of(kind)):
        return s.text(f"coverage.all.{kind}", count=len(units))
    names = some(s, [s.name(code, short=True) for code in units], NAMED)
    return s.text(f"coverage.some.{kind}", count=len(units), names=names)
