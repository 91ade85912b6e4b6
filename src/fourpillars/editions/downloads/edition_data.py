"""All figures an edition shows, once each, as one table: what the edition's files are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fourpillars.catalogue.names import Names

DIMENSIONS = ("freq", "indicator", "ref_area", "activity", "time_period")
COLUMNS = (*DIMENSIONS, "obs_value", "unit")


def edition_data(exhibits: Iterable[Mapping[str, Any]], names: Names) -> dict[str, list[Any]]:
    """Return the figures of all exhibits whose codes are the catalogue's, sorted, each once.

    What exhibits derive for their own purpose (ranks, medians, counts) stays in their own files.

    Returns
    -------
    dict
        The columns `COLUMNS`, by name; `freq` is M, Q or A.
    """
    from fourpillars.catalogue.periods import freq_of

    known = {*names.pillars, *names.lists["pillar"], "overall"}
    rows = {
        (row["indicator"], row["ref_area"], row["activity"], row["time_period"], row["unit"]): row["value"]
        for exhibit in exhibits
        for row in exhibit["data"]
        if row["indicator"] in known and row["value"] is not None and row["time_period"]
    }
    found = [(freq_of(key[3]), *key[:4], value, key[4]) for key, value in sorted(rows.items())]
    return {column: [row[place] for row in found] for place, column in enumerate(COLUMNS)}


def codes(data: Mapping[str, Iterable[Any]], names: Names) -> list[tuple[str, str, str, str]]:
    """Return dimension, code, English and Chinese name of every code in the columns of data, in order."""
    found = []
    for dimension in ("indicator", "ref_area", "activity", "unit"):
        for code in sorted(set(data[dimension]) - {""}):
            found.append((dimension, code, name(names, code, "en"), name(names, code, "zh")))
    return found


def name(names: Names, code: str, lang: str) -> str:
    """Return the name of a code, or the code where it has none."""
    from fourpillars.errors import FourPillarsError
    from fourpillars.exhibits.language import text

    if code == "overall":
        return text("label.overall", lang)
    try:
        return names.name(code, lang)
    except FourPillarsError:
        return code
