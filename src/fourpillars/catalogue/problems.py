"""What is wrong with a data file: where, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourpillars.errors import FourPillarsError

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One problem of one file.

    Attributes
    ----------
    file : str
        The file's path from the project's root.
    line : int or None
        The line in that file, the header being line 1; None where the whole file is meant.
    column : str
        The column's name; empty where the whole line is meant.
    found : str
        What stands there.
    message : str
        What is wrong with it.
    hint : str
        What to do about it.

    Examples
    --------
    >>> print(Problem("data/x.csv", 12, "obs_value", "n/a", "is not a number", "Leave the row out."))
    data/x.csv, line 12, obs_value: 'n/a' is not a number. Leave the row out.
    """

    file: str
    line: int | None
    column: str
    found: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = ", ".join(
            [self.file] + [f"line {self.line}"] * (self.line is not None) + [self.column] * bool(self.column)
        )
        found = f"{self.found!r} " if self.found else ""
        return f"{where}: {found}{self.message}. {self.hint}".rstrip()


class DataError(FourPillarsError):
    """Data files that do not say what they must: all their problems at once, in `problems`.

    Examples
    --------
    >>> print(DataError([Problem("data/x.csv", None, "", "", "is empty")]))
    There is 1 problem in the data:
      data/x.csv: is empty.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"There {'is 1 problem' if count == 1 else f'are {count:,} problems'} in the data:"
        lines = [f"  {problem}" for problem in self.problems[:SHOWN]]
        more = [f"  … and {count - SHOWN:,} more"] if count > SHOWN else []
        super().__init__("\n".join([head, *lines, *more]))
        self.args = (self.problems,)  # so that it pickles
