"""Peers: the units most like one in structure, and how they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.figures import compared
from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.language import join
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.rows import address, dressed, kind_of, place
from fourpillars.exhibits.standing import score_rows, score_sources
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

FIGURES = {
    "industry": ("va_growth", "revenue_growth", "profit_margin", "rd_intensity"),
    "region": ("va_growth", "fai_growth", "trade_share", "rd_intensity_gdp"),
}
MOST_FIGURES = 2


def table(s: Snapshot, code: str) -> Exhibit:
    """List the five nearest units by structure, with their distance, scores and a few figures.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08"), "C31").id
    'tbl-peers'
    """
    from fourpillars.indicators.peers import nearest

    kind = kind_of(s, code)
    shape = structure_of(s.known, kind)
    found = nearest(shape, code)
    used = list(shape.columns[shape.loc[code].notna()])
    subtitle = s.text("peers.subtitle", edition=s.period(s.edition))
    if found.empty:
        why = s.text("peers.none", name=s.name(code))
        return s.prose("txt-peers", title=why, subtitle=subtitle, markdown=literal(why + s.text("stop")))
    order = [code, *found.index]
    scores, figures = _scores(s, kind, order), _figures(s, kind, order)
    wide = pd.DataFrame(
        {
            "name": [s.name(unit, short=True) for unit in order],
            "href": ["", *(address(kind, unit, "../") for unit in found.index)],
            "distance": [s.text("missing"), *(s.number(value, decimals=2) for value in found)],
        },
        index=order,
    )
    columns = [
        Column("name", s.text(f"kind.{kind}"), href="href"),
        Column("distance", s.text("peers.distance"), "number"),
    ]
    for node in [*(pillar.code for pillar in s.catalogue.pillars), OVERALL]:
        wide[node], wide[f"{node}:heat"] = (
            _of_units(scores, "shown", node, order),
            _of_units(scores, "value", node, order),
        )
        head = s.text("label.overall") if node == OVERALL else s.name(node, short=True)
        columns.append(Column(node, head, "number", spanner=s.text("label.score"), heat=f"{node}:heat"))
    for indicator in dict.fromkeys(figures["indicator"]):
        wide[indicator] = _of_units(figures, "shown", indicator, order)
        columns.append(Column(indicator, s.name(indicator, short=True), "number"))
    names = [s.name(unit, short=True) for unit in found.index]
    return s.table(
        "tbl-peers",
        table_html=html_table(wide, columns, lang=s.lang, picked=[code]),
        data=pd.concat([_distances(s, found, wide), scores, figures], ignore_index=True),
        subtitle=subtitle,
        title=s.text("peers.title", name=s.name(code, short=True), nearest=names[0], others=join(names[1:], s.lang))
        if len(names) > 1
        else s.text("peers.title_one", name=s.name(code, short=True), nearest=names[0]),
        source_ids=score_sources(s, kind, order),
        notes=(
            s.text("peers.note", dimensions=join([s.name(name) for name in used], s.lang)),
            s.text("peers.periods", periods=_periods(s, figures)),
        ),
    )


@shared
def structure_of(known: Knowledge, kind: str) -> pd.DataFrame:
    """Return the standardised structure of all units of a kind at an edition.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> structure_of(snapshot("2026-08").known, "region").shape[0]
    31
    """
    from fourpillars.indicators.peers import structure

    return structure(known.frame, known.observations, kind, known.catalogue.units_of(kind))


def _scores(s: Snapshot, kind: str, units: list[str]) -> pd.DataFrame:
    rows = score_rows(s, kind, root="../")
    return rows[rows["code"].isin(units)]


def _of_units(rows: pd.DataFrame, column: str, indicator: str, order: list[str]) -> list:
    """Return a column of an indicator's rows in the order of units, NaN for one without a row."""
    own = rows["indicator"].to_numpy() == indicator
    found = dict(zip(rows["code"].to_numpy()[own], rows[column].to_numpy()[own], strict=True))
    return [found.get(unit, float("nan")) for unit in order]


def _figures(s: Snapshot, kind: str, units: list[str]) -> pd.DataFrame:
    """Return the figures that most of these units have, dressed."""
    rows = compared(s.known, kind)
    rows = rows[rows["indicator"].isin(FIGURES[kind]) & rows["code"].isin(units)]
    current = rows[rows["status"] == "ok"].groupby("indicator").size()
    chosen = [code for code in FIGURES[kind] if current.get(code, 0) * 2 > len(units)][:MOST_FIGURES]
    rows = dressed(s, rows[rows["indicator"].isin(chosen)])
    return rows.sort_values("indicator", key=lambda codes: codes.map(chosen.index), kind="stable")


def _distances(s: Snapshot, found: pd.Series, wide: pd.DataFrame) -> pd.DataFrame:
    where = [place(s, unit) for unit in found.index]
    return pd.DataFrame(
        {
            "indicator": "distance:structure",
            "ref_area": [area for area, _ in where],
            "activity": [activity for _, activity in where],
            "time_period": s.edition,
            "value": found.to_numpy(),
            "unit": "",
            "shown": wide.loc[found.index, "distance"].to_numpy(),
        }
    )


def _periods(s: Snapshot, figures: pd.DataFrame) -> str:
    parts = []
    for indicator, rows in figures.groupby("indicator", sort=False):
        periods = sorted({period for period in rows["time_period"] if period})
        parts.append(
            s.text(
                "peers.period",
                name=s.name(indicator, short=True),
                period=join([s.period(period) for period in periods], s.lang),
            )
        )
    return s.text("separator").join(parts)
