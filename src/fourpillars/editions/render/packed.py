"""A page at two thirds of its weight: the charts' specifications deflated; `theme/charts.js` inflates them."""

from __future__ import annotations

import base64
import re
import zlib

_CHART = re.compile(r'<script type="application/json" class="fp-spec">(.*?)</script>', re.DOTALL)


def pack_charts(html: str) -> str:
    """Return a page with the JSON beside each chart deflated and written in base64.

    Charts as drawn, and the tables of their figures, stay as they are for those who read without scripts.

    Examples
    --------
    >>> pack_charts('<script type="application/json" class="fp-spec">{}</script>')
    '<script type="text/plain" class="fp-spec" data-packed="deflate">eNqrrgUAAXUA+Q==</script>'
    """
    return _CHART.sub(_packed, html)


def _packed(found: re.Match[str]) -> str:
    text = base64.b64encode(zlib.compress(found[1].encode(), 9)).decode()
    return f'<script type="text/plain" class="fp-spec" data-packed="deflate">{text}</script>'
