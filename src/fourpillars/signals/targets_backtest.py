"""The back-test of target tracking: what would have been said each month of targets whose end is known?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.signals.actuals import Published, with_levels
from fourpillars.signals.targets import divisions_of, finished, stand

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.observations import Observations

COLUMNS = ["target_id", "outcome", "judged", "right", "first", "last", "settled"]


def targets_backtest(observations: Observations, catalogue: Catalogue, edition: str) -> pd.DataFrame:
    """Track every target that is over at the edition through the months before its end.

    A month is judged where a figure of the target's years up to that month is published and recent enough;
    'met' and 'on track' say that it will be met, 'behind' that it will not.

    Returns
    -------
    pandas.DataFrame
        A row a finished target with a figure within its years: target_id, outcome (met | missed), judged
        (months), right (months whose state told the outcome), first and last (months judged), settled (the
        month from which the state told the outcome to the end, '' where it never did).
    """
    known = observations.until(edition)
    over = finished(known, catalogue, edition)
    if not over:
        return pd.DataFrame(columns=COLUMNS)
    measures = with_levels(target.measure for target, _ in over)
    published = Published.of(known.of_measures(measures), measures)
    divisions = divisions_of(catalogue.key_industries, "primary")
    rows = []
    for target, outcome in over:
        told = {}
        for month in pd.period_range(f"{target.period_start}-02", f"{target.period_end}-11", freq="M").astype(str):
            state = stand(target, published.until(month), divisions, month)
            if state.state != "not_computable" and not state.final:
                told[month] = ("met" if state.state in ("met", "on_track") else "missed") == outcome
        if told:
            rows.append({"target_id": target.target_id, "outcome": outcome} | _counted(told))
    return pd.DataFrame(rows, columns=COLUMNS)


def _counted(told: dict[str, bool]) -> dict[str, object]:
    """Count the months that told the outcome, and find the one from which all did.

    Examples
    --------
    >>> _counted({"2025-02": True, "2025-03": False, "2025-04": True})["settled"]
    '2025-04'
    """
    months = list(told)
    wrong = [place for place, month in enumerate(months) if not told[month]]
    after = wrong[-1] + 1 if wrong else 0
    return {
        "judged": len(told), "right": sum(told.values()), "first": months[0], "last": months[-1],
        "settled": months[after] if after < len(months) else "",
    }  # fmt: skip
