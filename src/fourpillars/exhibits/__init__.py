"""What a reader sees: charts, tables and sentences, in the reader's language and one look.

In a notebook::

    import fourpillars.exhibits as fp

    s = fp.snapshot("2026-08", "en")
    fp.nation.dashboard(s)

`snapshot` gathers what an edition knows; each topic is a module whose functions take it first and return an exhibit.
`fp.` and the Tab key list the topics, `fp.nation.` and Tab what each has, a `?` after any of them its help.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import snapshot

__all__ = ["snapshot"]

_BEHIND = frozenset({
    "brand", "cells", "charts", "comparison_headline", "compiler", "dates", "empty", "exhibit", "explore_panel",
    "explore_rows", "explore_take", "explorer", "figures", "fonts", "formats", "intervals", "knowledge", "language",
    "live", "markdown", "past", "profile_headline", "robustness_figures", "robustness_tables", "rows", "show",
    "snapshots", "sources", "standings", "still", "tables", "theme",
})  # fmt: skip
"""What exhibits are made with; topics are what a reader sees."""


def __getattr__(name: str) -> Any:
    """Import what is asked for: who only names or renders needs neither pandas nor the topics."""
    if name == "snapshot":
        return import_module(f"{__name__}.snapshots").snapshot
    if name in _topics():
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"{__name__} has no topic {name!r}; it has: {', '.join(_topics())}.")


def __dir__() -> list[str]:
    return ["snapshot", *(name for name in _topics() if name not in _BEHIND)]


def _topics() -> list[str]:
    return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
