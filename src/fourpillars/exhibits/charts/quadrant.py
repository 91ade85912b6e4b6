"""A scatter in four quadrants: two measures, lines where they part, only a few entities named."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import Brand, load_brand
from fourpillars.exhibits.charts.axes import nice_domain, text_width, value_axis
from fourpillars.exhibits.charts.finish import WIDTH, finish
from fourpillars.exhibits.charts.picked import is_picked, picked_param
from fourpillars.exhibits.charts.rows import drawn, inline, require, tooltip

HEIGHT = 400
_LINE = 15.0


def quadrant(
    data: pd.DataFrame,
    *,
    x_axis: str,
    y_axis: str,
    lang: str,
    x_split: float,
    y_split: float,
    corners: tuple[str, str, str, str] = ("", "", "", ""),
    picked: str = "",
    most_labels: int = 12,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Draw a dot for each entity; named are the one picked and those farthest out, as far as names do not
    collide.

    Parameters
    ----------
    data : DataFrame
        code, name, x, y, shown (both values as text); tooltip columns as in `rows`.
    x_axis, y_axis : str
        Measure and unit.
    x_split, y_split : float
        Where the quadrants part: zero, or the nation's values.
    corners : tuple of str
        Words in the corners: top left, top right, bottom left, bottom right.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["C31"], "name": ["Steel"], "x": [1.0], "y": [-2.0],
    ...     "shown": ["+1.0%, −2.0%"]})
    >>> quadrant(frame, x_axis="Output, %", y_axis="Prices, %", lang="en", x_split=0, y_split=0)["height"]
    400
    """
    require(data, ("code", "name", "x", "y", "shown"), "quadrant")
    brand = load_brand()
    data = data.dropna(subset=["x", "y"])
    across, x_ticks = nice_domain([*data["x"], x_split])
    up, y_ticks = nice_domain([*data["y"], y_split])
    labels = _placed(data, across, up, (x_split, y_split), height, picked, most_labels)
    base = drawn(data.assign(**labels), "x", "y", "beside", "align").encode(
        x=alt.X(
            "x:Q",
            title=x_axis,
            scale=alt.Scale(domain=across, nice=False, zero=False),
            axis=value_axis(brand.colours, values=x_ticks),
        ),
        y=alt.Y(
            "y:Q",
            title=y_axis,
            scale=alt.Scale(domain=up, nice=False, zero=False),
            axis=alt.Axis(
                values=y_ticks,
                titleAngle=0,
                titleAlign="left",
                titleAnchor="end",
                titleBaseline="bottom",
                titleY=-8,
                titleX=0,
            ),
        ),
        tooltip=tooltip(data, lang),
    )
    named = "isValid(datum.beside) && !narrow || datum.code === picked"
    layers = [
        *_splits(x_split, y_split, corners, height, brand),
        base.mark_point(filled=True, opacity=1, stroke=brand.colours["paper"]).encode(
            color=is_picked(brand.accent, brand.colours["mist"]), size=is_picked(130, 70)
        ),
        base.transform_filter(named)
        .mark_text(
            align=alt.expr("datum.align"),
            dx=alt.expr("datum.align === 'left' ? 8 : -8"),
            fontSize=11,
            text=alt.expr("datum.name"),
        )
        .encode(color=is_picked(brand.accent, brand.colours["slate"])),
    ]
    return finish(alt.layer(*layers), params=[picked_param(data, picked, lang)], height=height)


def _splits(x: float, y: float, corners: tuple[str, str, str, str], height: int, brand: Brand) -> list[alt.Chart]:
    grey = brand.colours["slate"]
    line = alt.Chart(inline([{"x": x, "y": y}]))
    layers = [
        line.mark_rule(color=grey, strokeDash=[4, 3]).encode(x="x:Q"),
        line.mark_rule(color=grey, strokeDash=[4, 3]).encode(y="y:Q"),
    ]
    for index, words in enumerate(corners):
        if words:
            right, bottom = index % 2, index // 2
            layers.append(
                alt.Chart(inline([{"words": words}]))
                .mark_text(
                    align="right" if right else "left",
                    baseline="bottom" if bottom else "top",
                    color=brand.colours["grey"],
                    fontStyle="normal",
                    fontWeight=600,
                    fontSize=11,
                    dx=-4 if right else 4,
                    dy=-4 if bottom else 4,
                )
                .encode(
                    x=alt.value(alt.expr("width") if right else 0),
                    y=alt.value(height if bottom else 0),
                    text="words:N",
                )
            )
    return layers


def _placed(
    data: pd.DataFrame,
    across: list[float],
    up: list[float],
    split: tuple[float, float],
    height: int,
    picked: str,
    most: int,
) -> dict[str, list[Any]]:
    """Choose whom to name, and on which side: farthest out first, none over another name or dot."""
    wide = WIDTH - 70
    x = [(value - across[0]) / (across[1] - across[0]) * wide for value in data["x"]]
    y = [(up[1] - value) / (up[1] - up[0]) * height for value in data["y"]]
    centre = (
        (split[0] - across[0]) / (across[1] - across[0]) * wide,
        (up[1] - split[1]) / (up[1] - up[0]) * height,
    )
    codes, names = list(data["code"]), list(data["name"])

    def priority(row: int) -> tuple[bool, float]:
        return codes[row] != picked, -((x[row] - centre[0]) ** 2 + (y[row] - centre[1]) ** 2)

    taken = [(px - 5, py - 5, px + 5, py + 5) for px, py in zip(x, y, strict=True)]
    beside: list[Any] = [None] * len(codes)
    align = ["right" if place > wide / 2 else "left" for place in x]
    count = 0
    for row in sorted(range(len(codes)), key=priority):
        if count >= most:
            break
        width = text_width([names[row]], 11)
        for side, left in (("left", x[row] + 7), ("right", x[row] - 7 - width)):
            box = (left, y[row] - _LINE / 2, left + width, y[row] + _LINE / 2)
            if left < 0 or left + width > wide or any(_overlap(box, other) for other in taken):
                continue
            taken.append(box)
            beside[row], align[row] = True, side
            count += 1
            break
    return {"beside": beside, "align": align}


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
