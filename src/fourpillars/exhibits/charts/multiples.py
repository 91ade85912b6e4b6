"""Small multiples: one small line for each entity or measure, on one scale unless units differ."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.charts.axes import nice_domain, text_width
from fourpillars.exhibits.charts.finish import NARROW, WIDTH, finish
from fourpillars.exhibits.charts.picked import ALIVE, alive_param
from fourpillars.exhibits.charts.rows import drawn, require, tooltip
from fourpillars.exhibits.charts.timeline import time_axis, with_gaps

COLUMNS = 3
HEIGHT = 72
_GAP = 26
_AXIS = 44
_BREAK = "|"


def small_multiples(
    data: pd.DataFrame,
    *,
    lang: str,
    columns: int = COLUMNS,
    height: int = HEIGHT,
    zero: bool = False,
    own_scales: bool = False,
    colours: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Draw one small chart for each panel: its line in colour, the companion grey, its name and last value
    above.

    Parameters
    ----------
    data : DataFrame
        code, name, time_period, value, shown; `companion` True for the grey line of the panel (the nation's,
        say); tooltip columns as in `rows`. Panels, by code, stand as they first appear.
    lang : {'en', 'zh'}
    columns : int
        Side by side; on a narrow screen one fewer, at most two.
    zero : bool
        Draw the line of zero within each panel.
    own_scales : bool
        A vertical scale for each panel, where units differ.
    colours : dict, optional
        Colour by code, such as the pillars'.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": "C31", "name": "Steel", "time_period": ["2026-07", "2026-08"],
    ...     "value": [1.0, 2.0], "shown": ["+1.0%", "+2.0%"]})
    >>> small_multiples(frame, lang="en")["columns"]
    3
    """
    require(data, ("code", "name", "time_period", "value", "shown"), "small multiples")
    brand = load_brand()
    data = data.assign(companion=data["companion"].fillna(False).astype(bool) if "companion" in data else False)
    data = data.dropna(subset=["value"])
    panels = list(dict.fromkeys(data["code"]))
    axes = columns if own_scales else 1
    width = round((WIDTH - axes * _AXIS - (columns - 1) * _GAP - 24) / columns)
    heads = _heads(data, panels, width)
    long = pd.concat(
        [with_gaps(part).assign(companion=companion) for companion, part in data.groupby("companion")],
        ignore_index=True,
    )
    long = long.assign(who=(~long["companion"]).astype(int)).drop(columns=["name", "companion"])
    low, high = (
        min([*data["value"], *([0.0] if zero else [])]),
        max([*data["value"], *([0.0] if zero else [])]),
    )
    ticks = [tick for tick in nice_domain([low, high], count=3)[1] if low <= tick <= high]
    grid = {
        "condition": {"test": "datum.value === 0", "value": brand.colours["grey"]},
        "value": brand.colours["rule"],
    }
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(zero=zero, nice=False, **({} if own_scales else {"domain": [low, high]})),
        axis=alt.Axis(
            title="",
            gridColor=grid,
            minExtent=_AXIS - 10,
            maxExtent=_AXIS - 10,
            **({"tickCount": 3} if own_scales else {"values": ticks}),
        ),
    )
    own = f"datum.who ? {json.dumps(colours or {})}[datum.code] || '{brand.accent}' : '{brand.colours['mist']}'"
    base = drawn(long, "day", "value", "who", "lone").encode(
        x=time_axis(data["time_period"], lang, most=3), y=y, detail="who:O"
    )
    layers = [
        base.mark_line(strokeWidth=1.8, invalid="break-paths-show-domains", stroke=alt.expr(own)),
        base.transform_filter("datum.lone").mark_point(filled=True, size=22, opacity=1, fill=alt.expr(own)),
        base.transform_filter(f"{ALIVE} && isValid(datum.value)")
        .mark_point(size=160, opacity=0)
        .encode(tooltip=tooltip(long, lang)),
    ]
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=height)
        .facet(
            facet=alt.Facet("panel:N", sort=[heads[code] for code in panels], header=_header(width)),
            columns=columns,
            spacing=_GAP,
        )
        .transform_calculate(panel=f"{json.dumps(heads, ensure_ascii=False)}[datum.code]")
    )
    if own_scales:
        chart = chart.resolve_scale(y="independent")
    fewer = max(1, min(2, columns - 1))
    small = round((NARROW - (fewer if own_scales else 1) * _AXIS - (fewer - 1) * 14 - 12) / fewer)
    narrow = {
        "columns": fewer,
        "spec": {"width": small},
        "spacing": 14,
        "facet": {"header": {"labelLimit": small + 12, "labelFontSize": 11}},
    }
    return finish(chart, params=[alive_param()], fit=False, narrow=narrow)


def _header(width: float) -> alt.Header:
    """Name the panel on one line or two, its last value on the next, each no wider than the panel."""
    return alt.Header(
        title="", labelExpr=f"split(datum.value, '{_BREAK}')", labelLimit=width + _GAP - 6, labelLineHeight=15
    )


def _heads(data: pd.DataFrame, panels: list[str], width: float) -> dict[str, str]:
    own = data[~data["companion"]].sort_values("time_period").groupby("code").tail(1).set_index("code")
    names = data.drop_duplicates("code").set_index("code")["name"]
    lines = {code: _on_two_lines(names[code], width) for code in panels}
    return {
        code: f"{lines[code]}{_BREAK}{own.at[code, 'shown']}" if code in own.index else lines[code] for code in panels
    }


def _on_two_lines(name: str, width: float) -> str:
    """Break a name too wide for its panel where its halves differ least: at a space if it has one.

    Examples
    --------
    >>> _on_two_lines("Share of provinces whose value added grows", 144)
    'Share of provinces|whose value added grows'
    """
    if text_width([name]) <= width:
        return name
    breaks = [(place, place + 1) for place, letter in enumerate(name) if letter == " "]
    breaks = breaks or [(place, place) for place in range(1, len(name))]
    end, begin = min(breaks, key=lambda at: abs(text_width([name[: at[0]]]) - text_width([name[at[1] :]])))
    return f"{name[:end]}{_BREAK}{name[begin:]}"
