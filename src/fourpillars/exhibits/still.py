"""Still pictures of live charts: without what only a pointer needs, and in few bytes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

_LONG = re.compile(r"(?<![\d#.])-?\d+\.\d{3,}")


def still(vegalite: dict[str, Any]) -> dict[str, Any]:
    """Return the chart without what only a pointer needs, such as the unseen points that catch it."""
    params = [
        {**param, "value": False} if param.get("name") == "alive" else param
        for param in vegalite.get("params", [])
    ]
    return {**vegalite, "params": params} if params else vegalite


def slim(svg: str) -> str:
    """Return the same picture in fewer bytes: type said once, places to a hundredth of a pixel.

    Examples
    --------
    >>> slim('<svg a="1"><text font-family="Inter" font-size="12px" x="1.23456">a 1.23456</text></svg>')
    '<svg font-family="Inter" font-size="12px" a="1"><text x="1.23">a 1.23456</text></svg>'
    """
    attributes = ""
    for name in ("font-family", "font-size"):
        counted = Counter(re.findall(f' {name}="[^"]*"', svg))
        if counted:
            common = counted.most_common(1)[0][0]
            attributes += common
            svg = svg.replace(common, "")
    svg = re.sub(
        r"<[^>]+>",
        lambda tag: _LONG.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), tag[0]),
        svg,
    )
    return svg.replace("<svg", f"<svg{attributes}", 1)
