"""How far the ranking depends on choices: intervals, indicators left out, other choices, weights in truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.ranked import ranked_dots
from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.intervals import interval_rows, said_of_all
from fourpillars.exhibits.knowledge import KINDS
from fourpillars.exhibits.robustness_figures import OTHERS, SOBOL, figures
from fourpillars.exhibits.robustness_tables import figures_frame, figures_table, has, largest
from fourpillars.exhibits.standing import node_name, score_rows, score_sources
from fourpillars.exhibits.tables import Column

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot


def ranks(s: Snapshot, kind: str) -> Exhibit:
    """Draw every overall rank with its interval.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> ranks(snapshot("2026-08"), "region").id
    'fig-ranks-region'
    """
    rows = score_rows(s, kind, [OVERALL])
    known = rows.dropna(subset=["value"]).sort_values(["place", "code"])
    subtitle = s.text("robustness.ranks.subtitle", edition=s.period(s.edition))
    if known.empty:
        return nothing(s, f"txt-ranks-{kind}", s.text("label.overall"), (s.text("robustness.ranks.none"),))
    own = s.intervals[kind].loc[OVERALL]
    title = s.text(f"robustness.ranks.title.{kind}", count=int(own["robust"].sum()), total=len(own))
    drawn = known.assign(
        indicator="rank:" + known["indicator"],
        value=known["place"].astype(float),
        low=known["rank_low"],
        high=known["rank_high"],
        shown=[f"{int(place)} [{between}]" for place, between in zip(known["place"], known["between"], strict=True)],
    )
    return s.chart(
        f"fig-ranks-{kind}",
        vegalite=ranked_dots(drawn, axis=s.text("robustness.ranks.axis"), lang=s.lang, ascending=True, choose=True),
        data=pd.concat([drawn, interval_rows(known)], ignore_index=True),
        title=title,
        subtitle=subtitle,
        alt=s.text("robustness.ranks.alt", title=title),
        notes=said_of_all(s, kind),
        source_ids=score_sources(s, kind),
    )


def left_out(s: Snapshot) -> Exhibit:
    """Say how far ranks move when a pillar or an indicator is left out.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> left_out(snapshot("2026-08")).id
    'tbl-left-out'
    """
    found = figures(s.known)
    pillars = [pillar.code for pillar in s.catalogue.pillars]
    scored = [code for code in s.catalogue.indicators if any(has(found, "left_out_mean", k, code) for k in KINDS)]
    codes = [
        *(code for code in pillars if any(has(found, "left_out_mean", k, code) for k in KINDS)),
        *scored,
    ]
    frame = figures_frame(s, codes, ("left_out_mean", "left_out_most"))
    frame["name"] = [node_name(s, code) for code in codes]
    frame["group"] = [s.text(f"robustness.left_out.{'pillars' if c in pillars else 'indicators'}") for c in codes]
    columns = [Column("name", s.text("robustness.left_out.what"))]
    for kind in KINDS:
        columns += [
            Column(
                f"left_out_mean:{kind}",
                s.text("robustness.left_out.mean"),
                "number",
                decimals=1,
                spanner=s.text(f"robustness.spanner.{kind}"),
            ),
            Column(
                f"left_out_most:{kind}",
                s.text("robustness.left_out.most"),
                "number",
                decimals=0,
                spanner=s.text(f"robustness.spanner.{kind}"),
            ),
        ]
    name, kind, change = largest(found, "left_out_mean", scored)
    title = (
        s.text(
            "robustness.left_out.title",
            name=s.name(name, short=True),
            kind=_kinds(s, kind),
            change=s.number(change, decimals=1),
        )
        if name
        else s.text("robustness.ranks.none")
    )
    return figures_table(
        s,
        "tbl-left-out",
        "left_out",
        frame,
        columns,
        title,
        ("left_out_mean", "left_out_most"),
        groups="group",
        note=s.text("robustness.left_out.note"),
    )


def others(s: Snapshot) -> Exhibit:
    """Say how far ranks move under each other choice alone.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> others(snapshot("2026-08")).id
    'tbl-other-choices'
    """
    found, what = figures(s.known), ("other_mean", "other_most", "other_correlation")
    frame = figures_frame(s, list(OTHERS), what)
    frame["name"] = [s.text(f"robustness.others.{name}") for name in OTHERS]
    columns = [Column("name", s.text("robustness.others.what"))]
    places = {"mean": 1, "most": 0, "correlation": 2}
    for kind in KINDS:
        columns += [
            Column(
                f"other_{part}:{kind}",
                s.text(f"robustness.others.{part}"),
                "number",
                decimals=decimals,
                spanner=s.text(f"robustness.spanner.{kind}"),
            )
            for part, decimals in places.items()
        ]
    name, kind, change = largest(found, "other_mean", list(OTHERS))
    title = (
        s.text(
            "robustness.others.title",
            name=s.text(f"robustness.others.{name}"),
            kind=_kinds(s, kind),
            change=s.number(change, decimals=1),
        )
        if name
        else s.text("robustness.ranks.none")
    )
    return figures_table(s, "tbl-other-choices", "others", frame, columns, title, what)


def choices(s: Snapshot) -> Exhibit:
    """Say which choice decides most about the ranks: first-order and total Sobol' indices.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> choices(snapshot("2026-08")).id
    'tbl-choices'
    """
    found, what = figures(s.known), ("sobol_first", "sobol_total")
    frame = figures_frame(s, list(SOBOL), what)
    frame["name"] = [s.text(f"robustness.sobol.{name}") for name in SOBOL]
    columns = [Column("name", s.text("robustness.sobol.what"))]
    for kind in KINDS:
        columns += [
            Column(
                f"sobol_{part}:{kind}",
                s.text(f"robustness.sobol.{part}"),
                "number",
                decimals=2,
                spanner=s.text(f"robustness.spanner.{kind}"),
            )
            for part in ("first", "total")
        ]
    name, kind, _ = largest(found, "sobol_total", list(SOBOL))
    said = s.text(f"robustness.sobol.{name}") if name else ""
    title = (
        s.text("robustness.sobol.title", name=said[:1].upper() + said[1:], kind=_kinds(s, kind))
        if name
        else s.text("robustness.ranks.none")
    )
    note = s.text("robustness.sobol.note", count=_sobol_runs())
    return figures_table(s, "tbl-choices", "sobol", frame, columns, title, what, note=note)


def weights(s: Snapshot) -> Exhibit:
    """Set the effective weights beside the nominal ones: how much of the differences each indicator makes.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> weights(snapshot("2026-08")).id
    'tbl-weights'
    """
    found, what = figures(s.known), ("weight", "influence")
    codes = [code for code in s.catalogue.indicators if any(has(found, "weight", k, code) for k in KINDS)]
    frame = figures_frame(s, codes, what)
    frame["name"] = [s.name(code, short=True) for code in codes]
    frame["group"] = [s.name(s.catalogue.indicators[code].pillar) for code in codes]
    columns = [Column("name", s.text("label.indicator"))]
    for kind in KINDS:
        columns += [
            Column(
                f"weight:{kind}",
                s.text("robustness.weights.given"),
                "number",
                decimals=1,
                spanner=s.text(f"robustness.spanner.{kind}"),
            ),
            Column(
                f"influence:{kind}",
                s.text("robustness.weights.influence"),
                "number",
                decimals=1,
                spanner=s.text(f"robustness.spanner.{kind}"),
            ),
        ]
    name, kind, share = largest(found, "influence", codes)
    title = (
        s.text(
            "robustness.weights.title",
            name=s.name(name, short=True),
            kind=_kinds(s, kind),
            influence=s.number(share, "pct", decimals=0),
        )
        if name
        else s.text("robustness.ranks.none")
    )
    return figures_table(
        s,
        "tbl-weights",
        "weights",
        frame,
        columns,
        title,
        what,
        groups="group",
        note=s.text("robustness.weights.note"),
    )


def _kinds(s: Snapshot, kind: str) -> str:
    return s.text(f"robustness.kinds.{kind}")


def _sobol_runs() -> int:
    from fourpillars.exhibits.robustness_figures import SOBOL_SAMPLE

    return SOBOL_SAMPLE * (len(SOBOL) + 2)
