"""The line under an exhibit that says where its figures come from."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from fourpillars.exhibits.dates import date
from fourpillars.exhibits.language import text

_PUBLISHERS = {
    "National Bureau of Statistics of China (NBS)": "nbs",
    "Ministry of Industry and Information Technology (MIIT)": "miit",
    "Xinhua News Agency, reporting NBS": "xinhua",
    "Secondary compilation": "secondary",
    "Secondary compilation (China Macro Database, from NBS)": "secondary_nbs",
    "Secondary compilation (from NBS and provincial yearbooks)": "secondary_nbs_provinces",
    "Secondary compilation (from MIIT lists)": "secondary_miit",
}
_PROVINCIAL = re.compile(r"Bureau of Statistics of (.+)")
_DATABASE = re.compile(r"NBS database\b")
_SHOWN = ("publisher", "title", "published", "vintage")
_SHOWN_WHOLE = 2
"""Up to so many documents of one publisher are named each; more are counted."""


def source_line(source_ids: Iterable[str], sources: pd.DataFrame, lang: str) -> str:
    """Compose the line: publisher, title, date of publication or of the copy.

    Parameters
    ----------
    source_ids : iterable of str
    sources : DataFrame
        Index source_id; publisher, title, published, vintage.
    lang : {'en', 'zh'}

    Returns
    -------
    str
        Many documents of one publisher are counted, with the first and the last month. '' for no sources.

    Examples
    --------
    >>> sources = pd.DataFrame({"publisher": ["National Bureau of Statistics of China (NBS)"] * 3,
    ...     "title": list("abc"), "published": ["2023-12-27", "2024-01-27", "2026-09-15"], "vintage": ""},
    ...     index=["S1", "S2", "S3"])
    >>> source_line(["S1", "S2", "S3"], sources, "en")
    'National Bureau of Statistics of China, 3 releases 2023-12 … 2026-09'
    """
    chosen = _records(sources, sorted(set(source_ids)))
    bureaus, databases, others = [], {}, {}
    for row in chosen:
        if _DATABASE.match(row["title"]):
            databases.setdefault((row["publisher"], row["vintage"]), []).append(row)
        elif _PROVINCIAL.fullmatch(row["publisher"]):
            bureaus.append(row)
        else:
            others.setdefault(row["publisher"], []).append(row)
    parts = [line for name, rows in others.items() for line in _documents(rows, publisher_name(name, lang), lang)]
    for (publisher, vintage), series in sorted(databases.items()):
        name = publisher_name(publisher, lang)
        parts.append(text("source.database", lang, publisher=name, count=len(series), date=date(vintage, lang)))
    return text("source.separator", lang).join([*parts, *_bureaus(bureaus, lang)])


def publisher_name(publisher: str, lang: str) -> str:
    """Return the publisher's name in the reader's language; one we have no name for as it stands.

    Examples
    --------
    >>> publisher_name("Bureau of Statistics of Hebei", "zh")
    '河北省统计局'
    """
    if publisher in _PUBLISHERS:
        return text(f"publisher.{_PUBLISHERS[publisher]}", lang)
    if found := _PROVINCIAL.fullmatch(publisher):
        return text("publisher.provincial", lang, name=_province(found[1], lang))
    return publisher


def _records(sources: pd.DataFrame, wanted: list[str]) -> list[dict[str, str]]:
    """Return the wanted sources, as far as known, as plain texts, a missing one '': a line is composed for every
    exhibit."""
    places = sources.index.get_indexer(wanted)
    known = places[places >= 0]
    columns = ([_text(value) for value in sources[name].to_numpy()[known]] for name in _SHOWN)
    return [dict(zip(_SHOWN, row, strict=True)) for row in zip(*columns, strict=True)]


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if pd.isna(value) else str(value)


def _documents(documents: list[dict[str, str]], publisher: str, lang: str) -> list[str]:
    if len(documents) <= _SHOWN_WHOLE:
        return [_one(row, publisher, lang) for row in documents]
    dated = [row["published"] or row["vintage"] for row in documents]
    if not any(dated):
        return [text("source.documents", lang, publisher=publisher, count=len(documents))]
    return [
        text("source.releases", lang, publisher=publisher, count=len(documents), months=_months(dated, lang)),
    ]


def _one(row: dict[str, str], publisher: str, lang: str) -> str:
    shown = {"publisher": publisher, "title": row["title"]}
    if row["published"]:
        return text("source.published", lang, **shown, date=date(row["published"], lang))
    if row["vintage"]:
        return text("source.copied", lang, **shown, date=date(row["vintage"], lang))
    return text("source.undated", lang, **shown)


def _bureaus(documents: list[dict[str, str]], lang: str) -> list[str]:
    by_publisher: dict[str, list[dict[str, str]]] = {}
    for row in documents:
        by_publisher.setdefault(row["publisher"], []).append(row)
    if len(by_publisher) <= _SHOWN_WHOLE:
        return [
            part for name, rows in by_publisher.items() for part in _documents(rows, publisher_name(name, lang), lang)
        ]
    months = _months([row["published"] or row["vintage"] for row in documents], lang)
    return [text("source.bureaus", lang, count=len(by_publisher), months=months)]


def _months(dates: Iterable[str], lang: str) -> str:
    """Return the first and the last month of some dates; one, where they are the same."""
    months = [day[:7] for day in dates if day]
    first, last = min(months), max(months)
    return first if first == last else text("source.span", lang, first=first, last=last)


def _province(name: str, lang: str) -> str:
    if lang == "en":
        return name
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.project import find_project

    areas = load_catalogue(find_project()).ref_areas
    found = areas.loc[areas["name_en"] == name, "name_zh_full"]
    return found.iloc[0] if len(found) else name
