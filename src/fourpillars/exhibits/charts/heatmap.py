"""A heatmap of entities × columns (the pillars, say), its value printed in every cell."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import name_axis, text_width
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import picked_param
from fourpillars.exhibits.charts.ramp import ramp_colour
from fourpillars.exhibits.charts.rows import drawn, require, tooltip
from fourpillars.exhibits.language import text

ROW = 21
_CELLS = 190
"""What a narrow screen leaves for the cells, in pixels."""
HATCH = "M-2.4,.5L-1.4,-.5M-1.2,.5L-.2,-.5M0,.5L1,-.5M1.2,.5L2.2,-.5"
"""Strokes across a cell that has no value."""


def heatmap(
    data: pd.DataFrame,
    *,
    lang: str,
    domain: tuple[float, float] = (0.0, 100.0),
    order: list[str] | None = None,
    picked: str = "",
    row_height: int = ROW,
) -> dict[str, Any]:
    """Draw a cell for each entity and column, coloured on the diverging ramp; a missing value is a hatched
    '–'.

    Parameters
    ----------
    data : DataFrame
        code, name, column (its heading), value, shown; `href` makes the cell a link; tooltip columns as in
        `parts`. Columns stand as they first appear.
    lang : {'en', 'zh'}
    domain : (float, float)
        Values at the two ends of the ramp.
    order : list of str, optional
        Codes from top to bottom; default as they first appear.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": "C31", "name": "Steel", "column": ["Stability", "Growth"],
    ...     "value": [61.2, float("nan")], "shown": ["61.2", "–"]})
    >>> heatmap(frame, lang="en")["height"]
    21
    """
    require(data, ("code", "name", "column", "value", "shown"), "heatmap")
    brand = load_brand()
    codes = order or list(dict.fromkeys(data["code"]))
    x = alt.X(
        "column:N",
        sort=list(dict.fromkeys(data["column"])),
        scale=alt.Scale(paddingInner=0.02),
        axis=alt.Axis(title="", orient="top", labelColor=brand.colours["ink"], labelFontWeight=600, labelLimit=110),
    )
    y = alt.Y(
        "code:N",
        sort=codes,
        scale=alt.Scale(paddingInner=0.06),
        axis=name_axis(data, brand.colours, brand.accent),
    )
    encoding = {"x": x, "y": y, "tooltip": _tooltip(data, lang)}
    if "href" in data.columns:
        encoding["href"] = "href:N"
    base = drawn(data, "column", "value").encode(**encoding)
    missing = base.transform_filter("!isValid(datum.value)")
    layers = [
        base.mark_rect().encode(color=ramp_colour("value", domain, brand)),
        missing.mark_rect(fill=brand.colours["veil"]),
        missing.mark_point(shape=HATCH, size=320, strokeWidth=1, stroke=brand.colours["mist"], opacity=1),
        base.mark_text().encode(text="shown:N"),
    ]
    chart = alt.layer(*layers)
    return finish(
        chart,
        params=[picked_param(data, picked, lang)],
        height=row_height * len(codes),
        narrow=_upright(data["column"]),
    )


def _upright(heads: pd.Series) -> dict[str, Any]:
    """Return the patch that stands column heads upright where they are too long for a narrow screen."""
    names = heads.unique()
    too_long = text_width(names) > _CELLS / len(names)
    return {"config": {"axisTop": {"labelAngle": -90}}} if too_long else {}


def _tooltip(data: pd.DataFrame, lang: str) -> list[alt.Tooltip]:
    shown = tooltip(data, lang)
    if "label" not in data.columns:
        shown.insert(1, alt.Tooltip("column:N", title=text("label.indicator", lang)))
    return shown
