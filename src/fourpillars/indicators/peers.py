"""Which units are most alike in structure: a distance over a few stated dimensions.

Each dimension is a unit's latest current figure, sizes and amounts per head as logarithms, standardised over
all units of the kind (mean 0, standard deviation 1). A dimension counts at an edition where at least three
quarters of the units have it. The distance of two units is the root of the mean square of their differences,
over the dimensions the first one has; a unit that lacks one of these is nobody's peer there. So 0 is the same
structure, and 1 a standard deviation in every dimension.

"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from fourpillars.observations import Observations

COVERAGE = 0.75
"""Least share of units with a figure for a dimension to count."""


@dataclass(frozen=True)
class Dimension:
    """A side of structure: an indicator by its code, or a published yearly measure; `log` for sizes."""

    code: str
    log: bool = False
    measure: bool = False


DIMENSIONS: Mapping[str, tuple[Dimension, ...]] = {
    "industry": (
        Dimension("revenue_share", log=True),
        Dimension("profit_margin"),
        Dimension("cost_per_100"),
        Dimension("rd_intensity"),
        Dimension("export_share"),
        Dimension("asset_liability_ratio"),
        Dimension("revenue_per_employee", log=True),
        Dimension("private_share"),
    ),
    "region": (
        Dimension("secondary_share", log=True),
        Dimension("secondary_share_of_gdp", measure=True),
        Dimension("trade_share", log=True),
        Dimension("rd_intensity_gdp"),
        Dimension("technology_turnover"),
    ),
}
_UNIT = {"industry": "activity", "region": "ref_area"}


def structure(frame: pd.DataFrame, observations: Observations, kind: str, units: list[str]) -> pd.DataFrame:
    """Return the standardised dimensions that count at an edition: units × dimension codes.

    Parameters
    ----------
    frame : DataFrame
        The edition's indicator frame.
    observations : Observations
        The edition's statistics, for dimensions that are published measures.
    kind : {'industry', 'region'}
    units : list of str
        Codes of all units of the kind.
    """
    columns = {}
    for dimension in DIMENSIONS[kind]:
        values = (
            _published(observations, dimension.code, kind)
            if dimension.measure
            else _current(frame, dimension.code, kind)
        ).reindex(units)
        values = np.log(values.where(values > 0)) if dimension.log else values
        if values.notna().mean() >= COVERAGE:
            columns[dimension.code] = values
    table = pd.DataFrame(columns, index=units, dtype=float)
    return (table - table.mean()) / table.std(ddof=0)


def nearest(structure: pd.DataFrame, unit: str, count: int = 5) -> pd.Series:
    """Return the distances of the units most like one, nearest first.

    Parameters
    ----------
    structure : DataFrame
        Standardised dimensions, a row a unit.
    unit : str
        Its row.
    count : int
        At most so many.

    Examples
    --------
    >>> table = pd.DataFrame({"size": [0.0, 3.0, 1.0], "margin": [0.0, 4.0, 1.0]}, index=["a", "b", "c"])
    >>> nearest(table, "a").round(3).to_dict()
    {'c': 1.0, 'b': 3.536}
    """
    own = structure.loc[unit].dropna()
    others = structure.drop(index=unit)[own.index].dropna()
    if own.empty or others.empty:
        return pd.Series(dtype=float)
    distance = np.sqrt(((others - own) ** 2).mean(axis=1))
    return (
        distance.rename_axis("unit")
        .reset_index(name="distance")
        .sort_values(["distance", "unit"])
        .head(count)
        .set_index("unit")["distance"]
    )


def _current(frame: pd.DataFrame, code: str, kind: str) -> pd.Series:
    regional = frame["ref_area"] != "CN"
    chosen = (frame["indicator"] == code) & (frame["status"] == "ok") & (regional == (kind == "region"))
    return frame[chosen].set_index(_UNIT[kind])["value"]


def _published(observations: Observations, measure: str, kind: str) -> pd.Series:
    """Return a yearly measure of the latest year that most units have."""
    values = observations.wide(measure, freq="A", basis="year", kind=kind).values
    common = values[values.notna().mean(axis=1) >= COVERAGE]
    return common.iloc[-1] if len(common) else pd.Series(dtype=float)
