"""Words on the terminal: refusals, tables, sizes and times."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from rich.console import Console


def console(stderr: bool = False) -> Console:
    """Return a console that prints text as text: names from files are never taken for markup."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


def refuse(error: FourPillarsError, as_json: bool = False) -> None:
    """Print an error: its problems as a table where it has some, else its sentence and its hint; or all as JSON."""
    if as_json:
        _refuse_in_json(error)
        return
    problems = getattr(error, "problems", None)
    if problems:
        columns = ("file", "line", "column", "found", "message", "hint")
        rows = [[str(getattr(problem, name, "") or "") for name in columns] for problem in problems]
        print_table(columns, rows, stderr=True)
    print(f"Error: {error.message.splitlines()[0].rstrip(':')}", file=sys.stderr)
    if error.hint:
        print(error.hint, file=sys.stderr)


def _refuse_in_json(error: FourPillarsError) -> None:
    """Print an error for programs: one JSON object, on one line of standard error."""
    names = ("file", "line", "column", "found", "message", "hint")
    problems = [{name: getattr(problem, name, None) for name in names} for problem in getattr(error, "problems", ())]
    questions = [vars(question) for question in getattr(error, "questions", ())]
    said = {"error": error.message, "hint": error.hint, **({"problems": problems} if problems else {})}
    said |= {"questions": questions} if questions else {}
    print(json.dumps(said, ensure_ascii=False, default=str), file=sys.stderr)


def print_json(value: Any) -> None:
    """Print a result for programs: one JSON value, indented, on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], stderr: bool = False) -> None:
    """Print a plain table; piped elsewhere, as tab-separated lines."""
    to = console(stderr)
    if not to.is_terminal:
        print("\t".join(columns), file=to.file)
        for row in rows:
            print("\t".join(" ".join(cell.split()) for cell in row), file=to.file)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    to.print(table, soft_wrap=False)


def seconds(value: float) -> str:
    """Return a duration as a person says it.

    Examples
    --------
    >>> seconds(4.25), seconds(125.0)
    ('4.2 s', '2 min 5 s')
    """
    return f"{value:.1f} s" if value < 60 else f"{int(value) // 60} min {int(value) % 60} s"


def megabytes(value: float) -> str:
    """Return bytes in MB.

    Examples
    --------
    >>> megabytes(1_500_000_000)
    '1,500 MB'
    """
    return f"{value / 1e6:,.0f} MB"
