"""Warnings by pillar and by unit: how many of the indicators that were judged are turning bad.

A pillar, or a unit over all pillars, is at warn where at least two of its indicators, and a quarter of
those judged, warn; at watch where as many watch or warn. A convention, so that one indicator alone does
not condemn a pillar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue

LEAST, SHARE = 2, 0.25
COLUMNS = ["ref_area", "activity", "pillar", "judged", "watch", "warn", "level"]


def summary(found: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Count warnings by unit and pillar.

    Parameters
    ----------
    found : pandas.DataFrame
        As `warnings` gives them.

    Returns
    -------
    pandas.DataFrame
        Columns: ref_area, activity, pillar ('' over all pillars), judged (indicators), watch and warn
        (how many are at each), level (none | watch | warn, '' where nothing was judged).
    """
    if found.empty:
        return pd.DataFrame(columns=COLUMNS)
    pillar = found["indicator"].map({code: entry.pillar for code, entry in catalogue.indicators.items()})
    counted = found[["ref_area", "activity"]].assign(
        pillar=pillar,
        judged=found["rule"] != "not_judged",
        watch=found["level"] == "watch",
        warn=found["level"] == "warn",
    )
    both = pd.concat([counted, counted.assign(pillar="")])
    table = both.groupby(["ref_area", "activity", "pillar"], as_index=False)[["judged", "watch", "warn"]].sum()
    return table.assign(level=overall(table["judged"], table["watch"], table["warn"]))[COLUMNS]


def overall(judged: np.ndarray, watch: np.ndarray, warn: np.ndarray) -> np.ndarray:
    """Say the level of several indicators together, of how many were judged and are at watch and at warn.

    Examples
    --------
    >>> overall(np.array([8, 8, 8, 2, 0]), np.array([1, 2, 2, 2, 0]), np.array([2, 0, 1, 0, 0])).tolist()
    ['warn', 'watch', 'watch', 'watch', '']
    """
    needed = np.maximum(LEAST, SHARE * np.asarray(judged))
    conditions = [np.asarray(judged) == 0, warn >= needed, warn + watch >= needed]
    return np.select(conditions, ["", "warn", "watch"], default="none").astype(object)
