"""Strips of dots: every entity's dot on one line a measure, one of them in colour with its value and rank."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import text_width, value_axis
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import PICKED, picked_param
from fourpillars.exhibits.charts.rows import drawn, require, tooltip

ROW = 32
NARROW_ROW = 44  # has room for words above the dots
ABOVE = -17
"""How far above its dot an entity's words stand where a narrow screen leaves no room beside it, in pixels."""


def dot_strips(
    data: pd.DataFrame,
    *,
    axis: str,
    lang: str,
    picked: str = "",
    domain: tuple[float, float] = (0.0, 100.0),
    choose: bool = False,
) -> dict[str, Any]:
    """Draw a strip for each measure with a dot for each entity; the one picked has its words at the right, or above.

    Parameters
    ----------
    data : DataFrame
        One row an entity and measure: code, name, column (the measure), value, shown, rank; `chosen`
        True sets a dot darker than the rest; tooltip columns as in `rows`. Strips stand in order.
    axis : str
        Title of the axis.
    lang : {'en', 'zh'}
    picked : str
        Code of the entity in colour.
    domain : (float, float)
        Ends of the axis.
    choose : bool
        A list of the chosen to pick another from.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["C31", "C39"], "name": ["Steel", "Electronics"], "column": "Growth",
    ...     "value": [40.0, 61.2], "shown": ["40.0", "61.2"], "rank": ["2 of 2", "1 of 2"]})
    >>> dot_strips(frame, axis="Score", lang="en", picked="C31")["height"]
    32
    """
    require(data, ("code", "name", "column", "value", "shown", "rank"), "dot strip")
    brand = load_brand()
    colours = brand.colours
    measures = list(dict.fromkeys(data["column"]))
    data = data.assign(
        dark=(data["chosen"].map({True: 1.0}) if "chosen" in data else None),
        words=data["shown"] + " · " + data["rank"],
    )
    y = alt.Y(
        "column:N",
        sort=measures,
        axis=alt.Axis(title="", labelColor=colours["ink"], labelLimit=140),
    )
    x = alt.X("value:Q", title=axis, scale=alt.Scale(domain=list(domain), nice=False), axis=value_axis(colours))
    base = drawn(data, "column", "value", "dark", "words").encode(y=y, tooltip=tooltip(data, lang))
    rest = f"datum.dark ? '{colours['slate']}' : '{colours['mist']}'"
    known = base.transform_filter("isValid(datum.value)")
    own = base.transform_filter(f"datum.code === {PICKED}")
    layers = [
        known.mark_point(filled=True, fill=alt.expr(rest), opacity=0.75, size=48).encode(x=x),
        own.transform_filter("isValid(datum.value)")
        .mark_point(filled=True, opacity=1, size=150, color=brand.accent, stroke=colours["paper"], strokeWidth=1.5)
        .encode(x=x),
        own.mark_text(
            align="right",
            dx=alt.expr(f"narrow ? 0 : {text_width(data['words']) + 8}"),
            dy=alt.expr(f"narrow ? {ABOVE} : 0"),
            color=brand.accent,
            fontWeight=600,
        ).encode(x=alt.value(alt.expr("width")), text="words:N"),
    ]
    listed = data[data["dark"].notna()] if choose else data
    chart = alt.layer(*layers)
    return finish(
        chart,
        params=[picked_param(listed, picked, lang, choose=choose)],
        height=ROW * len(measures),
        narrow={"height": NARROW_ROW * len(measures)},
    )
