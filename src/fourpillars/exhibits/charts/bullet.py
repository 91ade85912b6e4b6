"""Targets and what has been reached: a bar to the actual, a stroke at the target, the state in words."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import name_axis, text_width, value_axis
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import picked_param
from fourpillars.exhibits.charts.rows import drawn, inline, require, tooltip
from fourpillars.exhibits.language import text

ROW = 34
SIGNS = {"met": "✓", "on_track": "→", "behind": "!", "not_computable": ""}


def target_bullet(data: pd.DataFrame, *, axis: str, lang: str, picked: str = "") -> dict[str, Any]:
    """Draw a row for each target of one unit.

    Parameters
    ----------
    data : DataFrame
        One row a target, in order: code, name, value (the actual, or missing), shown, target, target_shown
        ('≥ 4%'), state (met, on_track, behind, not_computable); tooltip columns as in `rows`. All in one
        unit.
    axis : str
        Measure and unit.
    lang : {'en', 'zh'}

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["T001"], "name": ["Steel"], "value": [1.0], "shown": ["+1.0%"],
    ...     "target": [4.0], "target_shown": ["about 4%"], "state": ["behind"]})
    >>> target_bullet(frame, axis="Value added, %", lang="en")["height"]
    34
    """
    require(data, ("code", "name", "value", "shown", "target", "target_shown", "state"), "target")
    brand = load_brand()
    colours = brand.colours
    data = data.assign(word=[f"{SIGNS[state]} {text(f'state.{state}', lang)}".strip() for state in data["state"]])
    data["summary"] = [
        row["word"] if row["state"] == "not_computable" else f"{row['shown']} / {row['target_shown']}  {row['word']}"
        for row in data.to_dict("records")
    ]
    base = drawn(data, "value", "target", "target_shown", "state", "word", "summary").encode(
        y=alt.Y("code:N", sort=list(data["code"]), axis=name_axis(data, colours, brand.accent)),
        tooltip=[*tooltip(data, lang), alt.Tooltip("target_shown:N", title=text("label.target", lang))],
    )
    scale = alt.Scale(nice=True, zero=True)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=axis, axis=value_axis(colours), scale=scale)

    right = alt.expr(f"narrow ? {text_width(data['word']) + 6} : {text_width(data['summary']) + 6}")
    behind = f"datum.state === 'behind' ? '{brand.accent}' : '{colours['slate']}'"
    target = base.transform_filter("isValid(datum.target)")
    layers = [
        base.transform_filter("isValid(datum.value)").mark_bar(height=12, fill=alt.expr(behind)).encode(x=x("value")),
        target.mark_tick(thickness=4, height=24, color=colours["ink"]).encode(x=x("target")),
        base.mark_text(
            align="right",
            dx=right,
            color=colours["ink"],
            text=alt.expr("narrow ? datum.word : datum.summary"),
        ).encode(x=alt.value(alt.expr("width"))),
        _head(lang, right, colours["slate"]),
    ]
    return finish(alt.layer(*layers), params=[picked_param(data, picked, lang)], height=ROW * len(data))


def _head(lang: str, right: Any, colour: str) -> alt.Chart:
    words = f"{text('label.actual', lang)} / {text('label.target', lang)}"
    return (
        alt.Chart(inline([{"words": words}]))
        .mark_text(
            align="right",
            dx=right,
            dy=-6,
            baseline="bottom",
            color=colour,
            text=alt.expr("narrow ? '' : datum.words"),
        )
        .encode(x=alt.value(alt.expr("width")), y=alt.value(0))
    )
