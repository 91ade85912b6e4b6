"""For the analyst: one indicator for chosen units, as a chart, a table and a frame, and a panel to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.lines import lines_over_time
from fourpillars.exhibits.explore_rows import MEDIAN, SINCE, beside_rows, chosen_rows, measured
from fourpillars.exhibits.figures import basis_of
from fourpillars.exhibits.rows import dressed, entry_basis, in_words, of_kind, some
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit
    from fourpillars.exhibits.explore_panel import StillPanel
    from fourpillars.exhibits.explorer import Explorer
    from fourpillars.exhibits.snapshots import Snapshot

SAID = 3
"""Units whose latest figures stand in the title."""
TOLD_APART = 6
"""Lines that colour and dashes can tell apart; of more, the first is in colour and the others grey."""
MOST_COLUMNS = 6
MOST_PERIODS = 36


def panel(s: Snapshot) -> Explorer | StillPanel:
    """Open a panel to choose indicator, units, period, comparison and chart with the mouse alone.

    Returns
    -------
    Explorer or StillPanel
        Its `exhibit` is what it shows at the moment, `frame` the figures, `code` what makes them again. Where
        there are no widgets, or nobody to use them, it is the first choice alone.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> type(panel(snapshot("2026-08"))).__name__ in ("Explorer", "StillPanel")
    True
    """
    from fourpillars.exhibits.explore_panel import open_panel

    return open_panel(s)


def lines(
    s: Snapshot,
    indicator: str,
    kind: str,
    units: Sequence[str],
    since: str = SINCE,
    until: str = "",
    against: str = "nothing",
) -> Exhibit:
    """Draw an indicator for some units over time.

    Parameters
    ----------
    indicator : str
        Its code in the catalogue: ``list(s.catalogue.indicators)``.
    kind : {'industry', 'region', 'nation'}
    units : sequence of str
        Activities, areas, or 'CN'.
    since, until : str
        First and last month, '2021-01'; `until` is the edition's month where it is empty.
    against : {'nothing', 'nation', 'median'}
        A grey line to hold them against: the nation's figure, or the median of all units of the kind.

    Raises
    ------
    UnknownNameError
        If there is no such indicator, kind, unit or comparison.
    FourPillarsError
        If the indicator is not for the kind, or nothing is published for these units in that time.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> lines(snapshot("2026-08"), "profit_margin", "industry", ["C31", "C36"], since="2024-01").id
    'fig-profit-margin'
    """
    data = chosen_rows(s, indicator, kind, units, since, until)
    beside = beside_rows(s, indicator, kind, against, data, since, until)
    title = s.text("explore.title", indicator=s.name(indicator), findings=_findings(s, indicator, data))
    drawn = pd.concat([data, beside], ignore_index=True) if len(beside) else data
    return s.chart(
        f"fig-{indicator.replace('_', '-')}",
        data=drawn,
        title=title,
        alt=title,
        vegalite=lines_over_time(
            drawn,
            axis=measured(s, indicator),
            lang=s.lang,
            picked=units[0] if len(units) > TOLD_APART else "",
            colours=dict.fromkeys(beside["code"], load_brand().colours["grey"]),
        ),
        subtitle=s.text(
            "explore.subtitle",
            name=measured(s, indicator),
            first=s.period(min(data["time_period"])),
            last=s.period(max(data["time_period"])),
        ),
        notes=_notes(s, units, data, against, beside),
    )


def table(
    s: Snapshot,
    indicator: str,
    kind: str,
    units: Sequence[str],
    since: str = SINCE,
    until: str = "",
    against: str = "nothing",
) -> Exhibit:
    """List an indicator for some units, the newest period first; arguments as of `lines`.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> table(snapshot("2026-08"), "pmi", "nation", ["CN"], since="2026-06").title
    "Purchasing managers' index of manufacturing: the latest 2 periods"
    """
    chosen = list(units)[:MOST_COLUMNS]
    data = chosen_rows(s, indicator, kind, chosen, since, until)
    beside = beside_rows(s, indicator, kind, against, data, since, until)
    data = pd.concat([data, beside], ignore_index=True) if len(beside) else data
    shown = [*chosen, *dict.fromkeys(beside["code"])]
    periods = sorted(set(data["time_period"]), reverse=True)
    kept = periods[:MOST_PERIODS]
    data = data[data["time_period"].isin(kept)]
    entry = s.catalogue.indicators[indicator].of(kind)
    wide = data.pivot(index="time_period", columns="code", values="value").reindex(index=kept, columns=shown)
    columns = [
        Column("period", s.text("label.period")),
        *(Column(code, _name(s, code), "number", entry.unit, entry.decimals) for code in shown),
    ]
    left_out = len(units) - len(chosen)
    basis = entry_basis(s, indicator, kind)
    return s.table(
        f"tbl-{indicator.replace('_', '-')}",
        table_html=html_table(
            wide.reset_index().assign(period=[s.period(period, basis=basis) for period in kept]), columns, lang=s.lang
        ),
        data=data,
        title=s.text("explore.table", indicator=s.name(indicator), count=len(kept)),
        subtitle=measured(s, indicator),
        notes=(
            s.text("explore.columns", count=left_out) if left_out > 0 else "",
            s.text("explore.periods", count=len(periods) - len(kept)) if len(periods) > len(kept) else "",
        ),
    )


def frame(
    s: Snapshot,
    indicator: str,
    kind: str,
    units: Sequence[str] = (),
    since: str = SINCE,
    until: str = "",
    against: str = "nothing",
) -> pd.DataFrame:
    """Return an indicator for some units as a frame to go on from, arguments as of `lines`.

    Parameters
    ----------
    units : sequence of str
        Empty: all of the kind of which anything is published.

    Returns
    -------
    DataFrame
        A row a period, a column a unit, by name; its columns are named after the indicator and its unit.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> shown = frame(snapshot("2026-08"), "pmi", "nation", since="2026-07")
    >>> shown.columns.name, float(shown.loc["2026-07", "China"])
    ('Manufacturing PMI, diffusion index, 50 = no change', 49.2)
    """
    data = chosen_rows(s, indicator, kind, units or s.catalogue.units_of(kind), since, until)
    beside = beside_rows(s, indicator, kind, against, data, since, until)
    rows = pd.concat([data, beside], ignore_index=True) if len(beside) else data
    wide = rows.pivot(index="time_period", columns="code", values="value")[[*dict.fromkeys(rows["code"])]]
    wide = wide.set_axis([_name(s, code) for code in wide.columns], axis="columns")
    return wide.rename_axis(index=s.text("label.period"), columns=measured(s, indicator))


def ranked(s: Snapshot, indicator: str, kind: str) -> Exhibit:
    """List the units of a kind by an indicator's latest figure, the best first.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> ranked(snapshot("2026-08"), "profit_margin", "industry").id
    'tbl-profit-margin'
    """
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
        subtitle=measured(s, indicator),
    )


def indicators_of(s: Snapshot, kind: str, pillar: str) -> list[str]:
    """Return a pillar's indicators for a kind of which anything is known, principal ones first.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> indicators_of(snapshot("2026-08"), "nation", "growth")[:2]
    ['enterprises_growth', 'little_giants']
    """
    known = set(of_kind(s, kind).dropna(subset=["value"])["indicator"])
    entries = [
        entry.of(kind) for entry in s.catalogue.indicators.values() if entry.pillar == pillar and kind in entry.kinds
    ]
    return [entry.code for entry in sorted(entries, key=lambda entry: not entry.principal) if entry.code in known]


def suggested(s: Snapshot, kind: str) -> list[str]:
    """Return units to begin with: main divisions of key industries, or the foremost industrial provinces.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> suggested(snapshot("2026-08"), "region")[:2]
    ['440000', '320000']
    """
    if kind == "nation":
        return ["CN"]
    if kind == "region":
        return list(s.catalogue.major_provinces.reset_index()["ref_area"].astype(str))[:SAID]
    divisions = s.catalogue.key_industries
    return list(dict.fromkeys(divisions.loc[divisions["coverage"] == "primary", "activity"].astype(str)))[:SAID]


def _findings(s: Snapshot, indicator: str, data: pd.DataFrame) -> str:
    last = data.groupby("code", sort=False).tail(1)
    return s.text("separator").join(
        s.text(
            "explore.finding",
            name=row["name"],
            value=in_words(s, indicator, row["value"]),
            period=s.period(row["time_period"], basis=basis_of(s, indicator, row["code"], row["time_period"])),
        )
        for row in last.head(SAID).to_dict("records")
    )


def _name(s: Snapshot, code: str) -> str:
    return s.text("label.median") if code == MEDIAN else s.name(code, short=True)


def _notes(
    s: Snapshot, units: Sequence[str], data: pd.DataFrame, against: str, beside: pd.DataFrame
) -> tuple[str, ...]:
    """Say of whom nothing is published, and that a comparison cannot be drawn."""
    without = [s.name(unit, short=True) for unit in units if unit not in set(data["code"])]
    lacking = against != "nothing" and beside.empty and list(units) != ["CN"]
    return (
        s.text("explore.without", names=some(s, without)) if without else "",
        s.text(f"explore.no_{against}") if lacking else "",
    )
