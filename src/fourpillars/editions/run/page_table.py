"""A table on a page: in a region that scrolls when it is too wide, or folded up group by group."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag

_FOLDS = '<table class="fp folds">'


def page_table(table: str, name: str) -> str:
    """Write a table for a page, folded up where it is to be looked things up in.

    A group's heading becomes the summary and keeps its id, so that links lead to it; pairs become a description list.

    Parameters
    ----------
    table : str
        As `tables.html_table` writes it; with `folds` each group is a `<details>`.
    name : str
        What the table is called.

    Examples
    --------
    >>> rows = '<tr><th class="group" id="a">Growth</th></tr><tr><th>Unit</th><td>%</td></tr>'
    >>> print(page_table('<table class="fp folds"><thead></thead><tbody>' + rows + "</tbody></table>", "Indicators"))
    <div class="fp-entries">
    <details class="fp-entry" id="a"><summary>Growth</summary><dl><dt>Unit</dt><dd>%</dd></dl></details>
    </div>
    """
    if not table.startswith(_FOLDS):
        return region(table, name)
    from bs4 import BeautifulSoup

    found = BeautifulSoup(table, "lxml").table
    return "\n".join(['<div class="fp-entries">', *_entries(found, name), "</div>"])


def region(table: str, name: str) -> str:
    """Put a table into a region that scrolls when it is too wide, and that a keyboard reaches."""
    return f'<div class="fp-scroll" tabindex="0" role="region" {named(name)}>{table}</div>'


def named(text: str) -> str:
    """Write the attribute that names a part of a page for those who do not see it."""
    return f'aria-label="{escape(" ".join(text.split()))}"'


def _entries(table: Tag, name: str) -> Iterator[str]:
    groups: list[tuple[Tag, list[Tag]]] = []
    for row in table.tbody("tr", recursive=False):
        if (head := row.find("th", class_="group")) is not None:
            groups.append((head, []))
        else:
            groups[-1][1].append(row)
    for head, rows in groups:
        place = f' id="{escape(head["id"])}"' if head.get("id") else ""
        summary = head.decode_contents()
        content = _pairs(rows) or region(_part(table, rows), f"{name}: {head.get_text()}")
        yield f'<details class="fp-entry"{place}><summary>{summary}</summary>{content}</details>'


def _pairs(rows: list[Tag]) -> str:
    """Write rows of two cells as a description list; '' for others."""
    cells = [row(["th", "td"], recursive=False) for row in rows]
    if any(len(pair) != 2 for pair in cells):
        return ""
    said = (f"<dt>{what.decode_contents()}</dt><dd>{text.decode_contents()}</dd>" for what, text in cells)
    return f"<dl>{''.join(said)}</dl>"


def _part(table: Tag, rows: list[Tag]) -> str:
    return f'<table class="fp">{table.thead}<tbody>{"".join(map(str, rows))}</tbody></table>'
