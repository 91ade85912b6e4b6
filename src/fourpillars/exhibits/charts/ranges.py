"""Dots in their ranges: where each entity stands now within what it has seen before."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import name_axis, text_width, value_axis
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import is_picked, picked_param
from fourpillars.exhibits.charts.rows import drawn, inline, require, tooltip
from fourpillars.exhibits.language import text

ROW = 24


def dots_in_ranges(data: pd.DataFrame, *, axis: str, lang: str, picked: str = "", second: str = "") -> dict[str, Any]:
    """Draw for each entity the range of its past, the median as a stroke, and today's value as a dot.

    Parameters
    ----------
    data : DataFrame
        One row an entity, in order: code, name, value, shown, low, median, high; `second_shown` is a second
        text at the right, under the head `second`; tooltip columns as in `rows`.
    axis : str
        Measure and unit.
    lang : {'en', 'zh'}
    picked : str
        Code of the entity in colour.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["C31"], "name": ["Steel"], "value": [77.6], "shown": ["77.6%"],
    ...     "low": [71.0], "median": [79.4], "high": [83.1], "second_shown": ["−1.8 pp"]})
    >>> dots_in_ranges(frame, axis="Capacity used, %", lang="en", second="Against median")["height"]
    24
    """
    require(data, ("code", "name", "value", "shown", "low", "median", "high", "second_shown"), "range")
    brand = load_brand()
    grey = brand.colours
    base = drawn(data, "value", "low", "median", "high", "second_shown").encode(
        y=alt.Y("code:N", sort=list(data["code"]), axis=name_axis(data, grey, brand.accent)),
        tooltip=[*tooltip(data, lang), alt.Tooltip("second_shown:N", title=second)],
    )
    scale = alt.Scale(zero=False, nice=True)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=axis, axis=value_axis(grey), scale=scale)

    right = text_width([*data["second_shown"], second]) + 6
    further = right + text_width(data["shown"]) + 12
    narrow = text_width(data["second_shown"]) + 6
    heads = (
        alt.Chart(inline([{"words": second}]))
        .mark_text(
            align="right",
            dx=right,
            dy=-6,
            baseline="bottom",
            color=grey["slate"],
            text=alt.expr("narrow ? '' : datum.words"),
        )
        .encode(x=alt.value(alt.expr("width")), y=alt.value(0))
    )
    value_head = (
        alt.Chart(inline([{"words": text("label.value", lang)}]))
        .mark_text(
            align="right",
            dx=further if second else right,
            dy=-6,
            baseline="bottom",
            color=grey["slate"],
            text=alt.expr("narrow ? '' : datum.words"),
        )
        .encode(x=alt.value(alt.expr("width")), y=alt.value(0))
    )
    second_text = base.mark_text(
        align="right", dx=alt.expr(f"narrow ? {narrow} : {right}"), color=grey["slate"]
    ).encode(x=alt.value(alt.expr("width")), text="second_shown:N")
    value_text = base.mark_text(align="right", dx=further, text=alt.expr("narrow ? '' : datum.shown")).encode(
        x=alt.value(alt.expr("width")), color=is_picked(brand.accent, grey["ink"])
    )
    layers = [
        base.mark_bar(height=8, color=grey["rule"]).encode(x=x("low"), x2="high:Q"),
        base.mark_tick(thickness=2, height=14, color=grey["grey"]).encode(x=x("median")),
        base.mark_point(filled=True, opacity=1, size=90).encode(
            x=x("value"), color=is_picked(brand.accent, grey["slate"])
        ),
        value_text,
        second_text,
        value_head,
        heads,
    ]
    return finish(alt.layer(*layers), params=[picked_param(data, picked, lang)], height=ROW * len(data))
