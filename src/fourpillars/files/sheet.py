"""A sheet: rows of text cells, with what a reader of the file would call each place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from fourpillars.errors import FourPillarsError


class UnreadableFileError(FourPillarsError):
    """A file that cannot be read, or may not: what it is, and what to give instead."""


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in a file.

    Attributes
    ----------
    name : str
        The sheet's name; empty where the file is the only one.
    rows : list of list of str
        The cells as text, all rows of one length; an empty text is an empty cell.
    merged : tuple
        Merged cells: first row, first column, last row, last column, counted from 0.
    hidden_percent : bool
        Whether the file may show numbers as percentages without saying so (old Excel files).
    notes : tuple of str
        What a reader of the table should know.
    """

    name: str
    rows: list[list[str]] = field(repr=False)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_percent: bool = False
    notes: tuple[str, ...] = ()


def letter(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0.

    Examples
    --------
    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_text(value: float, percent: bool = False) -> str:
    """Write a number of a spreadsheet as the spreadsheet shows it: 15 digits, and % where it is one.

    Examples
    --------
    >>> number_text(5.2), number_text(2025.0), number_text(0.1 + 0.2), number_text(0.052, percent=True)
    ('5.2', '2025', '0.3', '5.2%')
    """
    shown = Decimal(format(value, ".15g"))
    if percent:
        shown *= 100
    return plain_number(shown) + "%" * percent


def plain_number(value: Decimal) -> str:
    """Write a decimal in plain digits, without an exponent or idle zeros.

    Examples
    --------
    >>> plain_number(Decimal("1.50E+3")), plain_number(Decimal("-0.0"))
    ('1500', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
