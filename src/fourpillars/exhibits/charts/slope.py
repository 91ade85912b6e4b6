"""A slope chart: two moments, a line from one to the other for each entity, one of them in colour."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import dodge, nice_domain
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import PICKED, is_picked, picked_param
from fourpillars.exhibits.charts.rows import drawn, inline, require, tooltip

LABEL = 15


def slope_chart(
    data: pd.DataFrame, *, axis: str, lang: str, picked: str = "", height: int = 360, reverse: bool = False
) -> dict[str, Any]:
    """Draw each entity's change between two moments, named at the right with its value, its first value at
    the left.

    Parameters
    ----------
    data : DataFrame
        Two rows an entity: code, name, moment (text; the two in the order they first appear), value, shown.
        An entity with a value at one moment only has a dot there.
    axis : str
        Measure and unit, above the chart.
    lang : {'en', 'zh'}
    picked : str
        Code of the entity in colour.
    reverse : bool
        Least at the top, as of ranks.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": "C31", "name": "Steel", "moment": ["2021", "2026"], "value": [1.0, 3.0],
    ...     "shown": ["1.0", "3.0"]})
    >>> slope_chart(frame, axis="Score", lang="en", picked="C31")["height"]
    360
    """
    require(data, ("code", "name", "moment", "value", "shown"), "slope")
    brand = load_brand()
    data = data.dropna(subset=["value"])
    moments = list(dict.fromkeys(data["moment"]))
    domain, _ = nice_domain(data["value"])
    scale = alt.Scale(domain=domain, nice=False, zero=False, reverse=reverse)
    y = alt.Y("value:Q", scale=scale, title="", axis=alt.Axis(labels=False, ticks=False, grid=False, domain=False))
    x = alt.X(
        "moment:N",
        sort=moments,
        scale=alt.Scale(type="point", padding=0),
        axis=alt.Axis(
            title=axis,
            titleAnchor="start",
            titleFontWeight=400,
            orient="top",
            labelColor=brand.colours["ink"],
            labelFontWeight=600,
            labelAngle=0,
            domain=False,
            ticks=False,
            offset=10,
        ),
    )
    base = drawn(data, "moment", "value").encode(x=x, y=y, tooltip=tooltip(data, lang))
    color = is_picked(brand.accent, brand.colours["mist"])
    layers = [
        base.mark_line().encode(color=color, detail="code:N", strokeWidth=is_picked(3, 1.5)),
        base.mark_point(filled=True, opacity=1).encode(color=color, size=is_picked(90, 45)),
        *(
            _labels(data, moment, side, domain, height, brand.accent, brand.colours["slate"], reverse)
            for side, moment in enumerate(moments[:2])
        ),
    ]
    return finish(alt.layer(*layers), params=[picked_param(data, picked, lang)], height=height)


def _labels(
    data: pd.DataFrame,
    moment: str,
    side: int,
    domain: list[float],
    height: int,
    accent: str,
    grey: str,
    reverse: bool,
) -> alt.Chart:
    there = data[data["moment"] == moment]
    gap = (domain[1] - domain[0]) / height * LABEL
    values = [-value if reverse else value for value in there["value"]]
    limits = (-domain[1], -domain[0]) if reverse else (domain[0], domain[1])
    placed = [-place if reverse else place for place in dodge(values, gap, *limits)]
    rows = [
        {"code": row["code"], "at": place, "words": f"{row['shown']} {row['name']}" if side else row["shown"]}
        for row, place in zip(there.to_dict("records"), placed, strict=True)
    ]
    test = f"datum.code === {PICKED}"
    return (
        alt.Chart(inline(rows))
        .mark_text(align="left" if side else "right", dx=10 if side else -10)
        .encode(
            x=alt.value(alt.expr("width" if side else "0")),
            y="at:Q",
            text="words:N",
            color=alt.condition(test, alt.value(accent), alt.value(grey)),
        )
    )
