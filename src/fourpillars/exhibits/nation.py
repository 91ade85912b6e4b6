"""The nation: its principal figures in a table, and their course since 2019."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.catalogue.periods import months_between
from fourpillars.exhibits.charts.multiples import small_multiples
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import is_missing
from fourpillars.exhibits.past import a_year_before, past
from fourpillars.exhibits.rows import NAMED, dressed, entry_basis, figure, gaps, in_words, of_kind
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

SINCE = "2019-01"
PANELS, FEWER = 9, 6
"""Small charts in one figure: of the overview, of a pillar's report."""
LONG_SINCE = 6
"""Months after which 'last this high in' is worth saying."""


def dashboard(s: Snapshot, pillar: str = "") -> Exhibit:
    """Show the nation's figures: latest, a year before, light and warning.

    Parameters
    ----------
    pillar : str
        One pillar's indicators; '' the principal ones of all four.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> dashboard(snapshot("2026-08"), "growth").id
    'tbl-nation'
    """
    every = dressed(s, of_kind(s, "nation", chosen(s, pillar)))
    rows = every[every["status"] == "ok"]  # what has no current figure is a note
    before = [
        a_year_before(s, code, "nation", "CN", period)
        for code, period in zip(rows["indicator"], rows["time_period"], strict=True)
    ]
    rows = rows.assign(
        pillar=[s.name(s.catalogue.indicators[code].pillar) for code in rows["indicator"]],
        label=[s.name(code) for code in rows["indicator"]],
        year_before=[value for _, value in before],
        period_before=[period for period, _ in before],
        before=[figure(s, code, value) for code, (_, value) in zip(rows["indicator"], before, strict=True)],
        light=[_light(s, code) for code in rows["indicator"]],
        warning=[_warning(s, code) for code in rows["indicator"]],
    )
    table = html_table(
        rows,
        [
            Column("label", s.text("label.indicator")),
            Column("shown", s.text("nation.latest"), "number"),
            Column("period", s.text("label.period")),
            Column("before", s.text("nation.year_before"), "number"),
            Column("light", s.text("label.light")),
            Column("warning", s.text("nation.warning")),
        ],
        lang=s.lang,
        groups="" if pillar else "pillar",
    )
    better, known = _better(s, rows)
    return s.table(
        "tbl-nation",
        table_html=table,
        data=_with_before(rows),
        title=s.text("nation.dashboard.title", better=better, known=known),
        subtitle=s.text("nation.dashboard.subtitle", edition=s.period(s.edition)),
        notes=gaps_of_indicators(s, every),
    )


def history(s: Snapshot, pillar: str = "") -> Exhibit:
    """Draw the course of the nation's figures since 2019, one small chart each.

    Parameters
    ----------
    pillar : str
        'stability', 'expansion', 'innovation' or 'growth'; '' for the principal indicators of all.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> history(snapshot("2026-08"), "growth").id
    'fig-nation'
    """
    codes = [code for code in chosen(s, pillar) if s.catalogue.indicators[code].of("nation").frequency != "A"]
    latest = of_kind(s, "nation", codes)
    current = set(latest.loc[latest["status"] == "ok", "indicator"])
    pasts = (past(s, code, "nation", ["CN"], since=SINCE) for code in codes if code in current)
    most = FEWER if pillar else PANELS
    data = pd.concat(islice((part for part in pasts if len(part) > 2), most), ignore_index=True)
    drawn = data.assign(code=data["indicator"], name=[s.name(code, short=True) for code in data["indicator"]])
    last = data.groupby("indicator", sort=False).tail(1)
    findings = s.text("gap.comma").join(
        s.text("nation.history.item", name=s.name(code, short=True), value=shown, period=period)
        for code, shown, period in zip(last["indicator"], last["shown"], last["period"], strict=True)
    )
    return s.chart(
        "fig-nation",
        vegalite=small_multiples(drawn, lang=s.lang, own_scales=True),
        data=data,
        title=_course(s, data),
        alt=s.text("nation.history.alt", findings=findings),
        subtitle=s.text("nation.history.subtitle", edition=s.period(s.edition)),
    )


