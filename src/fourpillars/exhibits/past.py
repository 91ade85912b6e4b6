"""The past of an indicator as rows a chart draws and a table lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.rows import figure, place, publishers

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot


def past(s: Snapshot, indicator: str, kind: str, units: Iterable[str], *, since: str = "2019-01") -> pd.DataFrame:
    """Return the published values of an indicator for some units, oldest first.

    Parameters
    ----------
    indicator : str
    kind : {'industry', 'region', 'nation'}
    units : iterable of str
        Activities, areas, or 'CN'.
    since : str
        First month, 'YYYY-MM'; periods that end before it are left out.

    Returns
    -------
    DataFrame
        indicator, code, ref_area, activity, time_period, value, unit, shown, period, name, source_ids; missing
        periods have no row.
    """
    units = tuple(units)
    made = f"{__name__}:{s.lang}:{indicator}:{kind}:{','.join(units)}:{since}"
    return s.known.part(made, lambda: _past(s, indicator, kind, units, since))


def _past(s: Snapshot, indicator: str, kind: str, units: tuple[str, ...], since: str) -> pd.DataFrame:
    quantity = s.panel.quantity(indicator, kind)
    ends = quantity.values.index.asfreq("M", how="end")
    window = (ends >= pd.Period(since, "M")) & (ends <= pd.Period(s.edition, "M"))
    parts = [
        _of_unit(s, indicator, kind, unit, quantity.values.loc[window, unit])
        for unit in units
        if unit in quantity.values.columns
    ]
    parts = [part for part in parts if len(part)]
    if len(parts) == 1:
        return parts[0]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def a_year_before(s: Snapshot, indicator: str, kind: str, unit: str, time_period: str) -> tuple[str, float]:
    """Return the period one year before, and the value then (NaN where none is published)."""
    from fourpillars.catalogue.periods import from_period

    if not time_period or unit not in s.catalogue.units_of(kind):
        return "", float("nan")
    quantity = s.panel.quantity(indicator, kind)
    now = pd.Period(time_period.replace("-Q", "Q"), freq=quantity.values.index.freq)
    before = now - {"M": 12, "Q": 4, "A": 1}[quantity.freq]
    return from_period(before), quantity.at(before, unit)


_COLUMNS = [
    "indicator",
    "code",
    "ref_area",
    "activity",
    "time_period",
    "value",
    "unit",
    "shown",
    "period",
    "name",
    "source_ids",
]


def _of_unit(s: Snapshot, indicator: str, kind: str, unit: str, values: pd.Series) -> pd.DataFrame:
    from fourpillars.catalogue.periods import from_period

    values = values.dropna()
    if values.empty:
        return pd.DataFrame(columns=_COLUMNS)
    periods = [from_period(period) for period in values.index]
    ref_area, activity = place(s, unit)
    sources = [sources_of(s, indicator, kind, unit, period) for period in values.index]
    return pd.DataFrame(
        {
            "indicator": indicator,
            "code": unit,
            "ref_area": ref_area,
            "activity": activity,
            "time_period": periods,
            "value": values.to_numpy(float),
            "unit": s.catalogue.indicators[indicator].unit,
            "shown": [figure(s, indicator, value) for value in values],
            "period": [s.period(period, short=True) for period in periods],
            "name": s.name(unit, short=True),
            "source_ids": sources,
            "source": [publishers(s, ids) for ids in sources],
        }
    )


def sources_of(s: Snapshot | Knowledge, indicator: str, kind: str, unit: str, period: pd.Period | str) -> str:
    """Return the sources a value stands on, ';'-joined."""
    from fourpillars.indicators.expression import observations_of

    expr = s.panel.quantity(indicator, kind).lineage(period, unit)
    if expr is None:
        return ""
    read = s.observations.source_of_row
    return ";".join(dict.fromkeys(read[row] for row in observations_of(expr)))
