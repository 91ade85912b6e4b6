"""Enterprise files: which kinds there are, their columns, and how SQL reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.catalogue.encoding import encoding_problem
from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.errors import FourPillarsError, did_you_mean, nearest
from fourpillars.observations.cube.columns import COLUMNS, Layout, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARQUET = (".parquet", ".pq")
CSV = (".csv", ".csv.gz")
#: How much of a file is looked through for letters in another encoding.
LOOKED_THROUGH = 64 * 2**20


@dataclass(frozen=True)
class EnterpriseFile:
    """A file, and the types of its columns (all text in CSV)."""

    path: Path
    types: dict[str, str]

    @property
    def name(self) -> str:
        """What its problems call it."""
        return self.path.as_posix()

    @property
    def is_csv(self) -> bool:
        """Say whether it is CSV."""
        return self.name.endswith(CSV)

    def dated(self, layout: Layout) -> bool:
        """Say whether its periods are dates, of which the month is meant."""
        return self.types[layout.names["time_period"]].startswith(("DATE", "TIMESTAMP"))


def scan(path: Path) -> str:
    """Return the SQL that reads a file as a table."""
    literal = text(re.sub(r"([*?\[])", r"[\1]", path.as_posix()))
    if path.as_posix().endswith(CSV):
        return f"read_csv({literal}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
    return f"read_parquet({literal})"


def open_files(connection: DuckDBPyConnection, paths: Sequence[Path], layout: Layout) -> list[EnterpriseFile]:
    """Look at the files' headers.

    Raises
    ------
    FourPillarsError
        If a file is none or of no known kind; `DataError` with every column that is missing, file by file.
    """
    if not paths:
        raise FourPillarsError("No enterprise file was named.", hint="Name Parquet or CSV files.")
    for path in dict.fromkeys(paths):
        _check_kind(path)
        if list(paths).count(path) > 1:
            raise FourPillarsError(f"The file {path.as_posix()!r} was named twice.", hint="Name it once.")
    files = [EnterpriseFile(path, _types(connection, path)) for path in paths]
    problems = [problem for file in files for problem in _missing(file, layout)]
    if problems:
        raise DataError(problems)
    return files


def _check_kind(path: Path) -> None:
    if path.is_dir():
        hint = f"Name the files: {(path / '*.parquet').as_posix()}"
        raise FourPillarsError(f"{path.as_posix()!r} is a folder.", hint=hint)
    if not path.is_file():
        beside = [file.name for file in path.parent.glob("*")] if path.parent.is_dir() else []
        close = nearest(path.name, beside)
        hint = did_you_mean(path.name, close) if close else ""
        raise FourPillarsError(f"There is no file {path.as_posix()!r}.", hint=hint)
    if not path.as_posix().endswith((*PARQUET, *CSV)):
        allowed = ", ".join((*PARQUET, *CSV))
        raise FourPillarsError(f"{path.as_posix()!r} is no enterprise file.", hint=f"Allowed: {allowed}.")


def _types(connection: DuckDBPyConnection, path: Path) -> dict[str, str]:
    import duckdb

    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM {scan(path)}").fetchall()
    except duckdb.Error as error:
        raise unreadable(path, error) from error
    return {row[0]: row[1] for row in rows}


def _missing(file: EnterpriseFile, layout: Layout) -> list[Problem]:
    problems = []
    for column in COLUMNS:
        name = layout.names[column]
        if name not in file.types:
            others = [other for other in file.types if other not in layout.names.values()]
            close = nearest(name, others, 1) or nearest(column, others, 1)
            hint = f"Name the column it is called: --column {column}={close[0] if close else '…'}"
            problems.append(Problem(file.name, 1 if file.is_csv else None, name, "", "is missing", hint))
    return problems


def unreadable(path: Path, error: Exception) -> DataError:
    """Say why DuckDB cannot read a file: where, and what to do."""
    name, message = path.as_posix(), str(error)
    if name.endswith(".csv"):
        with path.open("rb") as stream:
            data = stream.read(LOOKED_THROUGH)
        problem = encoding_problem(data[: data.rfind(b"\n") + 1] or data, name)
        if problem:
            return DataError([problem])
    line = re.search(r"Line: (\d+)", message)
    fields = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    found = f"has {fields[2]} fields where the header has {fields[1]}" if fields else "cannot be read"
    first = re.sub(r"^[\w ]+ Error: ", "", message.splitlines()[0])
    hint = "Look for a comma too few or too many." if fields else first
    return DataError([Problem(name, int(line[1]) if line else None, "", "", found, hint)])
