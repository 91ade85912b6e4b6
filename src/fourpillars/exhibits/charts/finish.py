"""The finished dictionary of a chart: its size, the brand's look, what changes on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from fourpillars.exhibits.theme import chart_config

WIDTH = 640
"""Of a whole chart, axis labels included, in the static picture."""
NARROW = 344
"""The same on a phone of 390 px."""


def finish(
    chart: Any,
    *,
    params: Sequence[dict[str, Any]] = (),
    height: float | None = None,
    narrow: dict[str, Any] | None = None,
    fit: bool = True,
) -> dict[str, Any]:
    """Return the dictionary of a chart, in the brand's look.

    Parameters
    ----------
    chart : Altair chart
    params : sequence of dict
        Parameters of the whole chart, as Vega-Lite has them: Altair's own would be sought and lifted in each copy.
    height : float, optional
        Of the plot.
    narrow : dict, optional
        A JSON merge patch for a narrow screen, kept in `usermeta.narrow` for the page's script; it sets the
        parameter `narrow`, which expressions may ask.
    fit : bool
        Let the plot shrink so that with its labels it is `WIDTH` wide (not for facets).
    """
    size = {} if height is None else {"height": height}
    if fit:
        size |= {"width": WIDTH, "autosize": alt.AutoSizeParams(type="fit-x", contains="padding")}
    chart = chart.properties(**size) if size else chart
    spec = chart.to_dict(validate=False)  # a tenth of a second each; tests validate every kind of chart
    for name, rows in spec.get("datasets", {}).items():
        spec["datasets"][name] = list(rows) if isinstance(rows, tuple) else rows
    if params:
        spec["params"] = [*params, *spec.get("params", [])]
    spec["config"] = chart_config() | {"params": [{"name": "narrow", "value": False}]}
    spec["padding"] = {"left": 2, "right": 8, "top": 4, "bottom": 2}
    patch = dict(narrow or {})
    patch["config"] = patch.get("config", {}) | {"params": [{"name": "narrow", "value": True}]}
    spec["usermeta"] = {"fit": fit, "narrow": ({"width": NARROW} if fit else {}) | patch}
    return spec
