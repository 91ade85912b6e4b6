"""Read a CSV table as text, exactly, and say everything that is wrong with its form."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from fourpillars.catalogue.encoding import encoding_problem
from fourpillars.catalogue.problems import Problem
from fourpillars.errors import nearest

LINE = "line"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Table:
    """A CSV file as read: its rows as text (None where they cannot be used), and its problems."""

    file: str
    rows: pa.Table | None
    problems: tuple[Problem, ...] = ()


def read_table(path: Path, file: str, columns: Sequence[str]) -> Table:
    """Read a UTF-8 CSV file that has exactly these columns, in any order.

    Parameters
    ----------
    path : Path
        Where the file is.
    file : str
        What its problems call it.
    columns : sequence of str
        The columns it must have.

    Returns
    -------
    Table
        Rows as text, in the order of `columns`, with the column ``line`` (the header is line 1). A row with
        too few or too many fields is a problem and left out; so is an unknown column. Without a column, or in
        another encoding, there are no rows.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        return Table(file, None, (Problem(file, None, "", "", f"cannot be read ({error.strerror})"),))
    problem = encoding_problem(data, file)
    if problem:
        return Table(file, None, (problem,))
    data = data.removeprefix(BYTE_ORDER_MARK)
    header = next(csv.reader(io.StringIO(data.partition(b"\n")[0].decode())), [])
    if not header:
        hint = f"Its first line must name the columns: {','.join(columns)}"
        return Table(file, None, (Problem(file, None, "", "", "is empty", hint),))
    problems = _header_problems(header, file, columns)
    if set(columns) - set(header):
        return Table(file, None, tuple(problems))
    rows = _read_plain(data, header)
    if rows is None:
        rows, more = _read_any(data, header, file)
        problems += more
    return Table(file, rows.select([*columns, LINE]), tuple(problems))


def _header_problems(header: list[str], file: str, columns: Sequence[str]) -> list[Problem]:
    problems = []
    for column in columns:
        if column not in header:
            like = [name for name in nearest(column, header, 1) if name not in columns]
            hint = f"Rename the column {like[0]!r}." if like else f"Add {column!r} to the header and every line."
            problems.append(Problem(file, 1, column, "", "is missing", hint))
    for column in dict.fromkeys(header):
        if column not in columns:
            hint = f"The columns are {', '.join(columns)}."
            problems.append(Problem(file, 1, column, column, "is no column of this file", hint))
        elif header.count(column) > 1:
            problems.append(Problem(file, 1, column, column, "stands twice in the header", "Keep one."))
    return problems


def _read_plain(data: bytes, header: list[str]) -> pa.Table | None:
    """Read a file whose rows are its lines, without quotes or blank lines; None if it is not that plain."""
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if b'"' in data or data.count(b"\r") not in (0, lines) or len(set(header)) < len(header):
        return None
    read = pa_csv.ReadOptions(use_threads=False, block_size=len(data) + 1)
    types = {name: pa.string() for name in header}
    convert = pa_csv.ConvertOptions(column_types=types, strings_can_be_null=False)
    try:
        rows = pa_csv.read_csv(pa.BufferReader(data), read_options=read, convert_options=convert)
    except pa.ArrowInvalid:
        return None
    if rows.num_rows != lines - 1:
        return None
    return rows.append_column(LINE, pa.array(range(2, lines + 1), pa.int32()))


def _read_any(data: bytes, header: list[str], file: str) -> tuple[pa.Table, list[Problem]]:
    """Read any CSV, row by row, keeping each row's line."""
    reader = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    rows: dict[int, list[str]] = {}
    problems: list[Problem] = []
    line = 1
    try:
        for row in reader:
            if len(row) == len(header):
                rows[line] = row
            elif row:
                problems.append(_ragged(file, line, row, header))
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "Look for a quotation mark that is not closed."
        problems.append(Problem(file, line, "", "", f"is not CSV ({error})", hint))
    rows.pop(1, None)  # the header
    columns = list(zip(*rows.values(), strict=True)) if rows else [()] * len(header)
    texts = {name: pa.array(column, pa.string()) for name, column in zip(header, columns, strict=True)}
    return pa.table(texts | {LINE: pa.array(list(rows), pa.int32())}), problems


def _ragged(file: str, line: int, row: list[str], header: list[str]) -> Problem:
    few = len(row) < len(header)
    column = header[len(row)] if few else header[-1]
    message = f"has {len(row)} fields where the header has {len(header)}"
    hint = "A comma is missing." if few else "A text that holds a comma must stand in double quotes."
    return Problem(file, line, column, ",".join(row), message, hint)
