"""The edition as an Excel workbook: cover, notes, then one table a sheet, with no formula anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions.downloads.edition_data import name
from fourpillars.exhibits.language import text

if TYPE_CHECKING:
    import pandas as pd

    from fourpillars.catalogue import Catalogue

NATION = "CN"
_HEAD_ROW = 3


@dataclass(frozen=True)
class Sheet:
    """A sheet: its tab, what the table shows, its head and rows."""

    tab: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


def write_workbook(
    path: Path,
    frame: pd.DataFrame,
    catalogue: Catalogue,
    *,
    title: dict[str, str],
    about: Sequence[str],
    sources: Sequence[Sequence[str]],
    day: date,
) -> None:
    """Write the figures of an edition, the meaning of their codes and their sources.

    Parameters
    ----------
    frame : DataFrame
        As `edition_data` gives it.
    title : dict
        The edition's title by language.
    about : sequence of str
        Lines of the cover: edition, release, citation, address.
    sources : sequence of (id, publisher, title, published)
        What the figures are taken from.
    day : date
        Written into the file as its date, so that the same edition gives the same bytes.
    """
    import xlsxwriter

    sheets = list(_sheets(frame, catalogue, sources))
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title["en"], "created": datetime(day.year, day.month, day.day)})
        bold = book.add_format({"bold": True, "font_size": 14})
        literal = book.add_format({"quote_prefix": True})
        _cover(book.add_worksheet("Cover"), bold, title, about, sheets)
        _lines(book.add_worksheet("Notes"), bold, "Notes", _notes())
        for number, sheet in enumerate(sheets, 1):
            _table(book.add_worksheet(sheet.tab), bold, literal, sheet, f"table_{number}")


def _sheets(frame: pd.DataFrame, catalogue: Catalogue, sources: Sequence[Sequence[str]]) -> Iterator[Sheet]:
    figures = ("Indicator", "Code", "Period", "Value", "Unit")
    nation = frame[(frame["ref_area"] == NATION) & (frame["activity"] == "B-D")]
    industries = frame[(frame["ref_area"] == NATION) & (frame["activity"] != "B-D")]
    regions = frame[frame["ref_area"] != NATION]
    for tab, kind, rows, of in (
        ("Nation", "the nation", nation, ""),
        ("Industries", "industries", industries, "activity"),
        ("Provinces", "provinces", regions, "ref_area"),
    ):
        head = (*(("Name", "名称", "Code of unit") if of else ()), *figures)
        yield Sheet(tab, f"Figures of {kind}, by indicator and period", head, list(_figures(rows, of, catalogue)))
    told = set(frame["indicator"])
    defined = [
        (code, entry.pillar, entry.name.en, entry.name.zh, entry.definition.en, entry.definition.zh)
        for code, entry in sorted(catalogue.indicators.items())
        if code in told
    ]
    head = ("Code", "Pillar", "Name", "名称", "Definition", "定义")
    yield Sheet("Indicators", "What each indicator means", head, defined)
    head = ("Source", "Publisher", "Title", "Published")
    yield Sheet("Sources", "What the figures are taken from", head, list(sources))


def _figures(rows: pd.DataFrame, of: str, catalogue: Catalogue) -> Iterator[tuple[Any, ...]]:
    names = {code: name(catalogue, code, "en") for code in {*rows["indicator"], *rows["unit"]}}
    for row in rows.astype(object).itertuples(index=False):  # texts in Arrow are slow to take one by one
        code = getattr(row, of) if of else ""
        unit = (name(catalogue, code, "en"), name(catalogue, code, "zh"), code) if of else ()
        yield (*unit, names[row.indicator], row.indicator, row.time_period, row.obs_value, names[row.unit])


def _cover(sheet: Any, bold: Any, title: dict[str, str], about: Sequence[str], sheets: Sequence[Sheet]) -> None:
    lines = [title["zh"], *about, "", "Sheets: Notes"]
    _lines(sheet, bold, title["en"], [*lines, *(f"{one.tab}: {one.title}" for one in sheets)])


def _notes() -> list[str]:
    return [text(f"download.note.{number}", lang) for lang in ("en", "zh") for number in range(1, 6)]


def _lines(sheet: Any, bold: Any, title: str, lines: Sequence[str]) -> None:
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, title, bold)
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, line)


def _table(sheet: Any, bold: Any, literal: Any, content: Sheet, table: str) -> None:
    """Write a sheet: what it shows, that it holds one table, the table with its head frozen."""
    sheet.write_string(0, 0, content.title, bold)
    sheet.write_string(1, 0, "This sheet holds one table. Blank cells are not published.")
    last = _HEAD_ROW + max(1, len(content.rows))
    sheet.add_table(
        _HEAD_ROW, 0, last, len(content.head) - 1,
        {"name": table, "columns": [{"header": head} for head in content.head], "autofilter": True,
         "style": "Table Style Light 1"},
    )  # fmt: skip
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.set_column(0, len(content.head) - 1, 18)
    for row, cells in enumerate(content.rows, _HEAD_ROW + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, literal if cell[:1] in "=+-@" and cell else None)
            elif cell is not None:
                sheet.write_number(row, column, cell)
