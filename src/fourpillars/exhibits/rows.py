"""Rows of the indicator frame as an exhibit shows them: named, formatted, dated, with their source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.sources import publisher_name

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot

UNIT_COLUMN = {"industry": "activity", "region": "ref_area"}
NAMED = 5
"""Names a note gives before it counts the rest."""
FOLDER = {"industry": "industry", "region": "region"}


def of_kind(s: Snapshot, kind: str, indicators: list[str] | None = None) -> pd.DataFrame:
    """Return the frame's rows of one kind, in the order of the catalogue, with `code`, the unit's own.

    Parameters
    ----------
    kind : {'industry', 'region', 'nation'}
    indicators : list of str, optional
        Only these.
    """
    rows = every_of(s.known, kind)
    return rows if indicators is None else rows[rows["indicator"].isin(indicators)]


@shared
def every_of(known: Knowledge, kind: str) -> pd.DataFrame:
    """Return all rows of the frame of one kind, as `of_kind` does."""
    frame = known.frame
    regional = frame["ref_area"] != "CN"
    total = frame["activity"] == "B-D"
    chosen = {"industry": ~regional & ~total, "region": regional, "nation": ~regional & total}[kind]
    rows = frame[chosen]
    return rows.assign(code=rows[UNIT_COLUMN[kind]] if kind in UNIT_COLUMN else "CN")


def dressed(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Add what a reader sees: name, label, shown, period, source; `time_period` is the observed one.

    A stale value is shown as missing: its figure would pass for today's. The frame keeps it, with its period.
    """
    current = rows["status"] == "ok"
    value = rows["value"].where(current)
    kinds = {code: "nation" if code == "CN" else kind_of(s, code) for code in rows["code"].unique()}
    bases = {key: entry_basis(s, *key) for key in set(zip(rows["indicator"], rows["code"].map(kinds), strict=True))}
    basis = [bases[key] for key in zip(rows["indicator"], rows["code"].map(kinds), strict=True)]
    return rows.assign(
        value=value,
        time_period=rows["observed_period"].where(current, ""),
        name=[s.name(code, short=True) for code in rows["code"]],
        label=[s.name(code, short=True) for code in rows["indicator"]],
        shown=[figure(s, code, v) for code, v in zip(rows["indicator"], value, strict=True)],
        period=[
            s.period(p, basis=b, short=True) if ok else reason_text(s, reason, p)
            for p, b, ok, reason in zip(rows["observed_period"], basis, current, rows["reason"], strict=True)
        ],
        source=[publishers(s, ids) for ids in rows["source_ids"]],
    )


def entry_basis(s: Snapshot, indicator: str, kind: str) -> str:
    """Return the basis of an indicator's figures, 'ytd' or 'month' say, as far as its entry tells; else ''.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> entry_basis(snapshot("2026-08"), "va_growth", "nation"), entry_basis(snapshot("2026-08"), "va_growth", "region")
    ('ytd', '')
    """
    entry = s.catalogue.indicators[indicator].of(kind)
    read = {
        "series": lambda: entry.series,
        "ratio": lambda: entry.ratio.numerator,
        "difference": lambda: entry.difference.minuend,
    }
    return read[entry.method]().basis if entry.method in read else ""


def figure(s: Snapshot, indicator: str, value: Any, **how: Any) -> str:
    """Return an indicator's value as text, in its unit and to its decimals; `how` as of `formats.number`."""
    entry = s.catalogue.indicators[indicator]
    return s.number(value, entry.unit, decimals=entry.decimals, **how)


def without_units(s: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Return dressed rows with their figures as a table prints them whose heads name the units."""
    pairs = zip(rows["indicator"], rows["value"], strict=True)
    return rows.assign(shown=[figure(s, code, value, symbol=False) for code, value in pairs])


def in_words(s: Snapshot, indicator: str, value: Any) -> str:
    """Return a value as it stands in a sentence: without the plus of a table."""
    return figure(s, indicator, value, signed=False)


def reason_text(s: Snapshot, reason: str, period: Any = "") -> str:
    """Say why a value is missing."""
    known = period if isinstance(period, str) else ""
    return s.text(f"reason.{reason}", period=s.period(known)) if reason else s.text("missing")


def publishers(s: Snapshot, source_ids: str) -> str:
    """Name who published the sources of a value, each once."""
    known = _publisher_names(s)
    named = [known[i] for i in str(source_ids).split(";") if i in known]
    return s.text("source.separator").join(dict.fromkeys(named))


def _publisher_names(s: Snapshot) -> dict[str, str]:
    """Return the publisher of every source in the snapshot's language, once for all exhibits."""
    kept = s.known.__dict__.setdefault("publisher_names", {})
    if s.lang not in kept:
        sources = s.observations.sources["publisher"]
        short = {name: publisher_name(name, s.lang) for name in sources.unique()}
        kept[s.lang] = {source: short[name] for source, name in sources.items()}
    return kept[s.lang]


def address(kind: str, code: str, root: str = "") -> str:
    """Return the address of a unit's profile, from a page whose way up to the language's folder is `root`.

    Examples
    --------
    >>> address("industry", "C31"), address("region", "440000", "../")
    ('industry/C31.html', '../region/440000.html')
    """
    return f"{root}{FOLDER[kind]}/{code}.html"


def kind_of(s: Snapshot | Knowledge, code: str) -> str:
    """Return the kind of unit a code stands for.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> kind_of(snapshot("2026-08"), "C31"), kind_of(snapshot("2026-08"), "440000")
    ('industry', 'region')
    """
    return "region" if code in s.catalogue.ref_areas.index else "industry"


def within(s: Snapshot, code: str) -> str:
    """Return the short name of a unit as it stands within a sentence: an industry's begins small, a place's
    does not.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> within(snapshot("2026-08"), "C31"), within(snapshot("2026-08"), "440000")
    ('iron and steel', 'Guangdong')
    """
    name = s.name(code, short=True)
    return name if kind_of(s, code) == "region" else name[:1].lower() + name[1:]


def place(s: Snapshot, code: str) -> tuple[str, str]:
    """Return the area and activity of a unit.

    Examples
    --------
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> place(snapshot("2026-08"), "C31"), place(snapshot("2026-08"), "440000"), place(snapshot("2026-08"), "CN")
    (('CN', 'C31'), ('440000', 'B-D'), ('CN', 'B-D'))
    """
    return (code, "B-D") if code in s.catalogue.ref_areas.index else ("CN", code)


def gaps(s: Snapshot, rows: pd.DataFrame, most: int = NAMED) -> tuple[str, ...]:
    """Say which units have no current value, and why, a sentence a reason; `rows` as of `of_kind`."""
    sentences = []
    missing = rows[rows["status"] != "ok"]
    for (reason, period), part in missing.groupby(["reason", "observed_period"], sort=False, dropna=False):
        names = list(dict.fromkeys(s.name(code, short=True) for code in part["code"]))
        why = reason_text(s, reason, period)
        one = s.text("gap.one", name=names[0], why=why)
        sentences.append(
            one if len(names) == 1 else s.text("gap.some", count=len(names), names=some(s, names, most), why=why)
        )
    return tuple(sentences)


def some(s: Snapshot, names: list[str], most: int = NAMED) -> str:
    """Join names, the first few where there are many."""
    from fourpillars.exhibits.language import join

    if len(names) <= most:
        return join(names, s.lang)
    return s.text("gap.more", names=s.text("gap.comma").join(names[:most]), count=len(names) - most)
