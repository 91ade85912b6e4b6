"""Where figures come from and how they are judged: the catalogue and the sources, for readers to check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.exhibits.anchors import anchor_of
from fourpillars.exhibits.composite import weighted
from fourpillars.exhibits.formats import number
from fourpillars.exhibits.knowledge import KINDS
from fourpillars.exhibits.language import join
from fourpillars.exhibits.sources import publisher_name
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.catalogue.indicator import Indicator
    from fourpillars.exhibits.exhibit import Exhibit
    from fourpillars.exhibits.snapshots import Snapshot

_PROVINCIAL = re.compile(r"Bureau of Statistics of .+")
_DATABASE = re.compile(r"NBS database\b")


def indicators(s: Snapshot, pillar: str) -> Exhibit:
    """Say of each indicator of a pillar what it measures, how it is made, and how it is judged.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> indicators(snapshot("2026-08"), "growth").id
    'tbl-indicators-growth'
    """
    entries = [entry for entry in s.catalogue.indicators.values() if entry.pillar == pillar]
    scored = {kind: set(weighted(s.catalogue, kind)) for kind in KINDS}
    usual = _usual_goalposts(s)
    rows = [
        (s.name(entry.code), anchor_of(entry.code), s.text(f"provenance.{key}"), said)
        for entry in entries
        for key, said in _entry(s, entry, scored, usual)
    ]
    frame = pd.DataFrame(rows, columns=["name", "anchor", "what", "said"])
    columns = [Column("what", s.text("provenance.what")), Column("said", s.text("provenance.said"))]
    in_score = sum(any(entry.code in codes for codes in scored.values()) for entry in entries)
    return s.table(
        f"tbl-indicators-{pillar}",
        table_html=html_table(frame, columns, lang=s.lang, groups="name", anchors="anchor", folds=True),
        title=s.text("provenance.indicators.title", pillar=s.name(pillar), total=len(entries), scored=in_score),
        subtitle=s.text("provenance.indicators.subtitle"),
        notes=(s.text("provenance.usual", source=usual),),
    )


def thresholds(s: Snapshot) -> Exhibit:
    """List the thresholds that are stated, and the convention for the rest.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> thresholds(snapshot("2026-08")).id
    'tbl-thresholds'
    """
    stated = list(_stated(s))
    rows = [(s.text("provenance.stated"), *row) for row in stated]
    rows += [
        (
            s.text("provenance.rest"),
            s.text(f"provenance.convention.{key}.name"),
            s.text("provenance.worst_quarter"),
            s.text("provenance.worst_tenth"),
            s.text(f"provenance.convention.{key}.source"),
        )
        for key in ("M", "Q")
    ]
    rows += [
        (
            s.text("provenance.rest"),
            s.text(f"provenance.convention.{key}.name"),
            "",
            "",
            s.text(f"provenance.convention.{key}.source"),
        )
        for key in ("A", "neutral")
    ]
    frame = pd.DataFrame(rows, columns=["group", "name", "watch", "warn", "source"])
    columns = [
        Column("name", s.text("label.indicator")),
        Column("watch", s.text("level.watch"), "number"),
        Column("warn", s.text("level.warn"), "number"),
        Column("source", s.text("provenance.reason")),
    ]
    return s.table(
        "tbl-thresholds",
        table_html=html_table(frame, columns, lang=s.lang, groups="group"),
        title=s.text("provenance.thresholds.title", count=len(stated)),
        subtitle=s.text("provenance.thresholds.subtitle"),
    )


def sources(s: Snapshot) -> Exhibit:
    """Count the documents and figures of each publisher that the edition sees, with their latest dates.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> sources(snapshot("2026-08")).id
    'tbl-sources'
    """
    known = _used(s)
    counted = known.groupby("group", sort=False).agg(
        documents=("title", "size"),
        figures=("figures", "sum"),
        published=("published", "max"),
        vintage=("vintage", "max"),
    )
    counted = counted.sort_values(["figures", "documents"], ascending=False, kind="stable").reset_index()
    for column in ("published", "vintage"):
        counted[column] = [_day(s, day) for day in counted[column]]
    columns = [
        Column("group", s.text("provenance.publisher")),
        Column("documents", s.text("provenance.documents"), "number", decimals=0),
        Column("figures", s.text("provenance.figures"), "number", decimals=0),
        Column("published", s.text("provenance.published")),
        Column("vintage", s.text("provenance.vintage")),
    ]
    undated = known[(known["published"] == "") & (known["vintage"] == "")]
    titles = [str(title) for title in dict.fromkeys(undated["title"])]
    note = (
        s.text("provenance.undated", count=len(undated), titles=s.text("separator").join(titles))
        if len(undated)
        else ""
    )
    return s.table(
        "tbl-sources",
        table_html=html_table(counted, columns, lang=s.lang),
        title=s.text(
            "provenance.sources.title",
            figures=number(known["figures"].sum(), "", s.lang, decimals=0),
            documents=number(len(known), "", s.lang, decimals=0),
            count=len(counted),
        ),
        subtitle=s.text("provenance.sources.subtitle", edition=s.period(s.edition)),
        notes=(note,),
    )


def _entry(s: Snapshot, entry: Indicator, scored: dict[str, set[str]], usual: str) -> Iterator[tuple[str, str]]:
    """Yield what is said of one indicator, as (what, text)."""
    yield "definition", entry.definition[s.lang]
    yield "formula", entry.formula[s.lang]
    for kind in entry.by_kind:
        if entry.of(kind).definition != entry.definition:
            yield f"definition_{kind}", entry.of(kind).definition[s.lang]
        if entry.of(kind).formula != entry.formula:
            yield f"formula_{kind}", entry.of(kind).formula[s.lang]
    kinds = [kind for kind in KINDS if entry.code in scored[kind]]
    yield (
        "unit",
        s.text(
            "provenance.facts" if kinds else "provenance.facts_only",
            unit=s.name(entry.unit),
            direction=s.text(f"provenance.direction.{_turn(entry)}"),
            kinds=join([s.text(f"provenance.kind.{kind}") for kind in entry.kinds], s.lang),
            months=_staleness(s, entry),
        ),
    )
    if kinds:
        yield "score", s.text("separator").join(_in_score(s, entry.of(kind), kind) for kind in kinds)
    if kinds and entry.goalpost_source is not None and entry.goalpost_source[s.lang] != usual:
        yield "goalposts", entry.goalpost_source[s.lang]
    if entry.notes is not None:
        yield "note", entry.notes[s.lang]
    for kind in entry.by_kind:
        if (own := entry.of(kind).notes) is not None and own != entry.notes:
            yield f"note_{kind}", own[s.lang]


def _usual_goalposts(s: Snapshot) -> str:
    """Return where most goalposts come from, in words."""
    entries = s.catalogue.indicators.values()
    told = [entry.goalpost_source[s.lang] for entry in entries if entry.goalpost_source is not None]
    return max(set(told), key=told.count)


def _turn(entry: Indicator) -> str:
    return {1: "higher", -1: "lower", 0: "neither"}[entry.polarity]


def _staleness(s: Snapshot, entry: Indicator) -> str:
    limits = {entry.of(kind).staleness for kind in entry.kinds}
    return s.text("provenance.or").join(s.text("count.months", count=limit) for limit in sorted(limits))


def _in_score(s: Snapshot, here: Indicator, kind: str) -> str:
    """Say an indicator's weight for a kind, and which values are worth 0 and 100."""
    low, high = here.goalposts[kind]
    worst, best = (low, high) if here.polarity >= 0 else (high, low)
    return s.text(
        "provenance.in_score",
        kind=s.text(f"provenance.kind.{kind}"),
        weight=f"{here.weight:g}",
        worst=_plain(s, here, worst),
        best=_plain(s, here, best),
    )


