"""The finished dictionary of a chart: its size, the brand's look, what changes on a narrow screen."""

from __future__ import annotations

from typing import Any

import altair as alt

from fourpillars.exhibits.theme import chart_config

WIDTH = 640
"""Of a whole chart, axis labels included, in the static picture."""
NARROW = 344
"""The same on a phone of 390 px."""


def finish(
    chart: Any, *, height: float | None = None, narrow: dict[str, Any] | None = None, fit: bool = True
) -> dict[str, Any]:
    """Return the dictionary of a chart, in the brand's look.

    Parameters
    ----------
    chart : Altair chart
    height : float, optional
        Of the plot.
    narrow : dict, optional
        A JSON merge patch for a narrow screen, kept in `usermeta.narrow` for the page's script; it sets the
        parameter `narrow`, which expressions may ask.
    fit : bool
        Let the plot shrink so that with its labels it is `WIDTH` wide (not for facets).
    """
    if height is not None:
        chart = chart.properties(height=height)
    if fit:
        chart = chart.properties(width=WIDTH, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    spec = chart.to_dict(validate=False)  # a tenth of a second each; tests validate every kind of chart
    for name, rows in spec.get("datasets", {}).items():
        spec["datasets"][name] = list(rows) if isinstance(rows, tuple) else rows
    spec["config"] = chart_config() | {"params": [{"name": "narrow", "value": False}]}
    spec["padding"] = {"left": 2, "right": 8, "top": 4, "bottom": 2}
    patch = dict(narrow or {})
    patch["config"] = patch.get("config", {}) | {"params": [{"name": "narrow", "value": True}]}
    spec["usermeta"] = {"fit": fit, "narrow": ({"width": NARROW} if fit else {}) | patch}
    return spec
