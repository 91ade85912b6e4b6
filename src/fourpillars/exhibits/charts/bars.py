"""Bars to the left and right of zero: contributions, and what they add up to."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import name_axis, text_width, value_axis
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import PICKED, is_picked, picked_param
from fourpillars.exhibits.charts.rows import drawn, require, tooltip

ROW = 22


def diverging_bars(data: pd.DataFrame, *, axis: str, lang: str, picked: str = "", total: str = "") -> dict[str, Any]:
    """Draw a bar for each row from zero, its value at the right; losses to the left, and hollow.

    Parameters
    ----------
    data : DataFrame
        One row a bar, in order: code, name, value, shown; tooltip columns as in `rows`.
    axis : str
        Measure and unit.
    lang : {'en', 'zh'}
    picked : str
        Code of the bar in the accent.
    total : str
        Code of the bar that is the sum of the others, set in ink.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["C31", "C39"], "name": ["Steel", "Electronics"], "value": [-0.3, 1.2],
    ...     "shown": ["−0.3 pp", "+1.2 pp"]})
    >>> diverging_bars(frame, axis="Contribution, pp", lang="en")["height"]
    44
    """
    require(data, ("code", "name", "value", "shown"), "bar")
    brand = load_brand()
    colours = brand.colours
    special = f"datum.code === '{total}' ? '{colours['ink']}' : datum.code === {PICKED} ? '{brand.accent}'"
    fill, edge = (f"{special} : '{colours[other]}'" for other in ("mist", "grey"))
    hollow = f"datum.value < 0 ? '{colours['paper']}' : {fill}"
    base = drawn(data, "value").encode(
        y=alt.Y("code:N", sort=list(data["code"]), axis=name_axis(data, colours, brand.accent)),
        tooltip=tooltip(data, lang),
    )
    x = alt.X("value:Q", title=axis, axis=value_axis(colours), scale=alt.Scale(nice=True, zero=True))
    bar = (
        base.mark_bar(height={"band": 0.66}, fill=alt.expr(hollow), stroke=alt.expr(edge), strokeWidth=1)
        .encode(x=x)
        .transform_filter("isValid(datum.value)")
    )
    words = base.mark_text(align="right", dx=text_width(data["shown"]) + 6).encode(
        x=alt.value(alt.expr("width")), text="shown:N", color=is_picked(brand.accent, colours["ink"])
    )
    chart = alt.layer(bar, words)
    return finish(chart, params=[picked_param(data, picked, lang)], height=ROW * len(data))
