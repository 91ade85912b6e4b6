"""The indicator frame: what an edition knows about every unit, and what it does not, with the reason.

Status `ok`: the latest observation within the indicator's staleness limit. `stale`: the last known value of
a series that has ended; shown with its period, never scored (reason `series_ended`). `missing`: no value;
reason `no_data` (nobody publishes it here), `not_published` (not for this unit), `loss_base` (the base was
a loss, so the bureau gives no growth rate), `not_defined` (a division by zero), `too_short` (not enough
published periods for the window).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.catalogue.periods import from_period
from fourpillars.indicators.expression import Expr, observations_of
from fourpillars.indicators.quantity import Quantity

if TYPE_CHECKING:
    from fourpillars.catalogue.indicator import Indicator
    from fourpillars.indicators.panel import Panel

KINDS = ("industry", "region", "nation")
COLUMNS = [
    "indicator",
    "ref_area",
    "activity",
    "period",
    "observed_period",
    "value",
    "unit",
    "status",
    "reason",
    "source_ids",
]


@dataclass(frozen=True)
class _Known:
    """One unit's latest value: the position of its period, or the reason why there is none."""

    position: int
    value: float
    status: str
    reason: str


def frame_of(panel: Panel, edition: str, kinds: Sequence[str]) -> pd.DataFrame:
    """Build the frame of an edition, in the order of the catalogue, its kinds and units."""
    sources = panel.observations.source_of_row
    rows: list[tuple[object, ...]] = []
    for code, indicator in panel.catalogue.indicators.items():
        for kind in (kind for kind in KINDS if kind in kinds and kind in indicator.kinds):
            quantity = panel.quantity(code, kind).of_units(panel.catalogue.units_of(kind))
            rows += _rows(indicator.of(kind), kind, _known_by(quantity, edition), edition, sources)
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(
    indicator: Indicator, kind: str, quantity: Quantity, edition: str, sources: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    """Make the rows of one indicator and kind, a unit each."""
    for unit, known in zip(quantity.values.columns, _latest(quantity, indicator, edition), strict=True):
        observed, read = "", ""
        if known.position >= 0:
            period = quantity.values.index[known.position]
            observed = from_period(period)
            read = _sources(quantity.lineage(period, unit), sources)
        place = (indicator.code, *_place(kind, unit), edition, observed)
        yield (*place, known.value, indicator.unit, known.status, known.reason, read)


def _place(kind: str, unit: str) -> tuple[str, str]:
    return {"industry": ("CN", unit), "region": (unit, "B-D"), "nation": ("CN", "B-D")}[kind]


def _known_by(quantity: Quantity, edition: str) -> Quantity:
    """Leave out the periods that end after the edition."""
    values = quantity.values
    ended = values.index.asfreq("M", how="end") <= pd.Period(edition, freq="M")
    reasons = None if quantity.reasons is None else quantity.reasons[ended]
    return replace(quantity, values=values[ended], reasons=reasons)


def _latest(quantity: Quantity, indicator: Indicator, edition: str) -> list[_Known]:
    """Find each unit's latest value, or say why it has none."""
    cells = quantity.values.to_numpy(float)
    unexplained = quantity.reasons is None or not (quantity.reasons != "").to_numpy().any()
    if unexplained and not np.isfinite(cells).any():
        return [_Known(-1, np.nan, "missing", "no_data")] * cells.shape[1]
    age = pd.Period(edition, freq="M").ordinal - quantity.values.index.asfreq("M", how="end").asi8
    reasons = np.full(cells.shape, "", dtype=object) if quantity.reasons is None else quantity.reasons.to_numpy()
    return [
        _of_unit(cells[:, column], reasons[:, column], age, indicator.staleness) for column in range(cells.shape[1])
    ]


def _of_unit(cells: np.ndarray, reasons: np.ndarray, age: np.ndarray, staleness: int) -> _Known:
    last = _last(np.isfinite(cells))
    explained = _last(reasons != "")
    if explained > last and (age[explained] <= staleness or last < 0):
        return _Known(explained, np.nan, "missing", str(reasons[explained]))
    if last < 0:
        return _Known(-1, np.nan, "missing", "not_published")
    if age[last] > staleness:
        return _Known(last, float(cells[last]), "stale", "series_ended")
    return _Known(last, float(cells[last]), "ok", "")


def _last(flags: np.ndarray) -> int:
    """Position of the last true flag, -1 where none is."""
    found = np.flatnonzero(flags)
    return int(found[-1]) if len(found) else -1


def _sources(expr: Expr | None, sources: Sequence[str]) -> str:
    """Name the sources an expression stands on, each once."""
    if expr is None:
        return ""
    return ";".join(dict.fromkeys(sources[row] for row in observations_of(expr)))