def chosen(s: Snapshot, pillar: str) -> list[str]:
    """Return the nation's indicators of a pillar, its principal ones first; of all pillars only these.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> chosen(snapshot("2026-08"), "innovation")[:2]
    ['rd_intensity', 'patents_per_employee']
    """
    own = {code: entry.of("nation") for code, entry in s.catalogue.indicators.items() if "nation" in entry.kinds}
    principal = [code for code, entry in own.items() if entry.principal and pillar in ("", entry.pillar)]
    if not pillar:
        return principal
    return principal + [code for code, entry in own.items() if entry.pillar == pillar and code not in principal]


def gaps_of_indicators(s: Snapshot, rows: pd.DataFrame, most: int = NAMED) -> tuple[str, ...]:
    """Say which indicators have no current figure, and why.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> gaps_of_indicators(snapshot("2026-08"), snapshot("2026-08").frame.head(0))
    ()
    """
    named = rows.assign(code=rows["indicator"])
    return gaps(s, named, most)


def _better(s: Snapshot, rows: pd.DataFrame) -> tuple[int, int]:
    turn = pd.Series([s.catalogue.indicators[code].polarity for code in rows["indicator"]], index=rows.index)
    moved = (rows["value"] - rows["year_before"]) * turn
    return int((moved > 0).sum()), int((moved.notna() & (turn != 0)).sum())


def _with_before(rows: pd.DataFrame) -> pd.DataFrame:
    earlier = rows.assign(value=rows["year_before"], time_period=rows["period_before"], shown=rows["before"])
    earlier = earlier[[not is_missing(value) for value in earlier["value"]]]
    return pd.concat([rows, earlier], ignore_index=True)


def _light(s: Snapshot, code: str) -> str:
    lit = _national(s.temperatures, code)["light"]
    return s.text(f"light.{lit.iloc[0]}") if len(lit) and not is_missing_text(lit.iloc[0]) else ""


def _warning(s: Snapshot, code: str) -> str:
    level = _national(s.warnings, code)["level"]
    return s.text(f"level.{level.iloc[0]}") if len(level) and level.iloc[0] != "none" else ""


def _national(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    return frame[(frame["indicator"] == code) & (frame["ref_area"] == "CN") & (frame["activity"] == "B-D")]


def is_missing_text(value: object) -> bool:
    """Say whether a text cell is empty: None, NaN or ''.

    Examples
    --------
    >>> is_missing_text(""), is_missing_text("2.1%")
    (True, False)
    """
    return not isinstance(value, str) or not value


def _course(s: Snapshot, data: pd.DataFrame) -> str:
    """Say what the first chart shows: the latest figure against its past, or against a year before."""
    first = data[data["indicator"] == data["indicator"].iloc[0]]
    now, earlier = first.iloc[-1], first.iloc[:-1]
    said = {
        "name": s.name(now["indicator"]),
        "value": in_words(s, now["indicator"], now["value"]),
        "period": _dated(s, now["indicator"], now["time_period"]),
    }
    if (earlier["value"] > now["value"]).all() or (earlier["value"] < now["value"]).all():
        key = "lowest" if now["value"] < earlier["value"].iloc[-1] else "highest"
        return s.text(
            f"nation.course.{key}_ever", since=_dated(s, now["indicator"], first["time_period"].iloc[0]), **said
        )
    key = "highest" if now["value"] > earlier["value"].iloc[-1] else "lowest"
    reached = earlier[(earlier["value"] >= now["value"]) if key == "highest" else (earlier["value"] <= now["value"])]
    if months_between(reached["time_period"].iloc[-1], now["time_period"]) >= LONG_SINCE:
        return s.text(
            f"nation.course.{key}_since", since=_dated(s, now["indicator"], reached["time_period"].iloc[-1]), **said
        )
    before, value = a_year_before(s, now["indicator"], "nation", "CN", now["time_period"])
    return s.text(
        "nation.course.year",
        before=in_words(s, now["indicator"], value),
        year=_dated(s, now["indicator"], before),
        **said,
    )


def _dated(s: Snapshot, code: str, period: str) -> str:
    """Name a period of a national indicator: January to the month, where it is of the year so far."""
    return s.period(period, basis=entry_basis(s, code, "nation"))
