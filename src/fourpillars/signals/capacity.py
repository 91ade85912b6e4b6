"""Capacity warning: one binding test and four advisory ones.

The pattern (binding and advisory tests, three colours) is that of the National Energy Administration's risk
warnings on planning coal power (国能发电力〔2020〕12号); the tests and thresholds are conventions of this
project.

Binding is the utilisation of capacity against the same quarters of its own history. Advisory are falling
producer prices, falling profits, investment that still grows, and utilisation falling for two quarters or
more. Red asks for a binding warning and two advisory signs; orange for a binding warning, or a watch and
two signs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.signals.units import known_by, latest
from fourpillars.signals.warnings import levels

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.indicators import Panel

UTILISATION = "capacity_utilization"
ADVISORY = {
    "producer_prices": lambda value: value < 0,
    "profit_growth": lambda value: value < 0,
    "fai_growth": lambda value: value > 0,
    "quarters_in_decline": lambda value: value >= 2,
}
"""Indicator, and what counts as a sign of too much capacity."""


def capacity_warning(panel: Panel, catalogue: Catalogue, edition: str) -> pd.DataFrame:
    """Judge every division whose capacity utilisation is published.

    Returns
    -------
    pandas.DataFrame
        A row a division: activity, observed_period, value (utilisation), binding (none | watch | warn, ''
        where its past is too short), one column an advisory test (True, False, or None where nothing is
        known), signs (how many are true), verdict (red | orange | green, '' where the binding test is not
        possible).
    """
    indicator = catalogue.indicators[UTILISATION].of("industry")
    history = known_by(panel.history(UTILISATION, "industry"), edition)
    rows = latest(history, edition, indicator.staleness, {"binding": levels(history, indicator)})
    rows = rows.rename(columns={"unit": "activity"})
    for code, sign in ADVISORY.items():
        rows[code] = rows["activity"].map(_signs(panel, catalogue, code, edition, sign)).astype(object)
        rows[code] = rows[code].where(rows[code].notna(), None)
    known = rows[list(ADVISORY)]
    rows["signs"] = known.map(lambda value: value is True).sum(axis=1)
    return rows.assign(verdict=verdict(rows["binding"], rows["signs"]))


def capacity_verdicts(panel: Panel, catalogue: Catalogue, edition: str, least: int | None = None) -> pd.DataFrame:
    """Judge every quarter as at its end, each advisory test by its latest value no older than its limit.

    Parameters
    ----------
    least : int, optional
        The least number of earlier quarters the binding test needs; 16 by default.

    Returns
    -------
    pandas.DataFrame
        Quarters × divisions: red | orange | green, '' where the binding test was not possible.
    """
    history = known_by(panel.history(UTILISATION, "industry"), edition)
    binding = levels(history, catalogue.indicators[UTILISATION].of("industry"), least)
    ends = history.index.asfreq("M", how="end")
    signs = pd.DataFrame(0, index=history.index, columns=history.columns)
    for code, sign in ADVISORY.items():
        entry = catalogue.indicators.get(code)
        if entry is None or "industry" not in entry.kinds:
            continue
        own = known_by(panel.history(code, "industry"), edition)
        own = own.set_axis(own.index.asfreq("M", how="end"))
        months = pd.period_range(min(own.index[0], ends[0]), ends[-1], freq="M")
        known = own.reindex(months).ffill(limit=entry.of("industry").staleness).reindex(ends)
        signs += (sign(known) & known.notna()).reindex(columns=history.columns, fill_value=False).to_numpy()
    found = {unit: verdict(binding[unit], signs[unit]) for unit in history.columns}
    return pd.DataFrame(found, index=history.index)


def verdict(binding: pd.Series, signs: pd.Series) -> np.ndarray:
    """Say red, orange or green of the binding level and the number of advisory signs.

    Examples
    --------
    >>> binding = pd.Series(["warn", "warn", "watch", "watch", "none", ""])
    >>> verdict(binding, pd.Series([2, 1, 2, 1, 4, 4])).tolist()
    ['red', 'orange', 'orange', 'green', 'green', '']
    """
    conditions = [
        binding == "",
        (binding == "warn") & (signs >= 2),
        (binding == "warn") | ((binding == "watch") & (signs >= 2)),
    ]
    return np.select(conditions, ["", "red", "orange"], default="green").astype(object)


def _signs(panel: Panel, catalogue: Catalogue, code: str, edition: str, sign) -> dict[str, bool]:
    """Whether each division shows the sign, of those whose latest value is recent enough."""
    indicator = catalogue.indicators.get(code)
    if indicator is None or "industry" not in indicator.kinds:
        return {}
    history = known_by(panel.history(code, "industry"), edition)
    if history.empty:
        return {}
    found = latest(history, edition, indicator.of("industry").staleness, {})
    return {unit: bool(sign(value)) for unit, value in zip(found["unit"], found["value"], strict=True)}
