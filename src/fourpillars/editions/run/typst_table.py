"""An HTML table as a Typst table: heads, spans, alignment, fills, weights; cells as strings; fit for A4."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fourpillars.editions.run.typst_text import colour, small, string

if TYPE_CHECKING:
    from lxml.etree import _Element as Tag

LINE = 104  # characters of 8.5 pt that fit between A4's margins
LARGEST, SMALLEST = 8.5, 6.0  # points
SHORT = 16  # characters of an entry that should stay on one line
_ALIGNED = {
    "number": "right", "right": "right", "centre": "center", "center": "center", "spanner": "center", "left": "left",
}  # fmt: skip
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+).*\)")


_SPACE = " \n\t\f\r"
_BLOCKS = ("table", "p", "div", "figcaption")


@dataclass(frozen=True)
class Cell:
    """A cell: its Typst content, its text's lines, and how it looks."""

    content: str
    lines: tuple[str, ...]
    head: bool
    colspan: int = 1
    rowspan: int = 1
    align: str = ""
    fill: str = ""
    colour: str = ""
    bold: bool = False


def typst_tables(html: str) -> str:
    """Convert HTML that holds tables into Typst; text outside a table becomes small paragraphs.

    Parameters
    ----------
    html : str
        One `<table>`, or several. Styles are read from `style` and from the classes number, centre, missing, group,
        picked.

    Returns
    -------
    str
        Typst markup.

    Examples
    --------
    >>> print(typst_tables('<table><thead><tr><th>A</th></tr></thead><tbody><tr><td class="number">1</td></tr></tbody></table>'))
    ... # doctest: +ELLIPSIS
    #{
      set text(size: 8.5pt, hyphenate: true)
    ...
    """  # noqa: E501
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode(), parser) if html.strip() else None
    if root is None:
        return ""
    etree.strip_elements(root, "style", "script", "caption", with_tail=False)
    return "\n\n".join(_blocks(root))


def _blocks(root: Tag) -> Iterator[str]:
    for tag in root.iter(*_BLOCKS):
        if _is_within(tag, "table"):
            continue
        if tag.tag == "table":
            yield _table(tag)
        elif next(tag.iterdescendants(*_BLOCKS[:3], "svg"), None) is None and (text := _joined(tag)):
            yield small(text)


def _joined(tag: Tag) -> str:
    """Return all text of a tag on one line, its parts apart."""
    return " ".join(" ".join(tag.itertext()).split())


def _is_within(tag: Tag, name: str) -> bool:
    return next(tag.iterancestors(name), None) is not None


def _table(table: Tag) -> str:
    tags = list(table.iter("tr"))
    rows = [_row(tag) for tag in tags]
    heads = _head_rows(tags)
    weights = _weights(list(_grid(rows)), heads)
    size = max(SMALLEST, min(LARGEST, LARGEST * LINE / max(sum(weights), 1)))
    columns = ", ".join(f"{weight:g}fr" for weight in weights)
    lines = [
        f"  set text(size: {size:.2g}pt, hyphenate: true)",
        "  set par(justify: false, leading: 0.5em)",
        "  table(",
    ]
    lines += [
        f"    columns: ({columns},), inset: (x: 3pt, y: 3.2pt),",
        f"    stroke: (bottom: 0.4pt + {colour('rule')}),",
    ]
    if heads:
        lines += [
            "    table.header(",
            *(f"      {_written(cell)}," for row in rows[:heads] for cell in row),
            "    ),",
        ]
    lines += [f"    {', '.join(_written(cell) for cell in row)}," for row in rows[heads:] if row]
    return "\n".join(["#{", *lines, "  )", "}"])


def _head_rows(rows: list[Tag]) -> int:
    """Count the rows of the head; a table without `<thead>` has its first row for one if it is all `<th>`."""
    heads = sum(_is_within(row, "thead") for row in rows)
    if heads or not rows:
        return heads
    return int(all(cell.tag == "th" for cell in rows[0].iter("th", "td")))


def _row(row: Tag) -> list[Cell]:
    picked, head = "picked" in row.get("class", "").split(), _is_within(row, "thead")
    return [_cell(tag, picked, head and tag.tag == "th") for tag in row.iterchildren("th", "td")]


def _cell(tag: Tag, picked: bool, head: bool) -> Cell:
    classes, style = tag.get("class", "").split(), _style(tag)
    drawing = tag.find(".//svg") if len(tag) else None
    lines = _lines(tag)
    align = style.get("text-align") or tag.get("align") or next((_ALIGNED[c] for c in classes if c in _ALIGNED), "")
    weight = style.get("font-weight", "")
    return Cell(
        content=_content(drawing, lines),
        lines=lines,
        head=head,
        colspan=_span(tag, "colspan"),
        rowspan=_span(tag, "rowspan"),
        align=align if align in ("left", "center", "right") else "",
        fill=_colour(style.get("background-color") or style.get("background", "")),
        colour=_colour(style.get("color", "")) or _marked(classes, picked),
        bold=head or picked or "group" in classes or weight in ("bold", "600", "700"),
    )


