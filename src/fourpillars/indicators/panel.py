"""Every indicator, for every unit and period: computed when asked, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.indicators.expression import Explanation
from fourpillars.indicators.frame import KINDS, frame_of
from fourpillars.indicators.inputs import Inputs
from fourpillars.indicators.methods import computed
from fourpillars.indicators.quantity import Quantity
from fourpillars.observations.reads import Read, note, recording

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.observations import Observations


@dataclass(eq=False)
class Panel:
    """The indicators of a catalogue over observations.

    Attributes
    ----------
    observations : Observations
        What the indicators are made of; an edition's panel is made of ``observations.until(edition)``.
    catalogue : Catalogue
        What is measured.
    """

    observations: Observations
    catalogue: Catalogue
    _quantities: dict[tuple[str, str], tuple[Quantity, frozenset[Read]]] = field(default_factory=dict, repr=False)

    def quantity(self, code: str, kind: str) -> Quantity:
        """Compute an indicator for a kind of unit, with its lineage.

        Raises
        ------
        UnknownNameError
            If there is no such indicator.
        FourPillarsError
            If the indicator is not defined for the kind.
        """
        if (code, kind) not in self._quantities:
            indicator = self.catalogue.indicators.get(code)
            if indicator is None:
                raise UnknownNameError.of("indicator", code, self.catalogue.indicators)
            if kind not in indicator.kinds:
                raise FourPillarsError(
                    f"The indicator {code} is not defined for the kind {kind!r}.",
                    hint=f"It is for: {', '.join(indicator.kinds)}.",
                )
            inputs = Inputs(self.observations, self.catalogue, kind, self.quantity)
            with recording() as read:
                made = computed(indicator, inputs)
            self._quantities[code, kind] = made, frozenset(read)
        quantity, read = self._quantities[code, kind]
        note(read)
        return quantity

    def history(self, code: str, kind: str) -> pd.DataFrame:
        """Return an indicator's values by period (rows) and unit of the kind (columns)."""
        return self.quantity(code, kind).of_units(self.catalogue.units_of(kind)).values

    def frame(self, edition: str, kinds: Iterable[str] = KINDS) -> pd.DataFrame:
        """Return what an edition knows: one row for every indicator and unit of its kinds.

        Columns: indicator, ref_area, activity, period (asked for), observed_period, value, unit, status
        (ok | stale | missing), reason, source_ids. See `fourpillars.indicators.frame`.
        """
        return frame_of(self, edition, tuple(kinds))

    def explain(self, code: str, ref_area: str, activity: str, time_period: str) -> Explanation:
        """Say how a value was made: value, formula, and the row ids of the observations it stands on."""
        kind, unit = unit_at(ref_area, activity)
        return self.quantity(code, kind).explain(time_period, unit)


def compute(observations: Observations, catalogue: Catalogue) -> Panel:
    """Make the panel of a catalogue's indicators; each is computed when first asked for."""
    return Panel(observations, catalogue)


def unit_at(ref_area: str, activity: str) -> tuple[str, str]:
    """Return the kind and the column of the unit at an area and activity.

    Examples
    --------
    >>> unit_at("CN", "C31"), unit_at("440000", "B-D"), unit_at("CN", "B-D")
    (('industry', 'C31'), ('region', '440000'), ('nation', 'CN'))
    """
    if ref_area != "CN":
        return "region", ref_area
    return ("nation", "CN") if activity == "B-D" else ("industry", activity)
