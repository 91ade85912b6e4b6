"""Rankings: a pillar's score or one indicator, all units on one scale; and the table of all figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.ranked import ranked_dots
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import is_missing, unit_label
from fourpillars.exhibits.intervals import interval_rows, said_of_all, spans
from fourpillars.exhibits.language import join
from fourpillars.exhibits.rows import address, dressed, gaps, in_words, of_kind, without_units
from fourpillars.exhibits.standing import node_name, ranked_codes, score_gaps, score_rows, score_sources
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.catalogue.indicator import Indicator
    from fourpillars.exhibits.snapshots import Snapshot

MOST_COLUMNS = 6
"""Indicators a table has room for on paper."""


def scores(s: Snapshot, kind: str, pillar: str, picked: str = "") -> Exhibit:
    """Rank the units of a kind by their score on a pillar.

    Parameters
    ----------
    kind : {'industry', 'region'}
    pillar : {'stability', 'expansion', 'innovation', 'growth', 'overall'}
    picked : str
        The unit in colour, 'C31' or '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> scores(snapshot("2026-08"), "region", "growth", picked="440000").id
    'fig-scores-region'
    """
    rows = score_rows(s, kind, [pillar])
    known = rows.dropna(subset=["value"]).sort_values(["value", "code"], ascending=[False, True])
    if known.empty:
        return _nobody(s, f"txt-scores-{kind}", node_name(s, pillar), score_gaps(s, rows))
    title = s.text(
        f"ranking.scores.{kind}",
        best=join(list(known["name"].head(3)), s.lang),
        worst=known["name"].iloc[-1],
        total=len(known),
    )
    return s.chart(
        f"fig-scores-{kind}",
        vegalite=ranked_dots(spans(known), axis=s.text("label.score"), lang=s.lang, picked=picked, choose=True),
        data=pd.concat([rows, interval_rows(rows)], ignore_index=True),
        source_ids=score_sources(s, kind, pillar=pillar),
        title=title,
        alt=s.text("ranking.alt", title=title),
        subtitle=s.text("ranking.scores.subtitle", pillar=node_name(s, pillar), edition=s.period(s.edition)),
        notes=(*said_of_all(s, kind, [pillar]), s.text("robustness.bar"), *score_gaps(s, rows)),
    )


def indicator(s: Snapshot, kind: str, code: str, picked: str = "") -> Exhibit:
    """Rank the units of a kind by one indicator, the nation's figure across.

    Parameters
    ----------
    kind : {'industry', 'region'}
    code : str
        An indicator: ``list(s.catalogue.indicators)``.
    picked : str
        The unit in colour, 'C31' or '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> indicator(snapshot("2026-08"), "industry", "profit_margin").id
    'fig-profit-margin-industry'
    """
    entry = s.catalogue.indicators[code].of(kind)
    rows = dressed(s, of_kind(s, kind, [code]))
    known = rows.dropna(subset=["value"])
    name, slug = s.name(code), code.replace("_", "-")
    if known.empty:
        return _nobody(s, f"txt-{slug}-{kind}", name, gaps(s, rows))
    known = known.sort_values(["value", "code"], ascending=[entry.polarity < 0, True])
    nation, label = _nation(s, code, list(known["time_period"]))
    first, last = known.iloc[0], known.iloc[-1]
    title = s.text(
        f"ranking.indicator.{_direction(entry)}",
        name=name,
        first=first["name"],
        last=last["name"],
        first_value=in_words(s, code, first["value"]),
        last_value=in_words(s, code, last["value"]),
    )
    return s.chart(
        f"fig-{slug}-{kind}",
        vegalite=ranked_dots(
            known,
            axis=_axis(s, code),
            lang=s.lang,
            picked=picked,
            reference=nation,
            reference_label=label,
            ascending=entry.polarity < 0,
            choose=True,
        ),
        data=rows,
        title=title,
        alt=s.text("ranking.alt", title=title),
        subtitle=_subtitle(s, code, known),
        notes=gaps(s, rows),
    )


def table(s: Snapshot, kind: str, pillar: str) -> Exhibit:
    """List every unit with its score and rank on a pillar and the figures behind it.

    Parameters
    ----------
    kind : {'industry', 'region'}
    pillar : {'stability', 'expansion', 'innovation', 'growth'}

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08"), "industry", "growth").id
    'tbl-industry'
    """
    standing = score_rows(s, kind, [pillar])
    order = ranked_codes(standing)
    codes = _shown_indicators(s, kind, pillar)
    rows = without_units(s, dressed(s, of_kind(s, kind, codes)))
    wide = (
        standing.set_index("code")
        .loc[order, ["name", "shown", "between", "place", "value"]]
        .rename(columns={"value": "score"})
    )
    wide["href"] = [address(kind, code) for code in order]
    wide["place"] = [s.text("missing") if is_missing(place) else str(int(place)) for place in wide["place"]]
    columns = [
        Column("name", s.text(f"kind.{kind}"), href="href"),
        Column("place", s.text("label.rank"), "number"),
        Column("between", s.text("robustness.interval"), "centre"),
        Column("shown", s.text("label.score"), "number", heat="score"),
    ]
    for code in codes:
        own = rows[rows["indicator"] == code].set_index("code")
        wide[code] = own["value"].reindex(order)
        wide[f"{code}:score"] = s.scores[kind].scores[code].reindex(order) if code in s.scores[kind].scores else None
        entry = s.catalogue.indicators[code]
        columns.append(
            Column(
                code,
                _head(s, code),
                "number",
                entry.unit,
                entry.decimals,
                heat=f"{code}:score" if wide[f"{code}:score"].notna().any() else "",
            )
        )
    return s.table(
        f"tbl-{kind}",
        table_html=html_table(wide, columns, lang=s.lang),
        data=pd.concat([standing, interval_rows(standing), rows], ignore_index=True),
        title=s.text(f"ranking.table.{kind}", pillar=node_name(s, pillar)),
        subtitle=s.text("ranking.table.subtitle", periods=_periods(s, rows)),
        notes=(*said_of_all(s, kind, [pillar]), *(note for code in codes for note in _gaps_of(s, rows, code))),
    )


def _shown_indicators(s: Snapshot, kind: str, pillar: str) -> list[str]:
    """Choose the pillar's indicators that most units have a current figure for, principal and weighty ones first."""
    frame = of_kind(s, kind)
    current = frame[frame["status"] == "ok"].groupby("indicator").size()
    entries = [
        entry.of(kind) for entry in s.catalogue.indicators.values() if entry.pillar == pillar and kind in entry.kinds
    ]
    known = [entry for entry in entries if current.get(entry.code, 0) > 0]
    ordered = sorted(known, key=lambda entry: (not entry.principal, -entry.weight, -current[entry.code]))
    return [entry.code for entry in ordered[:MOST_COLUMNS]]


