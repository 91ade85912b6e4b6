"""What stands behind the figures of every unit: the bases of their observations, and the figures of a year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fourpillars.exhibits.knowledge import shared
from fourpillars.exhibits.past import a_year_before, sources_of
from fourpillars.exhibits.rows import every_of, kind_of

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.exhibits.snapshots import Snapshot


class Earlier(NamedTuple):
    """A figure of a year before: its period, value (NaN where none is published) and sources."""

    time_period: str
    value: float
    source_ids: str


Key = tuple[str, str, str]  #: indicator, unit, period


def bases_of(s: Snapshot | Knowledge, indicator: str, unit: str, time_period: str) -> frozenset[str]:
    """Return the bases of the observations a figure of a unit (or 'CN') stands on."""
    kind = "nation" if unit == "CN" else kind_of(s, unit)
    known = _latest(s, kind).get((indicator, unit, time_period))
    return known[0] if known else _bases_of(s, indicator, kind, unit, time_period)


def earlier_of(s: Snapshot | Knowledge, indicator: str, unit: str, time_period: str) -> Earlier:
    """Return the figure of a year before."""
    kind = "nation" if unit == "CN" else kind_of(s, unit)
    known = _latest(s, kind).get((indicator, unit, time_period))
    return known[1] if known else _earlier_of(s, indicator, kind, unit, time_period)


@shared
def behind_latest(known: Knowledge, kind: str) -> dict[Key, tuple[frozenset[str], Earlier]]:
    """Return what stands behind the latest figures of all units of a kind: worth it where many of them are shown."""
    rows = every_of(known, kind)
    rows = rows[rows["observed_period"] != ""]
    keys = zip(rows["indicator"], rows["code"], rows["observed_period"], strict=True)
    return {
        (indicator, unit, period): (
            _bases_of(known, indicator, kind, unit, period),
            _earlier_of(known, indicator, kind, unit, period),
        )
        for indicator, unit, period in keys
    }


def _latest(s: Snapshot | Knowledge, kind: str) -> dict[Key, tuple[frozenset[str], Earlier]]:
    return behind_latest.made(getattr(s, "known", s), kind) or {}


def _bases_of(s: Snapshot | Knowledge, indicator: str, kind: str, unit: str, time_period: str) -> frozenset[str]:
    from fourpillars.indicators.expression import observations_of

    expr = s.panel.quantity(indicator, kind).lineage(time_period, unit)
    return frozenset(s.observations.said_of(observations_of(expr), "basis")) if expr is not None else frozenset()


def _earlier_of(s: Snapshot | Knowledge, indicator: str, kind: str, unit: str, time_period: str) -> Earlier:
    period, value = a_year_before(s, indicator, kind, unit, time_period)
    return Earlier(period, value, sources_of(s, indicator, kind, unit, period) if value == value else "")
