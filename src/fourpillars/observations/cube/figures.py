"""What is published of a month's cells: the measures, in their units, without what is withheld."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fourpillars.observations.cube.aggregate import Cells
from fourpillars.observations.cube.disclosure import Rule, Withheld

YUAN_IN_UNIT = 1e8
#: Measure, unit, decimals kept; in the order in which they are written.
MEASURES = {
    "firm_enterprises": ("count", 0),
    "firm_entries": ("count", 0),
    "firm_exits": ("count", 0),
    "firm_revenue": ("cny_100m", 4),
    "firm_profit": ("cny_100m", 4),
    "firm_loss_making_share": ("pct", 2),
    "firm_receivable_days_median": ("days", 1),
    "firm_receivable_days_p90": ("days", 1),
    "firm_overdue_share": ("pct", 2),
}


@dataclass(frozen=True, eq=False)
class Month:
    """A month's cells, and which of them are withheld."""

    cells: Cells
    withheld: Withheld


def figures(month: Month, before: Month | None, rule: Rule) -> dict[str, np.ndarray]:
    """Return the measures of a month as arrays of the cube's shape, NaN where there is nothing to publish.

    Entries and exits are withheld where the cell is withheld in either month: with the number of enterprises
    of one month they would give away the other's. Days and the overdue share need as many enterprises that
    have revenue, or receivables, as a cell needs enterprises.
    """
    cells, hidden = month.cells, month.withheld.cells
    shown = (cells["enterprises"] > 0) & ~hidden
    days = shown & (cells["with_days"] >= rule.least)
    owed = shown & (cells["debtors"] >= rule.least)
    with np.errstate(divide="ignore", invalid="ignore"):
        loss_making = 100 * cells["loss_making"] / cells["enterprises"]
        overdue = 100 * cells["overdue"] / cells["receivables"]
    found = {
        "firm_enterprises": (cells["enterprises"], shown),
        "firm_revenue": (cells["revenue"] / YUAN_IN_UNIT, shown),
        "firm_profit": (cells["profit"] / YUAN_IN_UNIT, shown),
        "firm_loss_making_share": (loss_making, shown),
        "firm_receivable_days_median": (cells["days_median"], days),
        "firm_receivable_days_p90": (cells["days_p90"], days),
        "firm_overdue_share": (overdue, owed),
    }
    if before is not None:
        some = (cells["enterprises"] > 0) | (before.cells["enterprises"] > 0)
        turnover = some & ~hidden & ~before.withheld.cells
        found |= {
            "firm_entries": (cells["entries"], turnover),
            "firm_exits": (cells["exits"], turnover),
        }
    return {
        name: np.where(where, np.round(values, MEASURES[name][1]), np.nan) for name, (values, where) in found.items()
    }
