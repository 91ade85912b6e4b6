"""Official statistics in: read, checked, with their sources, and seen as an edition sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourpillars.catalogue.problems import DataError, Problem

if TYPE_CHECKING:
    from fourpillars.observations.load import check, load_observations
    from fourpillars.observations.store import Observations, Wide

__all__ = ["DataError", "Observations", "Problem", "Wide", "check", "load_observations"]


def __getattr__(name: str) -> Any:
    """Import what needs pandas only when it is asked for: naming what was read does not."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from fourpillars.observations import load, store

    return getattr(load if name in ("check", "load_observations") else store, name)
