"""Charts as SVG, the same bytes every time. Runs V8: in render workers, never in a process that forks."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from types import ModuleType
from typing import Any

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.compiler import chart_compiler
from fourpillars.exhibits.still import slim, still

VEGALITE = "v6.4"
HEAP = 256  #: MB V8 may keep: what it has not yet collected would grow with every page
PRINT_WIDTH = 624  # pixels of a chart as wide as its container: what A4 has room for

_WEIGHTS = {"bold": "700", "normal": "400"}
_TEXT = re.compile(r"<text\b([^>]*)>")
_WEIGHT = re.compile(r'font-weight="([^"]+)"')
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_ID = re.compile(r'\bid="([^"]+)"')
_REFERENCE = re.compile(r'(\bid="|url\(#|href="#)([^")]+)("|\))')
_GROUND = re.compile(r'^(<svg\b[^>]*>)<rect width="[\d.]+" height="[\d.]+" fill="(?:transparent|white|none)"\s*/>')


def compile_svg(vegalite: dict[str, Any]) -> str:
    """Compile a Vega-Lite chart to an SVG element.

    Labels are measured in the fonts that come with the packages; ids are prefixed by the chart's hash, so that two
    charts on a page never share one; every text names its weight for variable fonts, which Typst would set thin.

    Parameters
    ----------
    vegalite : dict
        A chart with its data inside; nothing is fetched.

    Returns
    -------
    str
        `<svg …>…</svg>`, ground transparent, with width, height and viewBox.

    Raises
    ------
    FourPillarsError
        If the chart cannot be compiled.

    Examples
    --------
    >>> chart = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    >>> compile_svg(chart)[:4]
    '<svg'
    """  # noqa: E501
    try:
        svg = _compiler().vegalite_to_svg(_printable(still(vegalite)), vl_version=VEGALITE)
    except (ValueError, OSError) as error:
        said = " ".join(str(error).split("\n    at ")[0].split())
        raise FourPillarsError(f"A chart could not be compiled: {said}") from None
    return slim(finish(svg, prefix=f"c{spec_hash(vegalite)[:8]}-"))


@cache
def _compiler() -> ModuleType:
    """Return vl-convert, told to fetch nothing and to keep within bounds."""
    vl_convert = chart_compiler()
    vl_convert.configure(allowed_base_urls=[], max_v8_heap_size_mb=HEAP)
    return vl_convert


def spec_hash(vegalite: dict[str, Any]) -> str:
    """Return the SHA-256 of a chart's JSON, keys sorted: equal charts, equal hashes.

    Examples
    --------
    >>> spec_hash({"a": 1, "b": 2}) == spec_hash({"b": 2, "a": 1})
    True
    """
    text = json.dumps(vegalite, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def finish(svg: str, prefix: str) -> str:
    """Give an SVG from Vega its own ids and weights, and take its ground away.

    Examples
    --------
    >>> finish('<svg width="9"><rect width="9" height="9" fill="white"/><text>a</text></svg>', "c1-")
    '<svg width="9"><text style="font-variation-settings:\\'wght\\' 400">a</text></svg>'
    """
    svg = svg[svg.index("<svg") :].strip()
    svg = _GROUND.sub(r"\1", svg, count=1)
    return _TEXT.sub(_weighted, _with_ids(svg, prefix))


def _printable(vegalite: dict[str, Any]) -> dict[str, Any]:
    """Return the chart with a transparent ground, and a fixed width where it would take its container's."""
    spec = _without_links(vegalite)
    spec["background"] = "transparent"
    if spec.get("width") == "container":
        spec["width"] = PRINT_WIDTH
        spec.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
    return spec


def _without_links(part: Any, name: str = "") -> Any:
    """Copy a chart, its data aside, without addresses: a still has no links, and one that Vega refuses would end the
    compilation."""
    if isinstance(part, list):
        return [_without_links(one) for one in part]
    if not isinstance(part, dict) or name in ("datasets", "values"):
        return part
    linked = name in ("encoding", "mark")
    return {key: _without_links(one, key) for key, one in part.items() if not (linked and key == "href")}


def _with_ids(svg: str, prefix: str) -> str:
    """Number the ids by their order in this chart: Vega numbers them by their order in the process."""
    numbers = {name: f"{prefix}{number}" for number, name in enumerate(dict.fromkeys(_ID.findall(svg)))}
    return _REFERENCE.sub(lambda match: f"{match[1]}{numbers.get(match[2], match[2])}{match[3]}", svg)


def _weighted(match: re.Match[str]) -> str:
    attributes = match[1]
    found = _WEIGHT.search(attributes)
    weight = _WEIGHTS.get(found[1], found[1]) if found else "400"
    setting = f"font-variation-settings:'wght' {weight}"
    style = _STYLE.search(attributes)
    if style is None:
        return f'<text{attributes} style="{setting}">'
    others = style[1].rstrip(";")
    return f'<text{attributes.replace(style[0], "")} style="{others};{setting}">'
