"""Ranked dots: every entity on one line each, best first, one of them in colour."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import Brand, load_brand
from fourpillars.exhibits.charts.axes import name_axis, text_width, value_axis
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import PICKED, is_picked, picked_param
from fourpillars.exhibits.charts.rows import drawn, inline, require, tooltip

ROW = 19


def ranked_dots(
    data: pd.DataFrame,
    *,
    axis: str,
    lang: str,
    picked: str = "",
    reference: float | None = None,
    reference_label: str = "",
    ascending: bool = False,
    choose: bool = False,
) -> dict[str, Any]:
    """Draw a dot for each entity, with its value printed at the right; rows without a value stand last.

    Parameters
    ----------
    data : DataFrame
        code, name, value, shown; `low` and `high` draw an interval; `stale` True hollows the dot of a
        series that has ended; tooltip columns as in `rows`.
    axis : str
        Title of the axis: measure and unit.
    lang : {'en', 'zh'}
    picked : str
        Code of the entity in colour.
    reference : float, optional
        A line across, such as the nation's value, with its label.
    ascending : bool
        Least first, where less is better.
    choose : bool
        A list under the chart to pick another entity.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["C31", "C39"], "name": ["Steel", "Electronics"], "value": [1.0, 17.2],
    ...     "shown": ["+1.0%", "+17.2%"]})
    >>> ranked_dots(frame, axis="Growth, %", lang="en", picked="C31")["usermeta"]["narrow"]["width"]
    344
    """
    require(data, ("code", "name", "value", "shown"), "ranked dots")
    brand = load_brand()
    colours = brand.colours
    data = data.sort_values("value", ascending=ascending, na_position="last", kind="stable")
    base = drawn(data, "value", "low", "high", "stale").encode(
        y=alt.Y("code:N", sort=list(data["code"]), axis=name_axis(data, colours, brand.accent)),
        tooltip=tooltip(data, lang),
    )
    x = alt.X("value:Q", title=axis, scale=alt.Scale(zero=False, nice=True), axis=value_axis(colours))
    layers = []
    if reference is not None:
        layers += _reference(reference, reference_label, colours)
    if {"low", "high"} <= set(data.columns):
        layers.append(
            base.mark_rule(strokeWidth=3).encode(
                x=alt.X("low:Q", title=axis), x2="high:Q", color=is_picked(brand.accent, colours["rule"])
            )
        )
    layers.append(
        base.mark_point(opacity=1, strokeWidth=1.5, fill=alt.expr(_fill(brand))).encode(
            x=x,
            stroke=is_picked(brand.accent, colours["mist"]),
            size=is_picked(110, 62),
        )
    )
    layers.append(
        base.mark_text(align="right", dx=text_width(data["shown"]) + 6).encode(
            x=alt.value(alt.expr("width")), text="shown:N", color=is_picked(brand.accent, colours["slate"])
        )
    )
    chart = alt.layer(*layers)
    return finish(chart, params=[picked_param(data, picked, lang, choose=choose)], height=ROW * len(data))


def _fill(brand: Brand) -> str:
    own = f"datum.code === {PICKED} ? '{brand.accent}' : '{brand.colours['mist']}'"
    return f"datum.stale ? '{brand.colours['paper']}' : {own}"


def _reference(value: float, label: str, colours: dict[str, str]) -> list[alt.Chart]:
    line = alt.Chart(inline([{"value": value, "label": label}]))
    return [
        line.mark_rule(color=colours["slate"], strokeDash=[4, 3]).encode(x="value:Q"),
        line.mark_text(align="center", dy=-8, baseline="bottom", color=colours["slate"]).encode(
            x="value:Q", y=alt.value(0), text="label:N"
        ),
    ]
