"""A small report that holds a little of everything: rendered once, what takes time at first is behind a process."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode, v4

from fourpillars.editions.run.executed import MIME

_COMMON = {"lang": "en", "alt": "A.", "title": "A 字", "subtitle": "A", "notes": ["A"], "source_line": "A"}
_DAYS = ("2026-01-01", "2026-02-01", "2026-03-01")


def specimen() -> NotebookNode:
    """Return an executed notebook with prose, charts of several marks, and a table. Its figures are no statistics.

    Examples
    --------
    >>> [cell.cell_type for cell in specimen().cells]
    ['markdown', 'code', 'code', 'code']
    """
    exhibits = [
        {"id": "fig-a", "kind": "chart", "vegalite": _panels(), **_COMMON, "data": _data()},
        {"id": "fig-b", "kind": "chart", "vegalite": _bars(), **_COMMON, "data": _data()},
        {"id": "tbl-a", "kind": "table", "table_html": _table(), **_COMMON, "data": _data()},
    ]
    cells = [v4.new_markdown_cell("## A\n\n**A** of *b*, see @fig-a and @tbl-a.\n\n- one\n- two")]
    return v4.new_notebook(cells=[*cells, *(_shown(exhibit) for exhibit in exhibits)])


def _shown(exhibit: dict[str, Any]) -> NotebookNode:
    cell = v4.new_code_cell("a()", outputs=[v4.new_output("display_data")])
    dict.__setitem__(cell.outputs[0].data, MIME, exhibit)
    return cell


def _data() -> list[dict[str, Any]]:
    place = {"indicator": "a", "ref_area": "CN", "activity": "B-D", "unit": ""}
    return [{**place, "time_period": day[:7], "value": 1.0, "shown": "1"} for day in _DAYS]


def _panels() -> dict[str, Any]:
    """Small charts, as those of a profile's past: lines, dots, labels and a rule, in time."""
    across = {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "axis": {"labelOverlap": "greedy"}}
    up = {"field": "value", "type": "quantitative", "axis": {"tickCount": 3}}
    layers = [
        {"mark": {"type": kind, "color": "#a3123f"}, "encoding": {"x": across, "y": up}}
        for kind in ("line", "point", "area")
    ]
    layers.append({"mark": {"type": "text"}, "encoding": {"x": across, "y": up, "text": {"field": "name"}}})
    layers.append({"mark": "rule", "encoding": {"y": {"datum": 0}}})
    rows = [
        {"day": day, "value": number, "name": "Aa 字", "panel": panel}
        for panel in ("a", "b") for number, day in enumerate(_DAYS)
    ]  # fmt: skip
    facet = {"field": "panel", "type": "nominal", "header": {"title": ""}}
    spec = {"layer": layers, "height": 72, "width": 120}
    return {"data": {"values": rows}, "facet": facet, "columns": 2, "spec": spec, **_look()}


def _bars() -> dict[str, Any]:
    """Bars with dots beside them, their colours in a legend."""
    rows = [{"name": name, "value": value, "kind": kind} for name, value, kind in (("字", 1, "a"), ("b", -2, "b"))]
    sides = {"y": {"field": "name", "type": "nominal", "sort": None}, "x": {"field": "value", "type": "quantitative"}}
    colour = {"field": "kind", "type": "nominal", "scale": {"range": ["#a3123f", "#1a37b9"]}}
    layers = [{"mark": kind, "encoding": {**sides, "color": colour}} for kind in ("bar", "circle", "tick")]
    return {"data": {"values": rows}, "layer": layers, "width": "container", "height": {"step": 20}, **_look()}


def _look() -> dict[str, Any]:
    return {"config": {"font": "Inter, Noto Sans SC, sans-serif", "axis": {"labelFontSize": 12}}}


def _table() -> str:
    head = '<th scope="col" class="text">A</th><th scope="col" class="number">字</th>'
    row = '<tr><th scope="row" class="text">a</th><td class="number">1</td></tr>'
    return f'<table class="fp"><thead>\n<tr>{head}</tr></thead><tbody>{row * 3}</tbody></table>'
