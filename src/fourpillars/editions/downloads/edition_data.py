"""All figures an edition shows, once each, as one table: what the edition's files are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from fourpillars.catalogue import Catalogue

DIMENSIONS = ("freq", "indicator", "ref_area", "activity", "time_period")
COLUMNS = (*DIMENSIONS, "obs_value", "unit")


def edition_data(exhibits: Iterable[Mapping[str, Any]], catalogue: Catalogue) -> pd.DataFrame:
    """Return the figures of all exhibits whose codes are the catalogue's, sorted, each once.

    What exhibits derive for their own purpose (ranks, medians, counts) stays in their own files.

    Returns
    -------
    DataFrame
        Columns as `COLUMNS`; `freq` is M, Q or A.
    """
    import pandas as pd

    from fourpillars.catalogue.periods import freq_of

    known = {*catalogue.indicators, *(pillar.code for pillar in catalogue.pillars), "overall"}
    rows = {
        (row["indicator"], row["ref_area"], row["activity"], row["time_period"], row["unit"]): row["value"]
        for exhibit in exhibits
        for row in exhibit["data"]
        if row["indicator"] in known and row["value"] is not None and row["time_period"]
    }
    found = [(freq_of(key[3]), *key[:4], value, key[4]) for key, value in sorted(rows.items())]
    return pd.DataFrame(found, columns=list(COLUMNS))


def codes(frame: pd.DataFrame, catalogue: Catalogue) -> list[tuple[str, str, str, str]]:
    """Return dimension, code, English and Chinese name of every code in the data, in order."""
    found = []
    for dimension in ("indicator", "ref_area", "activity", "unit"):
        for code in sorted(set(frame[dimension]) - {""}):
            found.append((dimension, code, name(catalogue, code, "en"), name(catalogue, code, "zh")))
    return found


def name(catalogue: Catalogue, code: str, lang: str) -> str:
    """Return the name of a code, or the code where it has none."""
    from fourpillars.errors import FourPillarsError
    from fourpillars.exhibits.language import text

    if code == "overall":
        return text("label.overall", lang)
    try:
        return catalogue.name(code, lang)
    except FourPillarsError:
        return code