def _lines(tag: Tag) -> tuple[str, ...]:
    """Return the text of a cell, line by line as `<br>` breaks it; what a drawing says is no text."""
    pieces = [""]
    _add_text(tag, pieces)
    return tuple(piece.strip(" \n\t") for piece in pieces)


def _add_text(tag: Tag, pieces: list[str]) -> None:
    pieces[-1] += _spaced(tag.text)
    for child in tag:
        if child.tag == "br":
            pieces.append("")
        elif child.tag != "svg":
            _add_text(child, pieces)
        pieces[-1] += _spaced(child.tail)


def _spaced(text: str | None) -> str:
    """Return a text, or for mere space between tags one space or line break."""
    if text is None or text.strip(_SPACE):
        return text or ""
    return "\n" if "\n" in text else " " * bool(text)


def _content(drawing: Tag | None, lines: tuple[str, ...]) -> str:
    parts = [string(line) for line in lines if line] or ['""']
    content = " + linebreak() + ".join(parts)
    if drawing is None:
        return content
    from lxml import etree

    alt = drawing.get("aria-label") or ""
    drawing.set("xmlns", "http://www.w3.org/2000/svg")
    svg = etree.tostring(drawing, encoding="unicode", method="html", with_tail=False)
    svg = svg.replace(" viewbox=", " viewBox=")  # the HTML parser writes every attribute small
    image = f'box(image(bytes({string(svg)}), format: "svg", height: 0.9em, alt: {string(alt)}))'
    return image if content == '""' else f'{image} + " " + {content}'


def _written(cell: Cell) -> str:
    content = cell.content
    marks = ["weight: 600"] if cell.bold else []
    marks += [f"fill: {cell.colour}"] if cell.colour else []
    if marks:
        content = f"text({', '.join(marks)}, {content})"
    settings = [f"{name}: {span}" for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1]
    if cell.align or cell.head:
        settings.append(f"align: {cell.align or 'left'} + {'bottom' if cell.head else 'top'}")
    settings += [f"fill: {cell.fill}"] if cell.fill else []
    if cell.head:
        settings.append(f"stroke: (bottom: 0.8pt + {colour('ink')})")
    return f"table.cell({', '.join([*settings, content])})"


def _grid(rows: list[list[Cell]]) -> Iterator[list[tuple[int, Cell]]]:
    """Yield each row's cells with the column they start in, as spans from above push them."""
    taken: dict[int, int] = {}
    for row in rows:
        column, placed = 0, []
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            placed.append((column, cell))
            for covered in range(column, column + cell.colspan):
                taken[covered] = cell.rowspan
            column += cell.colspan
        taken = {covered: left - 1 for covered, left in taken.items()}
        yield placed


def _weights(grid: list[list[tuple[int, Cell]]], heads: int) -> list[float]:
    """Return each column's share of the width: what its longest entry and its head's longest word need."""
    count = max((column + cell.colspan for row in grid for column, cell in row), default=1)
    needed = [3.0] * count
    for index, row in enumerate(grid):
        for column, cell in row:
            if cell.colspan > 1:
                continue
            most = 34 if column == 0 else 26
            width = _longest_word(cell.lines) if index < heads else max(map(_width, cell.lines), default=0)
            needed[column] = max(needed[column], min(width, most + max(0.0, width - most) / 3, MOST))
    # A short entry has nowhere to break, so its column gets room to spare.
    return [round(width * (1.18 if width <= SHORT else 1.0) + 1.8, 1) for width in needed]


MOST = 75.0
"""Letters a column of long texts is given at most, beside short ones."""


def _longest_word(lines: tuple[str, ...]) -> float:
    words = [word for line in lines for word in re.split(r"[\s/–-]+", line)]
    return max((min(_width(word), 12.0) for word in words), default=0.0)


def _width(text: str) -> float:
    if text.isascii():
        return len(text)
    return sum(1.9 if unicodedata.east_asian_width(character) in "WF" else 1.0 for character in text)


def _style(tag: Tag) -> dict[str, str]:
    style = tag.get("style")
    pairs = (rule.partition(":") for rule in style.split(";")) if style else ()
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}


def _marked(classes: list[str], picked: bool) -> str:
    """Return the colour a class asks for."""
    if "missing" in classes:
        return colour("grey")
    return colour("accent") if picked else ""


def _colour(text: str) -> str:
    """Return a CSS colour as a Typst expression; '' for what is none."""
    match = _COLOUR.fullmatch(text.strip())
    if not match:
        return ""
    if match[1] is None:
        return f"rgb({string(text.strip())})"
    return f"rgb({', '.join(str(min(int(part), 255)) for part in match.groups())})"


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name, "1"))
    return max(1, int(value)) if value.isdigit() else 1
