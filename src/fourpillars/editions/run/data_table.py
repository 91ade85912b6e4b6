"""The figures behind a chart as an HTML table, for who cannot see it or wants to look a number up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

DIMENSIONS = ("activity", "ref_area", "indicator", "time_period")
MOST_COLUMNS = 24
MOST_ROWS = 400
_JOINED = " · "

Row = Mapping[str, Any]
Name = Callable[[str, str], str]
Place = tuple[str, ...]


def data_table(
    rows: Sequence[Row], heads: Mapping[str, str], name: Name, links: Mapping[str, str] | None = None
) -> str:
    """Write the data of an exhibit as a table: a grid where its dimensions make one, else a list.

    Parameters
    ----------
    rows : sequence of mappings
        The exhibit's data: indicator, ref_area, activity, time_period, value, unit, shown.
    heads : mapping
        Column heads by dimension, and of 'value'.
    name : callable
        Gives the text for a code, called with the dimension and the code.
    links : mapping, optional
        Addresses by code of an activity or area: where a click in the chart would lead.

    Returns
    -------
    str
        `<table>`, or '' where there are no data. The first column's cells are text, others are numbers save
        where their class says text.

    Examples
    --------
    >>> row = {"indicator": "", "ref_area": "CN", "activity": "C31", "time_period": "2026-08", "shown": "1.0"}
    >>> data_table([row], {"time_period": "Period", "value": "Value"}, lambda dimension, code: code)
    '<table class="fp"><thead><tr><th scope="col">Period</th><th scope="col">Value</th></tr></thead><tbody><tr><th scope="row">2026-08</th><td>1.0</td></tr></tbody></table>'
    """  # noqa: E501
    if not rows:
        return ""
    varying = [d for d in DIMENSIONS if len({row.get(d) for row in rows}) > 1] or ["time_period"]
    grid = _grid(rows, varying) if len(varying) > 1 else None
    if grid is not None:
        return _as_grid(*grid, heads, name, links or {})
    return _as_list(rows[:MOST_ROWS], varying, heads, name, links or {})


def _grid(rows: Sequence[Row], varying: list[str]) -> tuple[str, list[str], dict[tuple[str, Place], str]] | None:
    """Return the dimension of the rows, those of the columns, the cells; None if no full, small grid."""
    down, *across = sorted(varying, key=lambda d: len({row[d] for row in rows}), reverse=True)
    cells = {(row[down], tuple(row[d] for d in across)): _shown(row) for row in rows}
    columns = len({place for _, place in cells})
    full = len(across) == 1 or 2 * len(cells) > columns * len({row[down] for row in rows})
    if len(cells) < len(rows) or columns > MOST_COLUMNS or not full:
        return None
    return down, across, cells


def _as_grid(
    down: str,
    across: list[str],
    cells: Mapping[tuple[str, Place], str],
    heads: Mapping[str, str],
    name: Name,
    links: Mapping[str, str],
) -> str:
    left = list(dict.fromkeys(key for key, _ in cells))[:MOST_ROWS]
    top = list(dict.fromkeys(key for _, key in cells))
    titles = [_JOINED.join(name(d, code) for d, code in zip(across, place, strict=True)) for place in top]
    body = [
        [_linked(name(down, row), links.get(row)), *(escape(cells.get((row, column), "")) for column in top)]
        for row in left
    ]
    return _html([heads[down], *titles], body, texts=1)


def _as_list(
    rows: Sequence[Row], varying: list[str], heads: Mapping[str, str], name: Name, links: Mapping[str, str]
) -> str:
    head = [*(heads[dimension] for dimension in varying), heads["value"]]
    body = [[*(_linked(name(d, row[d]), links.get(row[d])) for d in varying), escape(_shown(row))] for row in rows]
    return _html(head, body, texts=len(varying))


def _shown(row: Row) -> str:
    shown = row.get("shown")
    if shown:
        return str(shown)
    return "" if row.get("value") is None else str(row["value"])


def _linked(text: str, address: str | None) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def _html(head: Sequence[str], body: Sequence[Sequence[str]], texts: int) -> str:
    """Write head and body (cells are HTML): the first column names its row, after `texts` come numbers."""
    looks = [' class="text"' if 0 < index < texts else "" for index in range(len(head))]
    top = "".join(f'<th scope="col"{look}>{escape(cell)}</th>' for look, cell in zip(looks, head, strict=True))
    rows = ("".join(_cell(index, looks[index], cell) for index, cell in enumerate(row)) for row in body)
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table class="fp"><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>'


def _cell(index: int, look: str, content: str) -> str:
    return f'<th scope="row">{content}</th>' if index == 0 else f"<td{look}>{content}</td>"
