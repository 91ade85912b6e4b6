"""What is published of a measure: as which series, for whom, and one figure of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fourpillars.catalogue.project import Project
from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.observations.store import Wide

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.observations import Observations

KINDS = ("industry", "region", "nation")


@dataclass(frozen=True)
class Sample:
    """One published figure."""

    ref_area: str
    activity: str
    period: str
    value: float
    source: str


@dataclass(frozen=True)
class Published:
    """A measure's longest series: its basis, frequency and unit, the kinds of unit it is for, its latest figure."""

    measure: str
    basis: str
    freq: str
    unit: str
    kinds: tuple[str, ...]
    sample: Sample


def published(project: Project, catalogue: Catalogue, measure: str) -> Published:
    """Return what is published of a measure.

    Raises
    ------
    UnknownNameError
        If there is no such measure.
    FourPillarsError
        If nothing is published of it that an indicator could read by itself.

    Examples
    --------
    >>> from fourpillars.catalogue import find_project, load_catalogue
    >>> found = published(find_project(), load_catalogue(), "capacity_utilization")
    >>> found.basis, found.freq, found.unit
    ('quarter', 'Q', 'pct')
    """
    from fourpillars.observations import load_observations

    if measure not in catalogue.measures.index:
        raise UnknownNameError.of("measure", measure, catalogue.measures.index)
    observations = load_observations(project)
    rows = observations.frame
    rows = rows[(rows["measure"] == measure) & (rows["item"] == "") & (rows["ownership"] == "")]
    counted = rows.groupby(["basis", "freq", "unit"], observed=True).size().sort_values(ascending=False)
    for basis, freq, unit in counted.index:
        laid_out = _by_kind(observations, catalogue, measure, basis, freq, unit)
        if laid_out:
            kind, wide = next(iter(laid_out.items()))
            return Published(measure, basis, freq, unit, tuple(laid_out), _latest(observations, kind, wide))
    raise FourPillarsError(
        f"Nothing is published of {measure!r} as a whole: only parts, such as products.",
        "Name another measure with --measure: data/codelists/measure.csv lists them.",
    )


def _by_kind(
    observations: Observations, catalogue: Catalogue, measure: str, basis: str, freq: str, unit: str
) -> dict[str, Wide]:
    """Lay a series out for every kind of unit that has any figure of it."""
    found = {}
    for kind in KINDS:
        try:
            wide = observations.wide(measure, freq=freq, basis=basis, kind=kind, unit=unit)
        except FourPillarsError:  # of several activities, none of them all industry
            continue
        units = [one for one in catalogue.units_of(kind) if one in wide.values.columns]
        if wide.values[units].notna().to_numpy().any():
            found[kind] = Wide(wide.values[units], wide.rows[units], unit)
    return found


def _latest(observations: Observations, kind: str, wide: Wide) -> Sample:
    """Return the newest figure of the first unit that has one then."""
    from fourpillars.catalogue.periods import from_period

    values = wide.values.dropna(how="all").iloc[-1].dropna()
    period, unit = values.name, values.index[0]
    ref_area, activity = {"industry": ("CN", unit), "region": (unit, "B-D"), "nation": ("CN", "B-D")}[kind]
    row = int(wide.rows.at[period, unit])
    source = str(observations.frame.at[row, "source_id"])
    return Sample(ref_area, activity, from_period(period), float(values.iloc[0]), source)
