"""For the analyst: one indicator for chosen units, as a chart and as a table, and a panel to choose from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.exhibits.charts.lines import lines_over_time
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.past import past
from fourpillars.exhibits.rows import dressed, in_words, of_kind, some
from fourpillars.exhibits.show import STATIC
from fourpillars.exhibits.tables import Column, html_table
from fourpillars.indicators.frame import KINDS

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit
    from fourpillars.exhibits.snapshot import Snapshot

SINCE = "2021-01"
SAID = 3
"""Units whose latest figures stand in the title."""
TOLD_APART = 6
"""Lines that colour and dashes can tell apart; of more, the first is in colour and the others grey."""
MOST_COLUMNS = 6
MOST_PERIODS = 36


def panel(s: Snapshot) -> Any:
    """Open a panel to choose indicator, units, period and chart with the mouse alone.

    Returns
    -------
    Explorer or Exhibit
        Its attribute `exhibit` is what it shows at the moment, with the data. Where there are no widgets, or
        an edition is being made, the chart of the first choice.
    """
    if os.environ.get(STATIC):
        return _first(s)
    try:
        from fourpillars.exhibits.explorer import Explorer
    except ImportError:
        return _first(s)
    return Explorer(s)


def lines(s: Snapshot, indicator: str, kind: str, units: Sequence[str], since: str = SINCE) -> Exhibit:
    """Draw an indicator for some units over time.

    Parameters
    ----------
    indicator : str
    kind : {'industry', 'region', 'nation'}
    units : sequence of str
        Activities, areas, or 'CN'.
    since : str
        First month, '2021-01'.

    Raises
    ------
    UnknownNameError
        If there is no such indicator, kind or unit.
    FourPillarsError
        If the indicator is not for the kind, or nothing is published for these units since then.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshot import snapshot
    >>> lines(snapshot("2026-08"), "profit_margin", "industry", ["C31", "C36"], since="2024-01").id
    'fig-profit-margin'
    """
    data = _past(s, indicator, kind, units, since)
    last = data.groupby("code", sort=False).tail(1)
    findings = s.text("separator").join(
        s.text(
            "explore.finding",
            name=row["name"],
            value=in_words(s, indicator, row["value"]),
            period=s.period(row["time_period"]),
        )
        for row in last.head(SAID).to_dict("records")
    )
    title = s.text("explore.title", indicator=s.name(indicator), findings=findings)
    picked = units[0] if len(units) > TOLD_APART else ""
    return s.chart(
        f"fig-{indicator.replace('_', '-')}",
        data=data,
        title=title,
        alt=title,
        vegalite=lines_over_time(data, axis=_axis(s, indicator), lang=s.lang, picked=picked),
        subtitle=s.text(
            "explore.subtitle",
            name=_axis(s, indicator),
            first=s.period(min(data["time_period"])),
            last=s.period(max(data["time_period"])),
        ),
        notes=_nothing_for(s, units, data),
    )


def table(s: Snapshot, indicator: str, kind: str, units: Sequence[str], since: str = SINCE) -> Exhibit:
    """List an indicator for some units, the newest period first; arguments as of `lines`."""
    chosen = list(units)[:MOST_COLUMNS]
    data = _past(s, indicator, kind, chosen, since)
    periods = sorted(set(data["time_period"]), reverse=True)
    kept = periods[:MOST_PERIODS]
    data = data[data["time_period"].isin(kept)]
    entry = s.catalogue.indicators[indicator].of(kind)
    wide = data.pivot(index="time_period", columns="code", values="value").reindex(index=kept, columns=chosen)
    columns = [
        Column("period", s.text("label.period")),
        *(Column(code, s.name(code, short=True), "number", entry.unit, entry.decimals) for code in chosen),
    ]
    frame = wide.reset_index().assign(period=[s.period(period) for period in kept])
    left_out = len(units) - len(chosen)
    return s.table(
        f"tbl-{indicator.replace('_', '-')}",
        table_html=html_table(frame, columns, lang=s.lang),
        data=data,
        title=s.text("explore.table", indicator=s.name(indicator), count=len(kept)),
        subtitle=_axis(s, indicator),
        notes=(
            s.text("explore.columns", count=left_out) if left_out > 0 else "",
            s.text("explore.periods", count=len(periods) - len(kept)) if len(periods) > len(kept) else "",
        ),
    )


def ranked(s: Snapshot, indicator: str, kind: str) -> Exhibit:
    """List the units of a kind by an indicator's latest figure, the best first."""
    rows = dressed(s, of_kind(s, kind, [indicator]))
    least_first = s.catalogue.indicators[indicator].polarity < 0
    rows = rows.sort_values("value", ascending=least_first, na_position="last", kind="stable")
    columns = [
        Column("name", s.text(f"kind.{kind}")),
        Column("shown", s.text("label.value"), "number"),
        Column("period", s.text("label.period")),
    ]
    return s.table(
        f"tbl-{indicator.replace('_', '-')}",
        table_html=html_table(rows, columns, lang=s.lang),
        data=rows,
        title=s.text("explore.ranked", indicator=s.name(indicator), count=int(rows["value"].notna().sum())),
        subtitle=_axis(s, indicator),
    )


def indicators_of(s: Snapshot, kind: str, pillar: str) -> list[str]:
    """Return a pillar's indicators for a kind of which anything is known, principal ones first."""
    known = set(of_kind(s, kind).dropna(subset=["value"])["indicator"])
    entries = [
        entry.of(kind) for entry in s.catalogue.indicators.values() if entry.pillar == pillar and kind in entry.kinds
    ]
    return [entry.code for entry in sorted(entries, key=lambda entry: not entry.principal) if entry.code in known]


def suggested(s: Snapshot, kind: str) -> list[str]:
    """Return units to begin with: main divisions of key industries, or the foremost industrial provinces."""
    if kind == "nation":
        return ["CN"]
    if kind == "region":
        return list(s.catalogue.major_provinces.reset_index()["ref_area"].astype(str))[:SAID]
    divisions = s.catalogue.key_industries
    return list(dict.fromkeys(divisions.loc[divisions["coverage"] == "primary", "activity"].astype(str)))[:SAID]


def _first(s: Snapshot) -> Exhibit:
    kind = KINDS[0]
    return lines(s, indicators_of(s, kind, s.catalogue.pillars[0].code)[0], kind, suggested(s, kind))


def _past(s: Snapshot, indicator: str, kind: str, units: Sequence[str], since: str) -> pd.DataFrame:
    if kind not in KINDS:
        raise UnknownNameError.of("kind", kind, KINDS)
    if not units:
        raise FourPillarsError(s.text("explore.choose"))
    allowed = s.catalogue.units_of(kind)
    for unit in units:
        if unit not in allowed:
            raise UnknownNameError.of(kind, unit, allowed)
    data = past(s, indicator, kind, units, since=since)
    if data.empty:
        raise FourPillarsError(
            s.text(
                "explore.nothing",
                indicator=s.name(indicator),
                since=s.period(since),
                names=some(s, [s.name(unit, short=True) for unit in units]),
            )
        )
    return data


def _axis(s: Snapshot, indicator: str) -> str:
    unit = unit_label(s.catalogue.indicators[indicator].unit, s.lang)
    name = s.name(indicator, short=True)
    return s.text("ranking.axis", name=name, unit=unit) if unit else name


def _nothing_for(s: Snapshot, units: Sequence[str], data: pd.DataFrame) -> tuple[str, ...]:
    without = [s.name(unit, short=True) for unit in units if unit not in set(data["code"])]
    return (s.text("explore.without", names=some(s, without)),) if without else ()
