"""A chart alive in a notebook: compiled to Vega, which JupyterLab draws by itself and without a network.

JupyterLab's own Vega-Lite is years older than the charts'; compiled here, they look as they do on a page.
"""

from __future__ import annotations

from typing import Any

from fourpillars.exhibits.compiler import chart_compiler

VEGA = "application/vnd.vega.v5+json"
EMBED = {"embed_options": {"actions": False, "renderer": "svg"}}
"""How JupyterLab is to draw it: sharp at any size, without a menu."""
_SCHEMA = "https://vega.github.io/schema/vega/v5.json"
_PAPER = "#fcfbf8"
"""The ground of the words around it (notebook.css): a chart must be read in a dark JupyterLab as well."""


def alive(vegalite: dict[str, Any], alt: str) -> dict[str, Any]:
    """Return a Vega-Lite chart as Vega for a notebook, `alt` for those who do not see it.

    Links lead to pages of the site and are left out: a notebook has none of them beside it. Starts V8 in this
    process: never call it where forks are made.

    Examples
    --------
    >>> chart = {"data": {"values": [{"a": 1, "to": "x.html"}]}, "mark": "point",
    ...     "encoding": {"x": {"field": "a", "type": "quantitative"}, "href": {"field": "to"}}}
    >>> vega = alive(chart, "One point.")
    >>> vega["description"], "href" in str(vega)
    ('One point.', False)
    """
    vega = _without_links(chart_compiler().vegalite_to_vega(vegalite))
    return {**vega, "$schema": _SCHEMA, "description": alt, "background": _PAPER}


def _without_links(part: Any) -> Any:
    """Return a chart, or a part of it, without the channels that open a page."""
    if isinstance(part, list):
        return [_without_links(one) for one in part]
    if not isinstance(part, dict):
        return part
    links = ("href", "cursor") if "href" in part else ()
    return {name: _without_links(one) for name, one in part.items() if name not in links}
