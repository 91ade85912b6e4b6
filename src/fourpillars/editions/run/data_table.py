"""The figures behind a chart as an HTML table, for who cannot see it or wants to look a number up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

DIMENSIONS = ("activity", "ref_area", "indicator", "time_period")
MOST_COLUMNS = 12
MOST_ROWS = 400

Row = Mapping[str, Any]
Name = Callable[[str, str], str]


def data_table(rows: Sequence[Row], heads: Mapping[str, str], name: Name) -> str:
    """Write the data of an exhibit as a table: a grid of two dimensions where they make one, else a list.

    Parameters
    ----------
    rows : sequence of mappings
        The exhibit's data: indicator, ref_area, activity, time_period, value, unit, shown.
    heads : mapping
        Column heads by dimension, and of 'value'.
    name : callable
        Gives the text for a code, called with the dimension and the code.

    Returns
    -------
    str
        `<table>`, or '' where there are no data.

    Examples
    --------
    >>> row = {"indicator": "", "ref_area": "CN", "activity": "C31", "time_period": "2026-08", "shown": "1.0"}
    >>> data_table([row], {"time_period": "Period", "value": "Value"}, lambda dimension, code: code)
    '<table class="fp"><thead><tr><th scope="col" class="text">Period</th><th scope="col" class="number">Value</th></tr></thead><tbody><tr><th scope="row" class="text">2026-08</th><td class="number">1.0</td></tr></tbody></table>'
    """  # noqa: E501
    if not rows:
        return ""
    varying = [d for d in DIMENSIONS if len({row.get(d) for row in rows}) > 1] or ["time_period"]
    if len(varying) == 2:
        grid = _grid(rows, varying)
        if grid is not None:
            return _as_grid(*grid, heads, name)
    return _as_list(rows[:MOST_ROWS], varying, heads, name)


def _grid(rows: Sequence[Row], varying: list[str]) -> tuple[str, str, dict[tuple[str, str], str]] | None:
    """Return the dimension of the rows, that of the columns, the cells; None if there is no small grid."""
    down, across = sorted(varying, key=lambda d: len({row[d] for row in rows}), reverse=True)
    cells = {(row[down], row[across]): _shown(row) for row in rows}
    if len(cells) < len(rows) or len({row[across] for row in rows}) > MOST_COLUMNS:
        return None
    return down, across, cells


def _as_grid(
    down: str, across: str, cells: Mapping[tuple[str, str], str], heads: Mapping[str, str], name: Name
) -> str:
    left = list(dict.fromkeys(key for key, _ in cells))[:MOST_ROWS]
    top = list(dict.fromkeys(key for _, key in cells))
    head = [heads[down], *(name(across, code) for code in top)]
    body = [[name(down, row), *(cells.get((row, column), "") for column in top)] for row in left]
    return _html(head, body, texts=1)


def _as_list(rows: Sequence[Row], varying: list[str], heads: Mapping[str, str], name: Name) -> str:
    head = [*(heads[dimension] for dimension in varying), heads["value"]]
    body = [[*(name(d, row[d]) for d in varying), _shown(row)] for row in rows]
    return _html(head, body, texts=len(varying))


def _shown(row: Row) -> str:
    shown = row.get("shown")
    if shown:
        return str(shown)
    return "" if row.get("value") is None else str(row["value"])


def _html(head: Sequence[str], body: Sequence[Sequence[str]], texts: int) -> str:
    """Write head and body; the first column names its row, and after `texts` columns come numbers."""
    looks = ["text" if index < texts else "number" for index in range(len(head))]
    top = "".join(
        f'<th scope="col" class="{look}">{escape(cell)}</th>' for look, cell in zip(looks, head, strict=True)
    )
    rows = ("".join(_cell(index, looks[index], cell) for index, cell in enumerate(row)) for row in body)
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table class="fp"><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>'


def _cell(index: int, look: str, text: str) -> str:
    opened, closed = ('th scope="row"', "th") if index == 0 else ("td", "td")
    return f'<{opened} class="{look}">{escape(text)}</{closed}>'
