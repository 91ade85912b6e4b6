"""Enterprise files: which kinds there are, their columns, and how SQL reads them."""

from __future__ import annotations

import csv
import gzip
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

    def numbered(self) -> str:
        """Return the SQL of its rows with their line: a CSV file's header is line 1; Parquet has none."""
        if self.is_csv:
            return f"(SELECT *, row_number() OVER () + 1 AS line FROM {self.scan()})"
        return f"(SELECT *, file_row_number + 1 AS line FROM {self.scan(', file_row_number=true')})"

    def scan(self, options: str = "") -> str:
        """Return the SQL that reads it as a table; nothing about a CSV file is guessed."""
        literal = text(re.sub(r"([*?\[])", r"[\1]", self.name))
        if not self.is_csv:
            return f"read_parquet({literal}{options})"
        columns = ", ".join(f"{text(name)}: 'VARCHAR'" for name in self.types)
        return (
            f"read_csv({literal}, header=true, auto_detect=false, columns={{{columns}}}, "
            "delim=',', quote='\"', escape='\"')"
        )


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
    files = [_opened(connection, path) for path in paths]
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


def _opened(connection: DuckDBPyConnection, path: Path) -> EnterpriseFile:
    if path.name.endswith(CSV):
        return EnterpriseFile(path, dict.fromkeys(_header(path), "VARCHAR"))
    import duckdb

    file = EnterpriseFile(path, {})
    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM {file.scan()}").fetchall()
    except duckdb.Error as error:
        raise unreadable(path, error) from error
    return EnterpriseFile(path, {row[0]: row[1] for row in rows})


def _header(path: Path) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as stream:
            header = next(csv.reader(stream), [])
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    twice = [name for name in header if header.count(name) > 1]
    if twice or not header:
        message = "stands twice in the header" if twice else "is empty"
        hint = "Keep one." if twice else f"Its first line must name the columns: {','.join(COLUMNS)}"
        raise DataError([Problem(path.as_posix(), 1, *(twice[:1] or [""]) * 2, message, hint)])
    return header


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
