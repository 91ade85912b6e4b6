"""Excel workbooks, new and old: values, merged cells, and numbers shown as percentages. No formula is carried."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from fourpillars.files import limits
from fourpillars.files.cell_formats import Marked, marked_cells
from fourpillars.files.sheet import Sheet, UnreadableFileError, number_text


def read_workbook(path: Path, kind: str) -> list[Sheet]:
    """Return the visible sheets of a workbook that hold something.

    A cell that holds a formula gives the value it last had, as the file holds it.
    """
    import python_calamine as calamine

    marked = marked_cells(path) if kind == "xlsx" else {}
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            visible = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
            if len(visible) > limits.SHEETS:
                raise UnreadableFileError(f"{path.name} has {len(visible):,} sheets.", limits.SMALLER)
            sheets = [_sheet(book, name, path.name, marked.get(name), kind) for name in visible]
    except calamine.PasswordError:
        raise UnreadableFileError(f"{path.name} is protected with a password.", "Save it without one.") from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        said = " ".join(str(error).split())[:200]
        raise UnreadableFileError(f"{path.name} is a damaged workbook ({said}).", "Save it anew.") from None
    sheets = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not sheets:
        raise UnreadableFileError(f"{path.name} holds no visible sheet with anything in it.")
    return sheets


def _sheet(book: Any, name: str, file: str, marked: Marked | None, kind: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.end is None:
        return Sheet(name, [])
    bottom, right = sheet.end
    limits.check_cells(f"{file}, sheet {name}", bottom + 1, right + 1)
    percent = marked.percent if marked else frozenset()
    rows = [
        [_text(cell, (number, place) in percent) for place, cell in enumerate(row)]
        for number, row in enumerate(sheet.to_python(skip_empty_area=False))
    ]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    notes = ()
    if marked and marked.formulas:
        notes = (f"{marked.formulas:,} cells hold formulas: the values they last had are read.",)
    return Sheet(name, rows, merged, kind == "xls", notes)


def _text(cell: Any, percent: bool) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_text(cell, percent)
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()[:10]
    return str(cell).strip()
