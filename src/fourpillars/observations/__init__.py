"""Official statistics in: read, checked, with their sources, and seen as an edition sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourpillars.catalogue.problems import DataError, Problem

if TYPE_CHECKING:
    from fourpillars.observations.load import check, load_observations
    from fourpillars.observations.store import Observations, Wide

__all__ = ["DataError", "Observations", "Problem", "Wide", "check", "load_observations"]


def __getattr__(name: str) -> Any:
    """Import what needs pandas only when it is asked for: reading a file as it stands does not."""
    from importlib import import_module

    rooms = {"Observations": "store", "Wide": "store", "check": "load", "load_observations": "load"}
    if name in rooms:
        return getattr(import_module(f"{__name__}.{rooms[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
