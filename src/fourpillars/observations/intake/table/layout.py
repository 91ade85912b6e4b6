"""Where a table's title, headings, rows and footnotes are on its sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fourpillars.files.sheet import Sheet
from fourpillars.observations.intake.table.dimensions import dimension_of
from fourpillars.observations.intake.words.figures import figure, is_missing

_NOTE = re.compile(r"(?:\s*[注※*＊①-⑳]|资料来源|数据来源|来源|说明|备注|(?:notes?|sources?)\b)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?年?")
MOST_HEADINGS = 8


@dataclass(frozen=True)
class Layout:
    """The parts of a table, rows and columns counted from 0.

    Attributes
    ----------
    titles : list of str
        The texts above the headings.
    headings : list of list of str
        For each column the texts above it, from the top.
    first : int
        The first row below the headings.
    rows : list of int
        The rows that are neither blank nor footnotes.
    footnotes : list of tuple
        Rows of text below the table, and their texts.
    cells : list of list of str
        All cells, merged ones filled.
    """

    titles: list[str]
    headings: list[list[str]]
    first: int
    rows: list[int]
    footnotes: list[tuple[int, str]]
    cells: list[list[str]]


def lay_out(sheet: Sheet, names_something: Callable[[str], bool]) -> Layout | None:
    """Find the parts of a sheet's table; None where there are no headings with figures below.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    names_something : callable
        Whether a text is the name of a region, industry, measure, … or a period: then a row has begun.
    """
    cells = _filled(sheet)
    top = _top(sheet, cells)
    if top is None:
        return None
    titles = [text for row in sheet.rows[:top] for text in dict.fromkeys(filter(None, row))]
    if any(_is_figure(cell) for cell in cells[top]):
        return None
    first = top + 1
    while first < min(len(cells), top + MOST_HEADINGS) and _continues(sheet, cells, top, first, names_something):
        first += 1
    if first >= len(cells):
        return None
    headings = _headings(sheet, cells, top, first)
    rows, footnotes = _rows(sheet, first)
    return Layout(titles, headings, first, rows, footnotes, cells) if rows else None


def _filled(sheet: Sheet) -> list[list[str]]:
    """Return the cells with every merged range filled with its text."""
    cells = [list(row) for row in sheet.rows]
    for top, left, bottom, right in sheet.merged:
        if (bottom - top + 1) * (right - left + 1) > 10_000 or top >= len(cells):
            continue
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * (min(right + 1, len(row)) - left)
    return cells


def _top(sheet: Sheet, cells: list[list[str]]) -> int | None:
    """Return the first row of headings: the first with texts in more than one place."""
    for number, row in enumerate(sheet.rows):
        filled = [cell for cell in row if cell]
        if len(filled) > 1 and not (len(set(filled)) == 1 or _is_unit_row(filled)):
            return number
        if filled and not row[0] and _stands_on_figures(cells, number, row.index(filled[0])):
            return number
    return None


def _stands_on_figures(cells: list[list[str]], number: int, column: int) -> bool:
    below = next((row for row in cells[number + 1 :] if any(row)), None)
    return below is not None and _is_figure(below[column])


def _is_unit_row(filled: list[str]) -> bool:
    """Say whether a row above the headings only names the table, its unit and time."""
    return len(filled) == 2 and any(re.match(r"\s*(?:计量)?单位\s*[:：]", cell) for cell in filled)


def _is_figure(cell: str) -> bool:
    return bool(cell) and figure(cell) is not None and not _YEAR.fullmatch(cell)


def _continues(
    sheet: Sheet, cells: list[list[str]], top: int, number: int, names_something: Callable[[str], bool]
) -> bool:
    """Say whether a row below the first row of headings is one more of them."""
    row, raw = cells[number], sheet.rows[number]
    filled = [cell for cell in row if cell]
    if not filled or any(_is_figure(cell) or (cell and is_missing(cell)) for cell in row):
        return False
    if sum(map(bool, raw)) == 1 and raw[0]:
        return False
    for column, cell in enumerate(row):
        above = [cells[line][column] for line in range(top, number) if cells[line][column]]
        if not cell or cell in above:
            continue
        begun = bool(above) and bool(dimension_of(above[-1])) and not dimension_of(cell)
        if begun or (column == 0 and not above and names_something(cell)):
            return False
        if _YEAR.fullmatch(cell) and any(names_something(text) for text in above):
            return False
    return True


def _headings(sheet: Sheet, cells: list[list[str]], top: int, first: int) -> list[list[str]]:
    """Return the texts above each column; in rows above others a text reaches to the next one."""
    lines = [list(cells[number]) for number in range(top, first)]
    for number, line in enumerate(lines[:-1], start=1):
        reach = ""
        for column, cell in enumerate(line):
            if cell:
                reach = "" if dimension_of(cell) else cell
            elif reach and any(below[column] for below in lines[number:]):
                line[column] = reach
    return [list(dict.fromkeys(filter(None, (line[column] for line in lines)))) for column in range(len(cells[0]))]


def _rows(sheet: Sheet, first: int) -> tuple[list[int], list[tuple[int, str]]]:
    """Return the rows of the table and, from its end, the rows of text alone that explain it."""
    filled = [number for number in range(first, len(sheet.rows)) if any(sheet.rows[number])]
    footnotes: list[tuple[int, str]] = []
    for number in reversed(filled):
        texts = [cell for cell in sheet.rows[number] if cell]
        if len(set(texts)) > 1 or not (_NOTE.match(texts[0]) or len(texts[0]) > 40):
            break
        footnotes.append((number, texts[0]))
    gone = {number for number, _ in footnotes}
    return [number for number in filled if number not in gone], footnotes[::-1]
