"""What a method may take: published series, and other indicators, for one kind of unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.indicators.quantity import Quantity

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.catalogue.indicator import Series
    from fourpillars.observations import Observations

LEVEL_OF = {"total_profit_growth": "total_profit"}
"""Growth rates the bureau leaves out where the base was a loss, and the level that is published all the
same."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """The published series of one `kind`, and the indicators made of them.

    Attributes
    ----------
    kind : str
        'industry', 'region' or 'nation': what the columns of every series are.
    other : callable
        ``other(code, kind)``: another indicator's quantity.
    """

    observations: Observations
    catalogue: Catalogue
    kind: str
    other: Callable[[str, str], Quantity]

    @property
    def units(self) -> list[str]:
        """Return the units of the kind: the 41 divisions, the 31 provinces, or CN."""
        return self.catalogue.units_of(self.kind)

    @property
    def major_provinces(self) -> list[str]:
        """Return the major industrial provinces."""
        return list(self.catalogue.major_provinces.index)

    @property
    def divisions(self) -> list[str]:
        """Return the 41 divisions."""
        return self.catalogue.divisions()

    def of_kind(self, kind: str) -> Inputs:
        """Return the same inputs for another kind of unit."""
        return Inputs(self.observations, self.catalogue, kind, self.other)

    def series(
        self,
        measure: str,
        basis: str,
        freq: str = "M",
        *,
        item: str = "",
        ownership: str = "",
        activity: str | None = None,
        unit: str | None = None,
    ) -> Quantity:
        """Read one published series for every unit; empty where there is none.

        Where the bureau publishes no growth rate because the base was a loss, the cell says so ('loss_base').
        """
        wide = self.observations.wide(
            measure,
            freq=freq,
            basis=basis,
            kind=self.kind,
            item=item,
            ownership=ownership,
            activity=activity,
            unit=unit,
        )
        quantity = Quantity.of(wide)
        if measure not in LEVEL_OF or quantity.empty:
            return quantity
        level = self.series(LEVEL_OF[measure], basis, freq, ownership=ownership, activity=activity)
        return quantity.spanning(level).with_reason("loss_base", level.values.notna())

    def read(self, series: Series) -> Quantity:
        """Read a series as a catalogue entry names it."""
        return self.series(
            series.measure,
            series.basis,
            series.freq,
            item=series.item,
            ownership=series.ownership,
            activity=series.activity,
            unit=series.unit,
        )

    def indicator(self, code: str, kind: str | None = None) -> Quantity:
        """Take another indicator of the catalogue, of the same kind unless another is named."""
        return self.other(code, kind or self.kind)

    def nothing(self, unit: str, freq: str = "M") -> Quantity:
        """Return a quantity without any value: defined, and without data."""
        index = pd.PeriodIndex([], freq={"M": "M", "Q": "Q-DEC", "A": "Y-DEC"}[freq])
        return Quantity(pd.DataFrame(index=index, dtype=float), lambda period, entity: None, unit)
