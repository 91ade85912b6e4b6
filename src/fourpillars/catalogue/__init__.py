"""What is measured and compared: codelists, indicators, pillars, clauses, targets; loaded and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.catalogue.project import Project, find_project

if TYPE_CHECKING:
    from fourpillars.catalogue.catalogue import Catalogue, load_catalogue
    from fourpillars.catalogue.codelists import Codelists, load_codelists

__all__ = [
    "Catalogue",
    "Codelists",
    "DataError",
    "Problem",
    "Project",
    "find_project",
    "load_catalogue",
    "load_codelists",
]


def __getattr__(name: str) -> Any:
    """Import what needs pandas only when it is asked for: finding the project does not."""
    from importlib import import_module

    rooms = {
        "Catalogue": "catalogue",
        "load_catalogue": "catalogue",
        "Codelists": "codelists",
        "load_codelists": "codelists",
    }
    if name in rooms:
        return getattr(import_module(f"{__name__}.{rooms[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
