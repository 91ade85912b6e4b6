"""One month of enterprises, added up to the cells of the cube and its margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.observations.cube.axes import Axis
from fourpillars.observations.cube.columns import text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BY = "ref_area, activity, sector, size"
#: What is added up. Money in yuan; `volume` and `largest` are revenue without its sign: for dominance.
SUMS = {
    "enterprises": "count(*)",
    "revenue": "sum(revenue)",
    "profit": "sum(profit)",
    "loss_making": "count(*) FILTER (profit < 0)",
    "with_days": "count(days)",
    "receivables": "sum(receivables)",
    "overdue": "sum(overdue)",
    "debtors": "count(*) FILTER (receivables > 0)",
    "volume": "sum(abs(revenue))",
}
TURNOVER = ("entries", "exits")
QUANTILES = {"days_median": 0.5, "days_p90": 0.9}


@dataclass(frozen=True, eq=False)
class Cells:
    """A month's cells: an array of the cube's shape for each of `SUMS`, `TURNOVER`, `QUANTILES`, ``largest``.

    Receivable days of an enterprise are 30 × receivables at the month's end / revenue of the month, where it
    has revenue. Their quantiles are interpolated between neighbours: the p-quantile of n values in order
    stands at place 1 + p (n - 1), as numpy's and Hyndman and Fan's type 7; NaN where there are none.
    """

    month: str
    values: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.values[name]


def months_of(connection: DuckDBPyConnection) -> list[str]:
    """Return the months there are, in order."""
    rows = connection.execute("SELECT DISTINCT time_period FROM enterprise_months ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def add_up(connection: DuckDBPyConnection, month: str, before: str | None, axes: Sequence[Axis]) -> Cells:
    """Add a month up, with entries and exits since the month `before` (None: not known).

    An enterprise enters in the cell in which it reports if it did not report the month before in any cell,
    and exits in the cell in which it last reported.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE month AS SELECT * EXCLUDE (enterprise, time_period), "
        "CASE WHEN revenue > 0 THEN 30.0 * receivables / revenue END AS days "
        f"FROM enterprise_months WHERE time_period = {text(month)}"
    )
    sums = ", ".join(f"{how} AS {name}" for name, how in SUMS.items())
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS SELECT {BY}, {sums}, max(abs(revenue)) AS largest "
        f"FROM month GROUP BY {BY}"
    )
    if before is not None:
        _add_turnover(connection, month, before)
    columns = {row[0] for row in connection.execute("DESCRIBE cells").fetchall()}
    totals = [f"coalesce(sum({name}), 0) AS {name}" for name in (*SUMS, *TURNOVER) if name in columns]
    totals.append("coalesce(max(largest), 0) AS largest")
    values = _spread(connection, axes, "cells", totals, 0.0)
    shares = [*QUANTILES.values()]  # asked for together, the values are put in order once
    quantiles = [f"quantile_cont(days, {shares})[{place}] AS {name}" for place, name in enumerate(QUANTILES, 1)]
    return Cells(month, values | _spread(connection, axes, "month", quantiles, np.nan))


def _add_turnover(connection: DuckDBPyConnection, month: str, before: str) -> None:
    cell = ", ".join(f"coalesce(here.{level}, there.{level}) AS {level}" for level in BY.split(", "))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS FROM cells UNION ALL BY NAME SELECT {cell}, "
        "count(*) FILTER (there.enterprise IS NULL) AS entries, count(*) FILTER (here.enterprise IS NULL) AS exits "
        f"FROM (FROM enterprise_months WHERE time_period = {text(month)}) AS here "
        f"FULL JOIN (FROM enterprise_months WHERE time_period = {text(before)}) AS there USING (enterprise) "
        "WHERE here.enterprise IS NULL OR there.enterprise IS NULL GROUP BY ALL"
    )


def _spread(
    connection: DuckDBPyConnection, axes: Sequence[Axis], table: str, measured: list[str], empty: float
) -> dict[str, np.ndarray]:
    """Group a table by every combination of the axes' levels, and spread the result over the cube."""
    shape = tuple(len(axis.codes) for axis in axes)
    groups = [
        f"({', '.join(level for level in levels if level)})"
        for levels in product(*((*axis.levels, "") for axis in axes))
    ]
    codes = ", ".join(f"{_code(axis)} AS {axis.name}_place" for axis in axes)
    query = f"SELECT {codes}, {', '.join(measured)} FROM {table} GROUP BY GROUPING SETS ({', '.join(groups)})"
    found = connection.execute(query).df()
    places = tuple(pd.Index(axis.codes).get_indexer(found[f"{axis.name}_place"].astype(str)) for axis in axes)
    values = {}
    for name in found.columns[len(axes) :]:
        values[name] = np.full(shape, empty)
        values[name][places] = found[name].to_numpy(float)
    return values


def _code(axis: Axis) -> str:
    """Return the SQL of the code of an axis's place in a group: that of the finest level grouped by."""
    prefix = "'size_' || " if axis.name == "size" else ""
    levels = [f"{prefix}CAST({level} AS VARCHAR)" for level in axis.levels]
    return f"coalesce({', '.join([*levels, text(axis.codes[-1])])})"
