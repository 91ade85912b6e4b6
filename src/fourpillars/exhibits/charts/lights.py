"""A strip of lights over months: five colours, each with its own mark, so that it reads without colour."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import name_axis
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import picked_param
from fourpillars.exhibits.charts.rows import drawn, require, tooltip
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text

ROW = 24
LIGHTS = ("red", "yellow", "green", "lightblue", "blue")
UP, DOWN, DOT = "M-1,.8L1,.8L0,-.9Z", "M-1,-.8L1,-.8L0,.9Z", "circle"
SHAPES = {"red": UP, "yellow": UP, "green": DOT, "lightblue": DOWN, "blue": DOWN}
"""Warm points up, cool points down; the extremes larger."""
_SIZE = "(datum.light === 'red' || datum.light === 'blue' ? 70 : 30) * (narrow ? 0.35 : 1)"


def light_strip(data: pd.DataFrame, *, lang: str, picked: str = "") -> dict[str, Any]:
    """Draw a cell for each series and period in the colour of its light, with its mark; no light is an empty
    cell.

    Parameters
    ----------
    data : DataFrame
        code, name, time_period, light (red … blue, or missing), shown (value as text); rows stand as they
        first appear.
    lang : {'en', 'zh'}

    Examples
    --------
    >>> frame = pd.DataFrame({"code": "C31", "name": "Steel", "time_period": ["2026-07", "2026-08"],
    ...     "light": ["green", "red"], "shown": ["+1.0%", "+9.0%"]})
    >>> light_strip(frame, lang="en")["height"]
    24
    """
    require(data, ("code", "name", "time_period", "light", "shown"), "light strip")
    brand = load_brand()
    data = data.assign(
        word=[text(f"light.{light}", lang) if light in LIGHTS else text("light.none", lang) for light in data["light"]]
    )
    data["light"] = [light if light in LIGHTS else "" for light in data["light"]]
    if "period" not in data.columns:
        data["period"] = [period(name, lang, short=True) for name in data["time_period"]]
    codes = list(dict.fromkeys(data["code"]))
    base = drawn(data, "time_period", "light", "word").encode(
        x=_months(sorted(set(data["time_period"])), lang),
        y=alt.Y(
            "code:N",
            sort=codes,
            scale=alt.Scale(paddingInner=0.12),
            axis=name_axis(data, brand.colours, brand.accent),
        ),
        tooltip=[*tooltip(data, lang), alt.Tooltip("word:N", title=text("label.light", lang))],
    )
    words = {light: text(f"light.{light}", lang) for light in LIGHTS}
    domain = list(words.values())
    lit = base.transform_filter("datum.light")
    layers = [
        base.mark_rect(fill=brand.colours["veil"]),
        lit.mark_rect().encode(
            color=alt.Color(
                "word:N", scale=alt.Scale(domain=domain, range=[brand.lights[light][0] for light in LIGHTS])
            )
        ),
        lit.mark_point(filled=True, opacity=1, strokeWidth=0, size=alt.expr(_SIZE)).encode(
            shape=alt.Shape(
                "word:N",
                scale=alt.Scale(domain=domain, range=[SHAPES[light] for light in LIGHTS]),
                legend=alt.Legend(
                    title="",
                    orient="top",
                    symbolFillColor=brand.colours["slate"],
                    symbolStrokeWidth=0,
                    symbolSize=60,
                ),
            ),
            fill=alt.Fill("word:N", scale=alt.Scale(domain=domain, range=[brand.lights[light][1] for light in LIGHTS])),
        ),
    ]
    chart = alt.layer(*layers)
    return finish(
        chart,
        params=[picked_param(data, picked, lang)],
        height=ROW * len(codes),
        narrow={"config": {"legend": {"columns": 3}}},
    )


def _months(names: list[str], lang: str) -> alt.X:
    step = max(1, round(len(names) / 6))
    marked = names[::-1][::step]
    labels = "{" + ",".join(f"'{name}':'{period(name, lang, short=True)}'" for name in marked) + "}"
    return alt.X(
        "time_period:O",
        sort=names,
        scale=alt.Scale(paddingInner=0.06),
        axis=alt.Axis(
            title="",
            values=marked,
            labelAngle=0,
            labelExpr=f"{labels}[datum.value]",
            orient="bottom",
            labelOverlap="greedy",
        ),
    )
