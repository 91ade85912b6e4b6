"""Lines over time: each named at its end, gaps left open, one of them in colour."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import Brand, load_brand
from fourpillars.exhibits.charts.axes import dodge, nice_domain
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import ALIVE, PICKED, alive_param, picked_param
from fourpillars.exhibits.charts.rows import drawn, inline, require, tooltip
from fourpillars.exhibits.charts.timeline import time_axis, with_gaps

HEIGHT = 280
LABEL = 15
"""Least distance between the labels of two ends, in pixels."""
DASHES = ([1, 0], [1, 0], [6, 3], [2, 3], [9, 3, 2, 3])
"""The line in colour and its first companion are whole."""


def lines_over_time(
    data: pd.DataFrame,
    *,
    axis: str,
    lang: str,
    picked: str = "",
    reference: float | None = None,
    reference_label: str = "",
    zero: bool = False,
    height: int = HEIGHT,
    colours: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Draw a line for each entity, with its name and last value at its end.

    Parameters
    ----------
    data : DataFrame
        code, name, time_period, value, shown; tooltip columns as in `rows`. One row a period.
    axis : str
        Measure and unit, above the axis.
    lang : {'en', 'zh'}
    picked : str
        Code of the line in colour, the others grey; '' gives each its colour and its dashes.
    reference : float, optional
        A level across, such as 50 for a PMI, with its label.
    zero : bool
        Let the axis reach zero.
    colours : dict, optional
        Colour by code, such as the pillars'.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": "C31", "name": "Steel", "value": [1.0, 2.0, 3.0],
    ...     "time_period": ["2026-06", "2026-07", "2026-08"], "shown": ["+1.0%", "+2.0%", "+3.0%"]})
    >>> lines_over_time(frame, axis="Growth, %", lang="en", picked="C31")["height"]
    280
    """
    require(data, ("code", "name", "time_period", "value", "shown"), "line")
    brand = load_brand()
    data = data.dropna(subset=["value"])
    levels = [*data["value"], *([reference] if reference is not None else [])]
    domain, ticks = nice_domain(levels, zero=zero)
    series = sorted(dict.fromkeys(data["code"]), key=lambda code: code != picked)
    y = alt.Y(
        "value:Q",
        title=axis,
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=_level_axis(ticks, brand),
    )
    base = drawn(with_gaps(data), "day", "value", "lone").encode(x=time_axis(data["time_period"], lang))
    stroke = _stroke(series, picked, brand, colours or {})
    layers = _reference(reference, reference_label, brand) if reference is not None else []
    layers += [
        base.mark_line(strokeWidth=2, strokeCap="round", invalid="break-paths-show-domains").encode(y=y, **stroke),
        base.transform_filter("datum.lone")
        .mark_point(filled=True, size=30, opacity=1)
        .encode(y=y, color=stroke["color"]),
        _hover(base, y, stroke["color"], data, lang),
        _ends(data, domain, height, picked, brand, stroke["color"]),
    ]
    return finish(alt.layer(*layers), params=[picked_param(data, picked, lang), alive_param()], height=height)


def _level_axis(ticks: list[float], brand: Brand) -> alt.Axis:
    grid = {
        "condition": {"test": "datum.value === 0", "value": brand.colours["mist"]},
        "value": brand.colours["rule"],
    }
    return alt.Axis(
        values=ticks,
        gridColor=grid,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleBaseline="bottom",
        titleY=-8,
        titleX=0,
    )


def _stroke(series: list[str], picked: str, brand: Brand, colours: dict[str, str]) -> dict[str, Any]:
    dashes = alt.Scale(domain=series, range=[DASHES[index % len(DASHES)] for index in range(len(series))])
    if picked:
        test = f"datum.code === {PICKED}"
        grey = brand.colours["grey" if len(series) <= len(DASHES) else "mist"]
        return {
            "color": alt.condition(test, alt.value(brand.accent), alt.value(grey)),
            **(
                {"strokeDash": alt.StrokeDash("code:N", scale=dashes)}
                if len(series) <= len(DASHES)
                else {"detail": alt.Detail("code:N")}
            ),
            "strokeWidth": alt.condition(test, alt.value(2.5), alt.value(1.5)),
        }
    wheel = [brand.accent, *brand.pillars.values(), brand.colours["slate"]]
    own = [colours.get(code, wheel[index % len(wheel)]) for index, code in enumerate(series)]
    return {
        "color": alt.Color("code:N", scale=alt.Scale(domain=series, range=own)),
        "strokeDash": alt.StrokeDash("code:N", scale=dashes),
    }


def _hover(base: alt.Chart, y: alt.Y, color: Any, data: pd.DataFrame, lang: str) -> alt.Chart:
    """Return points that show where the pointer is; `nearest` would lose the tooltip's fields."""
    near = alt.selection_point(name="near", on="pointerover", fields=["day", "code"], empty=False, clear="pointerout")
    opacity = alt.condition(near, alt.value(1), alt.value(0))
    points = base.mark_point(filled=True, size=110).encode(
        y=y, color=color, tooltip=tooltip(data, lang), opacity=opacity
    )
    return points.transform_filter(f"{ALIVE} && isValid(datum.value)").add_params(near)


def _ends(data: pd.DataFrame, domain: list[float], height: int, picked: str, brand: Brand, color: Any) -> alt.Chart:
    ends = data.sort_values("time_period", kind="stable").groupby("code", sort=False).tail(1)
    gap = (domain[1] - domain[0]) / height * LABEL
    placed = dodge(list(ends["value"]), gap, domain[0], domain[1])
    rows = [
        {"code": row["code"], "end": place, "name": row["name"], "shown": row["shown"]}
        for row, place in zip(ends.to_dict("records"), placed, strict=True)
    ]
    chart = alt.Chart(inline(rows)).mark_text(
        align="left", dx=8, text=alt.expr("narrow ? datum.name : datum.name + ' ' + datum.shown")
    )
    if picked:
        test = f"datum.code === {PICKED}"
        color = alt.condition(test, alt.value(brand.accent), alt.value(brand.colours["slate"]))
    return chart.encode(x=alt.value(alt.expr("width")), y="end:Q", color=color)


def _reference(value: float, label: str, brand: Brand) -> list[alt.Chart]:
    line = alt.Chart(inline([{"level": value, "label": label}]))
    grey = brand.colours["slate"]
    return [
        line.mark_rule(color=grey, strokeDash=[4, 3]).encode(y="level:Q"),
        line.mark_text(align="left", baseline="bottom", dy=-3, color=grey).encode(
            x=alt.value(2), y="level:Q", text="label:N"
        ),
    ]
