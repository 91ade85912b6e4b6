"""How far each indicator reaches: for how many units it is known, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.catalogue.periods import from_period
from fourpillars.indicators.frame import KINDS

if TYPE_CHECKING:
    from fourpillars.indicators.panel import Panel


def coverage(panel: Panel, edition: str, frame: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count, for every indicator and kind, the units an edition knows it for.

    Parameters
    ----------
    panel : Panel
    edition : str
    frame : DataFrame, optional
        The panel's frame of the edition, where it has been made.

    Returns
    -------
    DataFrame
        Columns indicator, kind, units (of the kind), ok, stale, missing (numbers of units), first and last
        (periods with any value; empty where there is none).

    Examples
    --------
    >>> from fourpillars.catalogue import load_catalogue
    >>> from fourpillars.indicators import compute
    >>> from fourpillars.observations import load_observations
    >>> table = coverage(compute(load_observations(), load_catalogue()), "2023-11")
    >>> growth = table.query("indicator == 'revenue_growth' and kind == 'industry'")
    >>> growth[["ok", "first", "last"]].values.tolist()
    [[41, '2019-02', '2023-11']]
    """
    frame = panel.frame(edition) if frame is None else frame
    frame = frame.assign(kind=_kinds(frame))
    counts = frame.groupby(["indicator", "kind", "status"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["ok", "stale", "missing"], fill_value=0)
    rows = []
    for code, indicator in panel.catalogue.indicators.items():
        for kind in (kind for kind in KINDS if kind in indicator.kinds):
            known = panel.history(code, kind).dropna(how="all").index
            known = known[known.asfreq("M", how="end") <= pd.Period(edition, freq="M")]
            first, last = (from_period(known[0]), from_period(known[-1])) if len(known) else ("", "")
            count = counts.loc[(code, kind)].tolist()
            rows.append((code, kind, sum(count), *count, first, last))
    return pd.DataFrame(rows, columns=["indicator", "kind", "units", "ok", "stale", "missing", "first", "last"])


def _kinds(frame: pd.DataFrame) -> pd.Series:
    national = frame["ref_area"].eq("CN")
    whole = frame["activity"].eq("B-D")
    return pd.Series("region", frame.index).mask(national & whole, "nation").mask(national & ~whole, "industry")
