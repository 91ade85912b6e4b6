"""A spine chart: one row an indicator, the entity's dot between lowest, quartiles and highest of all."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.brand import Brand, load_brand
from fourpillars.exhibits.charts.axes import text_width
from fourpillars.exhibits.charts.finish import finish
from fourpillars.exhibits.charts.picked import picked_param
from fourpillars.exhibits.charts.rows import drawn, inline, require, tooltip
from fourpillars.exhibits.language import text

ROW = 24


def spine_chart(data: pd.DataFrame, *, lang: str, picked: str = "") -> dict[str, Any]:
    """Draw where one entity stands among all, indicator by indicator; right is better.

    Each row has a scale of its own: its middle is the median of all, the farther of lowest and highest
    touches its edge. An indicator without a better direction has its highest at the right, and a hollow dot.

    Parameters
    ----------
    data : DataFrame
        One row an indicator, in order: label (its name), value, shown, low, q1, median, q3, high (all in its
        unit), median_shown, polarity (1, −1, 0); `group` (the pillar's name) opens a new group; `colour` is
        the dot's.
    lang : {'en', 'zh'}
    picked : str
        Code of the entity.

    Examples
    --------
    >>> frame = pd.DataFrame({"label": ["Growth"], "value": [4.0], "shown": ["+4.0%"], "low": [-2.0],
    ...     "q1": [1.0], "median": [2.0], "q3": [3.0], "high": [8.0], "polarity": [1]})
    >>> places = positions(frame)
    >>> float(places["at_value"].iloc[0].round(3)), float(places["at_low"].iloc[0].round(3))
    (0.333, -0.667)
    """
    require(data, ("label", "value", "shown", "low", "q1", "median", "q3", "high", "polarity"), "spine")
    brand = load_brand()
    rows = _with_headings(positions(data))
    order = [int(row) for row in rows["row"]]
    y = alt.Y("row:O", scale=alt.Scale(domain=order), axis=_labels(rows, brand))
    base = (
        drawn(
            rows,
            "row",
            "at_low",
            "at_q1",
            "at_q3",
            "at_high",
            "at_value",
            "median_shown",
            "neutral",
            "colour",
        )
        .encode(y=y)
        .transform_filter("isValid(datum.shown)")
    )
    scale = alt.Scale(domain=[-1, 1], nice=False)
    axis = alt.Axis(title="", values=[-1, 0, 1], grid=False, orient="top", labelExpr=_ends(lang), labelFlush=True)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    grey = brand.colours
    right = text_width([*data["shown"], text("label.value", lang)]) + 16
    further = right + (
        text_width([*data["median_shown"], text("label.median", lang)]) + 12 if "median_shown" in data else 0
    )
    dot = base.transform_filter("isValid(datum.at_value)").encode(x=x("at_value"), tooltip=tooltip(rows, lang))
    layers = [
        base.mark_rule(strokeWidth=2, color=grey["rule"]).encode(x=x("at_low"), x2="at_high:Q"),
        base.mark_rule(strokeWidth=10, color=grey["mist"], opacity=0.75).encode(x=x("at_q1"), x2="at_q3:Q"),
        alt.Chart(inline([{"at": 0}])).mark_rule(color=grey["slate"], strokeWidth=1).encode(x=x("at")),
        dot.mark_point(
            size=110,
            opacity=1,
            strokeWidth=2,
            fill=alt.expr(_dot("paper", brand)),
            stroke=alt.expr(_dot("own", brand)),
        ),
        base.mark_text(align="right", dx=alt.expr(f"narrow ? {right} : {further}")).encode(
            x=alt.value(alt.expr("width")), text="shown:N"
        ),
    ]
    if "median_shown" in rows:
        layers.append(
            base.mark_text(
                align="right", dx=right, color=grey["grey"], text=alt.expr("narrow ? '' : datum.median_shown")
            ).encode(x=alt.value(alt.expr("width")))
        )
    layers.append(_column_heads(rows, lang, brand, right, further))
    return finish(alt.layer(*layers), params=[picked_param(rows, picked, lang)], height=ROW * len(rows))


def positions(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with places from −1 to 1 (`at_low` … `at_value`): 0 the median, right better."""
    reach = pd.concat([data["high"] - data["median"], data["median"] - data["low"]], axis=1).max(axis=1)
    turn = data["polarity"].where(data["polarity"] != 0, 1) / reach.where(reach > 0)
    places = {f"at_{part}": (data[part] - data["median"]) * turn for part in ("low", "q1", "q3", "high", "value")}
    return data.assign(neutral=(data["polarity"] == 0).where(data["polarity"] == 0), **places)


def _with_headings(rows: pd.DataFrame) -> pd.DataFrame:
    if "group" in rows.columns:
        members: dict[str, list[int]] = {}
        for place, group in enumerate(rows["group"]):
            members.setdefault(group, []).append(place)
        groups = iter(members)
        laid = [place for own in members.values() for place in (-1, *own)]  # -1 is no row: a heading
        rows = rows.reset_index(drop=True).reindex(laid)
        rows = rows.assign(
            label=[next(groups) if place < 0 else label for place, label in zip(laid, rows["label"], strict=True)],
            heading=[True if place < 0 else None for place in laid],
        ).reset_index(drop=True)
    else:
        rows = rows.assign(heading=None).reset_index(drop=True)
    return rows.assign(row=range(len(rows)))


def _labels(rows: pd.DataFrame, brand: Brand) -> alt.Axis:
    headings = [int(row) for row in rows.loc[rows["heading"].notna(), "row"]]
    test = f"indexof({headings}, datum.value) >= 0"
    return alt.Axis(
        title="",
        labelExpr=f"{json.dumps(list(rows['label']), ensure_ascii=False)}[datum.value]",
        labelLimit=240,
        labelOverlap=False,
        labelFontWeight={"condition": {"test": test, "value": 700}, "value": 400},
        labelColor=brand.colours["ink"],
    )


def _ends(lang: str) -> str:
    worse, median, better = (text(f"label.{name}", lang) for name in ("worse", "median", "better"))
    return f"datum.value < 0 ? '← {worse}' : datum.value > 0 ? '{better} →' : narrow ? '' : '{median}'"


def _dot(neutral: str, brand: Brand) -> str:
    own = f"datum.colour || '{brand.accent}'"
    return f"datum.neutral ? '{brand.colours['paper']}' : {own}" if neutral == "paper" else own


def _column_heads(rows: pd.DataFrame, lang: str, brand: Brand, right: int, further: int) -> alt.Chart:
    heads = [{"words": text("label.value", lang), "right": further, "narrow": right}]
    if "median_shown" in rows:
        heads.append({"words": text("label.median", lang), "right": right})
    return (
        alt.Chart(inline(heads))
        .mark_text(
            text=alt.expr("narrow && !datum.narrow ? '' : datum.words"),
            align="right",
            dx=alt.expr("narrow && datum.narrow || datum.right"),
            dy=-6,
            baseline="bottom",
            color=brand.colours["slate"],
        )
        .encode(x=alt.value(alt.expr("width")), y=alt.value(0))
    )
