"""Find where in the enterprise files something is wrong: file, row, column, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fourpillars.catalogue.problems import Problem
from fourpillars.errors import did_you_mean
from fourpillars.observations.cube.columns import CODED, Layout, quoted, text
from fourpillars.observations.cube.files import EnterpriseFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: How many problems are told of a column of a file, and of enterprises that stand twice.
TOLD = 20


def bad_values(
    connection: DuckDBPyConnection, files: Sequence[EnterpriseFile], layout: Layout, columns: Sequence[str]
) -> list[Problem]:
    """Return the first bad values of some columns, file by file, in the order of their rows."""
    connection.execute("SET preserve_insertion_order = true")
    problems = []
    for file in files:
        for column in columns:
            raw, reading = quoted(layout.names[column]), layout.reading(column, file.dated(layout))
            rows = connection.execute(
                f"SELECT line, CAST({raw} AS VARCHAR) FROM {file.numbered()} "
                f"WHERE {reading} IS NULL ORDER BY line LIMIT {TOLD}"
            ).fetchall()
            for line, found in rows:
                message, hint = _explain(column, found or "", layout)
                problems.append(Problem(file.name, line, layout.names[column], found or "", message, hint))
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def repeated(
    connection: DuckDBPyConnection, files: Sequence[EnterpriseFile], layout: Layout, month: str
) -> list[Problem]:
    """Return the enterprises that stand twice in a month: each further row, and where the first is."""
    rows = connection.execute(
        f"SELECT enterprise FROM enterprise_months WHERE time_period = {text(month)} "
        f"GROUP BY enterprise HAVING count(*) > 1 ORDER BY enterprise LIMIT {TOLD}"
    ).fetchall()
    if not rows:
        return []
    connection.execute("SET preserve_insertion_order = true")
    among = ", ".join(text(row[0]) for row in rows)
    name = layout.names["enterprise"]
    first: dict[str, str] = {}
    problems = []
    for file in files:
        places = connection.execute(
            f"SELECT {layout.reading('enterprise')} AS id, line FROM {file.numbered()} WHERE id IN ({among}) "
            f"AND {layout.reading('time_period', file.dated(layout))} = {text(month)} ORDER BY line"
        ).fetchall()
        for enterprise, line in places:
            place = f"{file.name}, line {line}"
            if first.setdefault(enterprise, place) != place:
                hint = f"The first is in {first[enterprise]}: keep one of the two."
                message = f"stands twice in {month}"
                problems.append(Problem(file.name, line, name, enterprise, message, hint))
    return problems


def _explain(column: str, found: str, layout: Layout) -> tuple[str, str]:
    if not found:
        return "is empty", "Leave the enterprise out of that month, or write its figure, 0 included."
    if column == "time_period":
        return "is no month", "Write 2026-08."
    if column in CODED:
        kind = {"ref_area": "province", "activity": "division", "size": "size"}[column]
        return f"is no {kind}", did_you_mean(found, layout.codes[column])
    return _explain_number(column, found)


def _explain_number(column: str, found: str) -> tuple[str, str]:
    try:
        number = float(found)
    except ValueError:
        digits = found.replace(",", "").replace(" ", "").replace(".", "").lstrip("-").isdigit()
        hint = "Write it without spaces or thousands separators." if digits else ""
        return "is not a number", hint
    if number < 0 and column in ("receivables", "overdue"):
        return "is negative", "What is owed to an enterprise is 0 or more."
    if column == "overdue" and abs(number) < 1e15:
        return "is more than the receivables", "It is the part of them that is past its due date."
    return "is too large or no finite number", "Look at the unit of money (--money)."
