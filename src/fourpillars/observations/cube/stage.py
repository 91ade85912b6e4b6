"""Read the enterprise files into one table, compact and on disk, or say what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.observations.cube.columns import CODED, COLUMNS, Layout, text
from fourpillars.observations.cube.faults import bad_values
from fourpillars.observations.cube.files import EnterpriseFile, unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def stage(
    connection: DuckDBPyConnection,
    files: Sequence[EnterpriseFile],
    layout: Layout,
    parents: dict[str, str],
) -> int:
    """Read the files into the table `enterprise_months` and return how many rows there are.

    Codes become numbers, money whole yuan; the column ``sector`` follows from the activity by `parents`.
    What cannot be read so is NULL there, which costs nothing to find; only then are the files read again for
    where it stands.

    Raises
    ------
    DataError
        With the first values of each column of each file that do not hold what they must.
    """
    import duckdb

    for column in CODED:
        _enumerate(connection, f"{column}_code", layout.codes[column])
    _enumerate(connection, "sector_code", sorted(set(parents.values())))
    connection.execute("CREATE TABLE enterprise_months (" + _columns() + ")")
    connection.execute("SET preserve_insertion_order = false")
    sector = " ".join(f"WHEN {text(code)} THEN {text(parent)}" for code, parent in parents.items())
    for file in files:
        dated = file.dated(layout)
        readings = ", ".join(f"{layout.reading(column, dated)} AS {column}" for column in COLUMNS)
        try:
            connection.execute(
                f"INSERT INTO enterprise_months SELECT *, CASE activity {sector} END "
                f"FROM (SELECT {readings} FROM {file.scan()})"
            )
        except duckdb.Error as error:
            if isinstance(error, duckdb.OutOfMemoryException):
                raise
            raise unreadable(file.path, error) from error
    counts = ", ".join(f"count({column})" for column in COLUMNS)
    rows, *filled = connection.execute(f"SELECT count(*), {counts} FROM enterprise_months").fetchall()[0]
    wrong = [column for column, count in zip(COLUMNS, filled, strict=True) if count < rows]
    if wrong:
        raise DataError(bad_values(connection, files, layout, wrong))
    if not rows:
        raise DataError([Problem(file.name, None, "", "", "holds no enterprises") for file in files])
    return rows


def _enumerate(connection: DuckDBPyConnection, name: str, codes: Sequence[str]) -> None:
    connection.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(map(text, codes))})")


def _columns() -> str:
    types = {"enterprise": "VARCHAR"} | {column: f"{column}_code" for column in CODED}
    return ", ".join(f"{name} {types.get(name, 'BIGINT')}" for name in COLUMNS) + ", sector sector_code"