def _plain(s: Snapshot, entry: Indicator, value: float) -> str:
    """Return a number of the method, with no more decimals than it has."""
    decimals = len(f"{value:g}".partition(".")[2])
    return number(value, entry.unit, s.lang, decimals=decimals, signed=False)


def _stated(s: Snapshot) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, watch, warning and source of each stated threshold; kinds that share one stand together."""
    for entry in s.catalogue.indicators.values():
        own: dict[Any, list[str]] = {}
        for kind in entry.kinds:
            if (limits := entry.of(kind).thresholds) is not None and entry.polarity:
                own.setdefault(limits, []).append(kind)
        for limits, kinds in own.items():
            name = s.name(entry.code)
            if len(own) > 1:
                name = s.text(
                    "provenance.for_kinds",
                    name=name,
                    kinds=join([s.text(f"provenance.kind.{kind}") for kind in kinds], s.lang),
                )
            beyond = "below" if entry.polarity > 0 else "above"
            limit = [
                s.text(f"provenance.{beyond}", value=_plain(s, entry, value)) for value in (limits.watch, limits.warn)
            ]
            yield name, *limit, limits.source[s.lang]


def _used(s: Snapshot) -> pd.DataFrame:
    """Return the sources the edition uses, with how many figures each gave and its publisher's group."""
    figures = s.observations.frame["source_id"].astype(str).value_counts()
    known = s.observations.sources.loc[s.observations.sources.index.isin(figures.index)].fillna("").astype(str)
    return known.assign(
        figures=figures.reindex(known.index).astype(int),
        group=[
            _group(s, publisher, title) for publisher, title in zip(known["publisher"], known["title"], strict=True)
        ],
    )


def _group(s: Snapshot, publisher: str, title: str) -> str:
    if _PROVINCIAL.fullmatch(publisher):
        return s.text("provenance.bureaus")
    name = publisher_name(publisher, s.lang)
    return s.text("provenance.database", publisher=name) if _DATABASE.match(title) else name


def _day(s: Snapshot, day: str) -> str:
    from fourpillars.exhibits.dates import date

    return date(day, s.lang)
