"""Decimal commas, as files parted by semicolons may have them: proven by the figures themselves, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fourpillars.files.sheet import UnreadableFileError

_FIGURE = re.compile(r"([-+−–]?\s?)(\d[\d.,]*)(\s?%?\s?[*①-⑳]{0,3})")
_WIDE = {0xFF0C: ",", 0xFF0E: "."} | {0xFF10 + digit: str(digit) for digit in range(10)}
_COMMA = re.compile(r"(\d+|\d{1,3}(\.\d{3})+),(\d{1,2}|\d{4,})|0,\d{3}|\d{1,3}(\.\d{3})+,\d+|\d{4,},\d+")
_POINT = re.compile(r"(?!(19|20)\d\d\.\d{1,2}$)(\d+\.(\d{1,2}|\d{4,})|0\.\d{3}|\d{4,}\.\d+)|\d{1,3}(,\d{3}){2,}(\.\d+)?"
                   r"|\d{1,3}(,\d{3})+\.\d+")  # fmt: skip
_EITHER = re.compile(r"[1-9]\d{0,2}[,.]\d{3}")
_ENOUGH = 2  #: figures that prove what others, which could be read both ways, mean: one may be a slip


def with_points(rows: list[list[str]], name: str) -> tuple[list[list[str]], bool]:
    """Return the cells of a file parted by semicolons with decimal points, and whether it had commas.

    Raises
    ------
    UnreadableFileError
        If a figure may be thousands or decimals, and the others do not tell.

    Examples
    --------
    >>> with_points([["Hebei", "12,5", "0,7", "1,234"]], "a.csv")
    ([['Hebei', '12.5', '0.7', '1.234']], True)
    >>> with_points([["Hebei", "12.5", "1,234"]], "a.csv")
    ([['Hebei', '12.5', '1,234']], False)
    """
    commas, points, dotted = 0, 0, False
    either: dict[str, tuple[int, str]] = {}
    for number, cell in _cells(rows):
        found = _FIGURE.fullmatch(cell.translate(_WIDE))
        digits = found[2] if found else ""
        commas += bool(_COMMA.fullmatch(digits))
        points += bool(_POINT.fullmatch(digits))
        dotted = dotted or bool(re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", digits))
        if _EITHER.fullmatch(digits):
            either.setdefault("," if "," in digits else ".", (number, cell))
    decimal = bool(commas) and not points
    unsure = either.get("," if not decimal or commas < _ENOUGH else "" if dotted else ".")
    if unsure and (not points or commas):
        row, cell = unsure
        hint = "Write its figures without marks for thousands, and with decimal points; or save it as .xlsx."
        raise UnreadableFileError(f"{name}, row {row}: {cell!r} may be thousands or decimals.", hint)
    return ([[_with_point(cell) for cell in row] for row in rows], True) if decimal else (rows, False)


def _cells(rows: list[list[str]]) -> Iterable[tuple[int, str]]:
    return ((number, cell) for number, row in enumerate(rows, 1) for cell in row if cell)


def _with_point(cell: str) -> str:
    found = _FIGURE.fullmatch(cell.translate(_WIDE))
    if found is None or "," not in found[2]:
        return cell
    return f"{found[1]}{found[2].replace('.', '').replace(',', '.')}{found[3]}"
