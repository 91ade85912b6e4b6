"""The profile of one industry or province: its headline, its figures, its past five years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.multiples import small_multiples
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.figures import (
    bare,
    basis_of,
    companion,
    earlier_rows,
    figures,
    nation_rows,
    rank_rows,
    rank_text,
    with_unit,
)
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.nation import gaps_of_indicators
from fourpillars.exhibits.past import past
from fourpillars.exhibits.profile_headline import headline
from fourpillars.exhibits.rows import in_words, kind_of
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

__all__ = ["headline", "history", "table"]

YEARS = 5
PANELS = 9
"""Small charts in one figure: three rows of three."""
FEWEST_POINTS = 3


def table(s: Snapshot, code: str) -> Exhibit:
    """List a unit's current figures by pillar: rank, nation's, a year before, warning; name those it lacks.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08"), "C31").id
    'tbl-figures'
    """
    kind = kind_of(s, code)
    every = figures(s, code)
    rows = every[every["status"] == "ok"].reset_index(drop=True)
    if rows.empty:
        return nothing(s, "txt-figures", s.name(code), gaps_of_indicators(s, every, len(every)))
    nation, earlier = _bare(s, nation_rows(s, rows)), _bare(s, earlier_rows(s, rows, code))
    rows = _bare(s, rows).assign(
        group=[s.name(pillar) for pillar in rows["pillar"]],
        label=[with_unit(s, indicator) for indicator in rows["indicator"]],
        rank=[rank_text(s, rank, of) for rank, of in zip(rows["place"], rows["of"], strict=True)],
        nation=nation["shown"],
        before=earlier["shown"],
        when=_when(s, rows),
        warning=_warnings(s, code, rows),
    )
    columns = [
        Column("label", s.text("label.indicator")),
        Column("shown", s.text("profile.latest"), "number"),
        Column("when", s.text("label.period")),
        Column("rank", s.text("label.rank"), "number"),
        Column("nation", s.text(f"profile.whole.{kind}"), "number"),
        Column("before", s.text("profile.year_before"), "number"),
        Column("warning", s.text("profile.warning")),
    ]
    data = pd.concat(
        [rows, rank_rows(s, rows), nation.dropna(subset=["value"]), earlier.dropna(subset=["value"])],
        ignore_index=True,
    )
    return s.table(
        "tbl-figures",
        table_html=html_table(rows, columns, lang=s.lang, groups="group"),
        data=data,
        title=_finding(s, code, rows, len(every)),
        subtitle=s.text(f"profile.table.subtitle.{kind}", edition=s.period(s.edition)),
        notes=gaps_of_indicators(s, every, len(every)),
    )


def history(s: Snapshot, code: str) -> Exhibit:
    """Draw the past five years of a unit's principal monthly figures, the nation's grey beside them.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> history(snapshot("2026-08"), "440000").id
    'fig-history'
    """
    kind = kind_of(s, code)
    since = f"{int(s.edition[:4]) - YEARS}{s.edition[4:]}"
    known = figures(s, code)
    principal = known[known["principal"] & (known["status"] != "missing")].sort_values("status", kind="stable")[
        "indicator"
    ]
    if kind == "region":  # the provinces' rate is the month's, and so is the nation's beside it
        principal = principal.replace("va_growth", "va_growth_month")
    status = known.set_index("indicator")["status"].to_dict()
    parts: list[pd.DataFrame] = []
    ended: list[str] = []
    for indicator in principal:
        entry = s.catalogue.indicators[indicator].of(kind)
        if entry.frequency != "M" or not entry.polarity:
            continue  # a share that is neither good nor bad says nothing of the course
        own = past(s, indicator, kind, [code], since=since)
        if len(own) < FEWEST_POINTS:
            continue
        whole = companion(s, indicator, own, since)
        if status[indicator] == "stale":
            ended.append(
                s.text("profile.history.ended", name=s.name(indicator, short=True), period=own["period"].iloc[-1])
            )
        parts += [own.assign(companion=False), whole.assign(companion=True)]
    subtitle = s.text(f"profile.history.subtitle.{kind}", since=s.period(since), edition=s.period(s.edition))
    if not parts:
        why = s.text("profile.history.none", name=s.name(code))
        return s.prose("txt-history", title=why, subtitle=subtitle, markdown=literal(why + s.text("stop")))
    data = pd.concat(parts[: 2 * PANELS], ignore_index=True)
    drawn = data.assign(code=data["indicator"], name=[s.name(indicator, short=True) for indicator in data["indicator"]])
    last = data[~data["companion"]].groupby("indicator", sort=False).tail(1)
    findings = join(
        [
            s.text(
                "profile.history.item",
                name=s.name(row["indicator"], short=True),
                value=row["shown"],
                period=row["period"],
            )
            for row in last[["indicator", "shown", "period"]].to_dict("records")
        ],
        s.lang,
    )
    return s.chart(
        "fig-history",
        vegalite=small_multiples(drawn, lang=s.lang, own_scales=True, zero=True),
        data=data,
        title=_course(s, code, data),
        subtitle=subtitle,
        alt=s.text("profile.history.alt", findings=findings),
        notes=(s.text("separator").join(ended) + s.text("stop"),) if ended else (),
    )


def _bare(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        shown=[bare(s, indicator, value) for indicator, value in zip(rows["indicator"], rows["value"], strict=True)]
    )


def _when(s: Snapshot, rows: pd.DataFrame) -> list[str]:
    """Say the period of each figure, shortly and on one line."""
    return [s.period(observed, short=True).replace(" ", "\u00a0") for observed in rows["observed_period"]]


def _warnings(s: Snapshot, code: str, rows: pd.DataFrame) -> list[str]:
    from fourpillars.exhibits.alerts import active

    found = active(s)
    level = found[found["code"] == code].set_index("indicator")["level"]
    return [s.text(f"level.{level[indicator]}") if indicator in level.index else "" for indicator in rows["indicator"]]


def _finding(s: Snapshot, code: str, rows: pd.DataFrame, total: int) -> str:
    """Say in how many of its ranked figures the unit stands in the better half."""
    ranked = rows.dropna(subset=["place"])
    if ranked.empty:
        return s.text("profile.table.unranked", name=s.name(code, short=True), current=len(rows), total=total)
    better = int((ranked["place"] <= ranked["of"] / 2).sum())
    return s.text("profile.table.title", name=s.name(code, short=True), better=better, ranked=len(ranked))


def _course(s: Snapshot, code: str, data: pd.DataFrame) -> str:
    """Say what the first chart shows: the latest figure between lowest and highest of the five years."""
    own = data[(data["indicator"] == data["indicator"].iloc[0]) & ~data["companion"]]
    now, low, high = own.iloc[-1], own.loc[own["value"].idxmin()], own.loc[own["value"].idxmax()]
    said = {
        "name": s.name(code, short=True),
        "indicator": s.name(now["indicator"]),
        "period": s.period(now["time_period"], basis=basis_of(s, now["indicator"], code, now["time_period"])),
        "value": in_words(s, now["indicator"], now["value"]),
    }
    if now["value"] in (low["value"], high["value"]):
        return s.text("profile.course.lowest" if now["value"] == low["value"] else "profile.course.highest", **said)
    return s.text(
        "profile.course.between",
        low=in_words(s, now["indicator"], low["value"]),
        low_period=low["period"],
        high=in_words(s, now["indicator"], high["value"]),
        high_period=high["period"],
        **said,
    )