def _direction(entry: Indicator) -> str:
    return {1: "better", -1: "lower", 0: "neutral"}[entry.polarity]


def _nation(s: Snapshot, code: str, periods: list[str]) -> tuple[float | None, str]:
    """Return the nation's figure for the period most units have, with its label; none where it has another."""
    if "nation" not in s.catalogue.indicators[code].kinds:
        return None, ""
    row = s.value(code, "CN")
    if row["status"] != "ok" or row["observed_period"] != max(set(periods), key=periods.count):
        return None, ""
    return float(row["value"]), s.text("ranking.nation", value=in_words(s, code, row["value"]))


def _axis(s: Snapshot, code: str) -> str:
    unit = unit_label(s.catalogue.indicators[code].unit, s.lang)
    return s.text("ranking.axis", name=s.name(code, short=True), unit=unit) if unit else s.name(code, short=True)


def _head(s: Snapshot, code: str) -> str:
    return _axis(s, code)


def _subtitle(s: Snapshot, code: str, known: pd.DataFrame) -> str:
    return s.text("ranking.indicator.subtitle", name=_axis(s, code), periods=_periods(s, known), count=len(known))


def _periods(s: Snapshot, rows: pd.DataFrame) -> str:
    names = sorted({period for period in rows["time_period"] if period})
    return s.text("separator").join(s.period(period) for period in names)


def _gaps_of(s: Snapshot, rows: pd.DataFrame, code: str) -> list[str]:
    own = gaps(s, rows[rows["indicator"] == code])
    return [s.text("gap.of", name=s.name(code, short=True), sentence=sentence) for sentence in own]


def _nobody(s: Snapshot, id: str, name: str, why: tuple[str, ...]) -> Exhibit:
    """Say that there is nothing to rank, and why."""
    from fourpillars.exhibits.markdown import literal

    title = s.text("ranking.nobody", name=name)
    return s.prose(id, title=title, markdown=literal(" ".join([title + s.text("stop"), *why])))
