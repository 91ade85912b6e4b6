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
    wanted = sorted({name for name in source_ids if name in sources.index})
    chosen = sources.loc[wanted].fillna("").astype(str)
    database = chosen["title"].str.match(_DATABASE)
    provincial = chosen["publisher"].str.fullmatch(_PROVINCIAL)
    parts = []
    for publisher, documents in chosen[~database & ~provincial].groupby("publisher", sort=False):
        parts += _documents(documents, publisher_name(publisher, lang), lang)
    for (publisher, vintage), series in chosen[database].groupby(["publisher", "vintage"], sort=True):
        name = publisher_name(publisher, lang)
        parts.append(text("source.database", lang, publisher=name, count=len(series), date=date(vintage, lang)))
    parts += _bureaus(chosen[provincial & ~database], lang)
    return text("source.separator", lang).join(parts)


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


def _documents(documents: pd.DataFrame, publisher: str, lang: str) -> list[str]:
    dated = documents["published"].where(documents["published"] != "", documents["vintage"])
    if len(documents) <= _SHOWN_WHOLE:
        return [_one(row, publisher, lang) for row in documents.to_dict("records")]
    if (dated == "").all():
        return [text("source.documents", lang, publisher=publisher, count=len(documents))]
    months = dated[dated != ""].str[:7]
    return [text("source.releases", lang, publisher=publisher, count=len(documents), months=_months(months, lang))]


def _one(row: dict[str, str], publisher: str, lang: str) -> str:
    shown = {"publisher": publisher, "title": row["title"]}
    if row["published"]:
        return text("source.published", lang, **shown, date=date(row["published"], lang))
    if row["vintage"]:
        return text("source.copied", lang, **shown, date=date(row["vintage"], lang))
    return text("source.undated", lang, **shown)


def _bureaus(documents: pd.DataFrame, lang: str) -> list[str]:
    publishers = documents["publisher"].unique()
    if len(publishers) <= _SHOWN_WHOLE:
        return [
            part
            for publisher, rows in documents.groupby("publisher", sort=False)
            for part in _documents(rows, publisher_name(publisher, lang), lang)
        ]
    months = documents["published"][documents["published"] != ""].str[:7]
    return [text("source.bureaus", lang, count=len(publishers), months=_months(months, lang))]


def _months(months: pd.Series, lang: str) -> str:
    """Return the first and the last month of some; one, where they are the same."""
    first, last = months.min(), months.max()
    return first if first == last else text("source.span", lang, first=first, last=last)


def _province(name: str, lang: str) -> str:
    if lang == "en":
        return name
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.project import find_project

    areas = load_catalogue(find_project()).ref_areas
    found = areas.loc[areas["name_en"] == name, "name_zh_full"]
    return found.iloc[0] if len(found) else name
