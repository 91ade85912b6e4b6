"""Warnings: what is turning bad, for whom, by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.rows import address, figure, kind_of
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

MOST_ROWS = 40
"""Warnings one table lists; what is beyond is counted."""


def overview(s: Snapshot) -> Exhibit:
    """List the nation's warnings and watches, and the warnings of industries and provinces on principal indicators.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> overview(snapshot("2026-08")).id
    'tbl-warnings'
    """
    found = active(s)
    return _table(s, found[notable(s, found)], "tbl-warnings", found)


def table(s: Snapshot, pillar: str) -> Exhibit:
    """List the warnings on a pillar's indicators.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08"), "stability").id
    'tbl-warnings'
    """
    found = active(s)
    own = found[[s.catalogue.indicators[code].pillar == pillar for code in found["indicator"]]]
    national = own["code"] == "CN"
    return _table(s, own[national | (own["level"] == "warn")], "tbl-warnings", own)


def entity(s: Snapshot, code: str) -> Exhibit:
    """List the warnings and watches of one industry or province.

    Parameters
    ----------
    code : str
        An industry, 'C31', or a province, '440000'.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> entity(snapshot("2026-08"), "C31").kind
    'table'
    """
    found = active(s)
    return _table(s, found[found["code"] == code], "tbl-warnings", found[found["code"] == code], one=True)


def notable(s: Snapshot, found: pd.DataFrame) -> pd.Series:
    """Say which of some warnings a page on everybody names: the nation's, and others' on principal indicators.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> found = active(snapshot("2026-08"))
    >>> int(notable(snapshot("2026-08"), found).sum()) < len(found)
    True
    """
    principal = [s.catalogue.indicators[code].principal for code in found["indicator"]]
    return (found["code"] == "CN") | (pd.Series(principal, found.index, dtype=bool) & (found["level"] == "warn"))


def active(s: Snapshot) -> pd.DataFrame:
    """Return the watches and warnings in force: the nation's first, warnings before watches.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> sorted(set(active(snapshot("2026-08"))["level"]))
    ['warn', 'watch']
    """
    return _active(s.known)


@shared
def _active(known: Knowledge) -> pd.DataFrame:
    found = known.warnings[known.warnings["level"] != "none"]
    regional, total = found["ref_area"] != "CN", found["activity"] == "B-D"
    code = found["ref_area"].where(regional, found["activity"].where(~total, "CN"))
    found = found.assign(code=code, group=(regional * 2 + (~regional & ~total) * 1), calm=found["level"] != "warn")
    return found.sort_values(["group", "calm", "indicator", "code"], kind="stable").reset_index(drop=True)


def counts(found: pd.DataFrame) -> tuple[int, int]:
    """Return how many warnings and how many watches there are.

    Examples
    --------
    >>> counts(pd.DataFrame({"level": ["watch", "warn", "warn"]}))
    (2, 1)
    """
    return int((found["level"] == "warn").sum()), int((found["level"] == "watch").sum())


def _table(s: Snapshot, listed: pd.DataFrame, id: str, of: pd.DataFrame, *, one: bool = False) -> Exhibit:
    warns, watches = counts(of)
    beyond = len(of) - min(len(listed), MOST_ROWS)
    listed = _with_sources(s, listed.head(MOST_ROWS))
    title = (
        s.text("alerts.none")
        if of.empty
        else s.text(
            "alerts.title", warns=s.text("alerts.warns", count=warns), watches=s.text("alerts.watches", count=watches)
        )
    )
    if listed.empty:
        return _none(s, title, beyond)
    shown = listed.assign(
        name=[s.text("kind.nation") if code == "CN" else s.name(code, short=True) for code in listed["code"]],
        href=["" if one or code == "CN" else address(kind_of(s, code), code) for code in listed["code"]],
        label=[s.name(code, short=True) for code in listed["indicator"]],
        shown=[figure(s, code, value) for code, value in zip(listed["indicator"], listed["value"], strict=True)],
        limit=[figure(s, code, value) for code, value in zip(listed["indicator"], listed["threshold"], strict=True)],
        word=[s.text(f"level.{level}") for level in listed["level"]],
        rule=[s.text(f"alerts.rule.{rule}") for rule in listed["rule"]],
        when=[s.period(period, short=True) for period in listed["observed_period"]],
        time_period=listed["observed_period"],
        unit=[s.catalogue.indicators[code].unit for code in listed["indicator"]],
    )
    columns = [
        Column("label", s.text("label.indicator")),
        Column("shown", s.text("label.value"), "number"),
        Column("when", s.text("label.period")),
        Column("limit", s.text("alerts.threshold"), "number"),
        Column("word", s.text("alerts.level")),
        Column("rule", s.text("alerts.rule_head")),
    ]
    named = Column("name", s.text("label.name"), href="href")
    return s.table(
        id,
        table_html=html_table(shown, columns if one else [named, *columns], lang=s.lang),
        data=shown,
        title=title,
        subtitle=s.text("alerts.subtitle", edition=s.period(s.edition)),
        notes=(s.text("alerts.beyond", count=beyond),) if beyond > 0 else (),
    )


def _none(s: Snapshot, title: str, beyond: int) -> Exhibit:
    """Say that there is nothing to list: no warning at all, or only such as other pages have."""
    more = [s.text("alerts.beyond", count=beyond)] if beyond > 0 else []
    space = " " if s.lang == "en" else ""
    return s.prose("txt-warnings", title=title, markdown=literal(space.join([title + s.text("stop"), *more])))


@shared
def _sources(known: Knowledge) -> dict[tuple[str, str, str], str]:
    """Return the sources of every figure by its indicator, area and activity."""
    return known.by_unit["source_ids"].to_dict()


def _with_sources(s: Snapshot, listed: pd.DataFrame) -> pd.DataFrame:
    ids = _sources(s.known)
    keys = zip(listed["indicator"], listed["ref_area"], listed["activity"], strict=True)
    return listed.assign(source_ids=[ids.get(key, "") for key in keys])
