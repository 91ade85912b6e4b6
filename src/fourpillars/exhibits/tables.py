"""Tables as plain HTML: head, body, scopes; the look is the page's, by class.

Cells are data: every text is escaped here, and a link is the only markup a cell may have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pandas as pd

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.brand import Brand, load_brand
from fourpillars.exhibits.charts.ramp import ground
from fourpillars.exhibits.formats import is_missing, number
from fourpillars.exhibits.language import text

SHORT = 14  #: width of a text that stays on one line, as a period does


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    key : str
        Column of the frame. Texts stand as they are; numbers are formatted by `unit` and `decimals`.
    head : str
        Its heading.
    align : {'text', 'number', 'centre'}
    unit : str
        Unit code for numbers. The heading names it, so cells do not, save where `symbol`.
    decimals : int, optional
        Default: the unit's.
    symbol : bool
        Print the unit in each cell.
    spanner : str
        A heading over this and its neighbours of the same spanner.
    href : str
        Column of the frame with the address each cell leads to.
    heat : str
        Column of the frame with the number that colours the cell, on `heat_domain`.
    heat_domain : (float, float)
        Numbers at the two ends of the ramp.
    """

    key: str
    head: str
    align: Literal["text", "number", "centre"] = "text"
    unit: str = ""
    decimals: int | None = None
    symbol: bool = False
    spanner: str = ""
    href: str = ""
    heat: str = ""
    heat_domain: tuple[float, float] = (0.0, 100.0)


def html_table(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    lang: str,
    groups: str = "",
    anchors: str = "",
    picked: Sequence[Any] = (),
    folds: bool = False,
) -> str:
    """Return a frame as an HTML table; the first column names each row.

    Parameters
    ----------
    frame : DataFrame
        One row a row, in order. Its index names rows for `picked`.
    columns : sequence of Column
    lang : {'en', 'zh'}
    groups : str
        Column of the frame whose change opens a new group, under a heading of its own.
    anchors : str
        Column of the frame with the id of each group's heading, for links to lead to.
    picked : sequence
        Index labels of the rows set in the accent.
    folds : bool
        Whether a page shows the groups folded up: a table to look things up in.

    Returns
    -------
    str
        `<table class="fp">` with thead and tbody; a missing cell is '–' with the class 'missing'.

    Examples
    --------
    >>> frame = pd.DataFrame({"name": ["A & B"], "growth": [-2.34]})
    >>> columns = [Column("name", "Industry"), Column("growth", "Growth, %", "number", "pct_yoy")]
    >>> print(html_table(frame, columns, lang="en"))
    <table class="fp"><thead>
    <tr><th scope="col" class="text">Industry</th><th scope="col" class="number">Growth, %</th></tr>
    </thead><tbody>
    <tr><th scope="row" class="text">A &amp; B</th><td class="number">−2.3</td></tr>
    </tbody></table>
    """
    named = {part for column in columns for part in (column.key, column.href, column.heat) if part}
    if absent := [name for name in named if name not in frame]:
        raise FourPillarsError(f"The table has no column {', '.join(sorted(absent))}.")
    frame = frame[list({*named, *filter(None, (groups, anchors))})]
    look = "fp folds" if folds else "fp"
    lines = [f'<table class="{look}"><thead>', *_spanners(columns), _heads(columns), "</thead><tbody>"]
    before, brand = None, load_brand() if any(column.heat for column in columns) else None
    for label, row in zip(frame.index, frame.to_dict("records"), strict=True):
        if groups and row[groups] != before:
            before = row[groups]
            place = f' id="{escape(str(row[anchors]))}"' if anchors else ""
            head = f'<th scope="rowgroup" class="group" colspan="{len(columns)}"{place}>{escape(str(before))}</th>'
            lines.append(f"<tr>{head}</tr>")
        cells = "".join(_cell(column, row, lang, brand, first=index == 0) for index, column in enumerate(columns))
        mark = ' class="picked"' if label in picked else ""
        lines.append(f"<tr{mark}>{cells}</tr>")
    return "\n".join([*lines, "</tbody></table>"])


def cell_text(column: Column, value: Any, lang: str) -> str:
    """Return what a cell shows of a value: a number formatted, a text as it is, '–' for nothing."""
    if isinstance(value, str):
        return value or text("missing", lang)
    if is_missing(value):
        return text("missing", lang)
    return number(value, column.unit, lang, decimals=column.decimals, symbol=column.symbol)


def _heads(columns: Sequence[Column]) -> str:
    cells = (f'<th scope="col" class="{column.align}">{escape(column.head)}</th>' for column in columns)
    return f"<tr>{''.join(cells)}</tr>"


def _spanners(columns: Sequence[Column]) -> list[str]:
    if not any(column.spanner for column in columns):
        return []
    runs: list[tuple[str, int]] = []
    for column in columns:
        if runs and column.spanner and runs[-1][0] == column.spanner:
            runs[-1] = (column.spanner, runs[-1][1] + 1)
        else:
            runs.append((column.spanner, 1))
    cells = (
        f'<th scope="colgroup" class="spanner" colspan="{width}">{escape(name)}</th>' if name else "<td></td>" * width
        for name, width in runs
    )
    return [f"<tr>{''.join(cells)}</tr>"]


def _cell(column: Column, row: dict[str, Any], lang: str, brand: Brand | None, *, first: bool) -> str:
    value = row[column.key]
    plain = cell_text(column, value, lang)
    shown = escape(plain)
    short = " short" if column.align == "text" and not first and _width(shown) <= SHORT else ""
    missing = " missing" if plain == text("missing", lang) else ""
    address = row.get(column.href)
    if isinstance(address, str) and address:
        shown = f'<a href="{escape(address)}">{shown}</a>'
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    return f'<{tag}{scope} class="{column.align}{short}{missing}"{_heat(column, row, brand)}>{shown}</{tag}>'


def _width(text: str) -> int:
    """Return how wide a text is, in Latin characters; a Chinese one is twice as wide."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def _heat(column: Column, row: dict[str, Any], brand: Brand | None) -> str:
    if not column.heat or is_missing(row[column.heat]):
        return ""
    low, high = column.heat_domain
    colour = ground((row[column.heat] - low) / (high - low), brand)
    return f' style="background-color:{colour};color:{brand.colours["ink"]}"'
