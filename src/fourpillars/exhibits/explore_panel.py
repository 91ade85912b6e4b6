"""Opening the analyst's panel: widgets where somebody chooses, the first choice where nobody does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.exhibits import explore
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.show import STATIC
from fourpillars.indicators.frame import KINDS

if TYPE_CHECKING:
    from fourpillars.exhibits.explorer import Explorer
    from fourpillars.exhibits.snapshots import Snapshot

UNATTENDED = "FOURPILLARS_UNATTENDED"
"""Set where a notebook runs with nobody before it, as a job: a panel would wait for no one."""


@dataclass(frozen=True)
class StillPanel:
    """What the panel opens on, without pickers: `exhibit`, `frame` and `code` as the panel has them."""

    exhibit: Exhibit
    frame: pd.DataFrame
    code: str

    def _ipython_display_(self) -> None:
        self.exhibit._ipython_display_()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return self.exhibit._repr_mimebundle_(include, exclude)


def open_panel(s: Snapshot) -> Explorer | StillPanel:
    """Return the panel of widgets, or what it opens on where there are none or nobody to use them."""
    if os.environ.get(STATIC) or os.environ.get(UNATTENDED):
        return _first(s)
    try:
        from fourpillars.exhibits.explorer import Explorer
    except ImportError:
        return _first(s)
    return Explorer(s)


def code_of(s: Snapshot, call: str) -> str:
    """Return the two lines of code that make an exhibit again."""
    return f'import fourpillars.exhibits as fp; s = fp.snapshot("{s.edition}", "{s.lang}")\n{call}'


def _first(s: Snapshot) -> StillPanel:
    kind = KINDS[0]
    indicator, units = explore.indicators_of(s, kind, s.catalogue.pillars[0].code)[0], explore.suggested(s, kind)
    listed = ", ".join(f'"{unit}"' for unit in units)
    call = f'fp.explore.lines(s, "{indicator}", "{kind}", [{listed}])'
    shown = explore.lines(s, indicator, kind, units)
    return StillPanel(shown, explore.frame(s, indicator, kind, units), code_of(s, call))
