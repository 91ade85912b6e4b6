"""What every kind of chart shares: width, data, tooltips, the entity picked, the finished dictionary.

The columns that charts know, beside their own: `code` and `name` of the entity, `value` (a number), `shown`
(the same as text, from `formats.number`), `period` and `source` (text, for the tooltip), `href` (a relative
address to open).
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.language import text
from fourpillars.exhibits.theme import chart_config

WIDTH = 640
"""Of a whole chart, axis labels included, in the static picture."""
NARROW = 344
"""The same on a phone of 390 px."""
TOOLTIP = ("name", "label", "shown", "rank", "interval", "period", "source")
PICKED = "picked"
"""The parameter that holds the code of the entity in colour; a page may set it in all its charts at once."""

ALIVE = "alive"
"""The parameter that is false in a still picture."""
_MANY = 40


def inline(rows: Iterable[dict[str, Any]]) -> alt.InlineData:
    """Return rows as inline data; a missing cell is left out, so that no chart ever says 'null'.

    They stand in a tuple until `finish`: Altair copies a list, row by row, for every layer and every property.
    """
    return alt.InlineData(
        values=tuple({key: _plain(value) for key, value in row.items() if _present(value)} for row in rows)
    )


def drawn(frame: pd.DataFrame, *own: str) -> alt.Chart:
    """Return a chart over the columns it embeds; what is the same in every row stands once, not in each."""
    frame = used(frame, *own)
    constant = {
        column: frame[column].iloc[0]
        for column in ("unit", "period", "source", "label")
        if column in frame.columns and len(frame) > 1 and frame[column].nunique(dropna=False) == 1
    }
    repeated = [column for column in ("name", "source", "href") if _is_of_code(frame, column, constant)]
    chart = alt.Chart(_embedded(frame.drop(columns=[*constant, *repeated])))
    for column in repeated:
        chart = chart.transform_calculate(**{column: f"{_by_code(frame, column)}[datum.code]"})
    for column, value in constant.items():
        chart = chart.transform_calculate(**{column: json.dumps(str(value), ensure_ascii=False)})
    return chart


def _embedded(frame: pd.DataFrame) -> alt.InlineData:
    """Return a frame as inline data: many rows as CSV, for size; few, or with missing texts, as objects."""
    frame = frame.assign(**{name: frame[name].map({True: 1}) for name in frame.columns if frame[name].dtype == bool})
    numbers = [name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])]
    texts = frame.drop(columns=numbers)
    if len(frame) < _MANY or texts.isna().to_numpy().any():
        return inline(frame.to_dict("records"))
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(frame.columns)
    for row in frame.itertuples(index=False):
        table.writerow(
            [f"{_plain(value):.6g}" if _number(value) else value if _present(value) else "" for value in row]
        )
    parse = dict.fromkeys(numbers, "number") | dict.fromkeys(texts.columns, "string")
    if "day" in parse:
        parse["day"] = "date"
    return alt.InlineData(values=written.getvalue(), format=alt.CsvDataFormat(type="csv", parse=parse))


def require(frame: pd.DataFrame, columns: Iterable[str], chart: str) -> None:
    """Refuse a frame that lacks columns the chart draws."""
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        raise FourPillarsError(f"The {chart} chart needs the columns {', '.join(absent)}.")


def used(frame: pd.DataFrame, *own: str) -> pd.DataFrame:
    """Return the columns a chart embeds: its own, and those of the tooltip and the link."""
    known = [*own, "code", "href", *TOOLTIP]
    return frame[[column for column in dict.fromkeys(known) if column in frame.columns]]


def tooltip(frame: pd.DataFrame, lang: str) -> list[alt.Tooltip]:
    """Return the tooltip: name, value, rank, period, source, as far as the frame has them, as text."""
    title = {"shown": "value", "label": "indicator"}
    return [
        alt.Tooltip(f"{column}:N", title=text(f"label.{title.get(column, column)}", lang))
        for column in TOOLTIP
        if column in frame.columns
    ]


def picked_param(frame: pd.DataFrame, code: str, lang: str, *, choose: bool = False) -> alt.Parameter:
    """Return the parameter of the entity in colour, with a list to choose from where `choose`."""
    if not choose:
        return alt.param(name=PICKED, value=code)
    named = frame.drop_duplicates("code").sort_values("name")
    options = alt.binding_select(
        options=["", *named["code"]],
        labels=[text("label.nobody", lang), *named["name"]],
        name=text("label.highlight", lang) + " ",
    )
    return alt.param(name=PICKED, value=code, bind=options)


def alive_param() -> alt.Parameter:
    """Return the parameter on which hangs what only a pointer needs."""
    return alt.param(name=ALIVE, value=True)


def is_picked(then: Any, otherwise: Any) -> Any:
    """Return a condition: one value for the entity picked, another for the rest."""
    return alt.condition(f"datum.code === {PICKED}", alt.value(then), alt.value(otherwise))


def names_expr(frame: pd.DataFrame) -> str:
    """Return the expression that turns an axis label from code to name."""
    return f"{_names(frame)}[datum.value]"


def name_axis(frame: pd.DataFrame, colours: dict[str, str], accent: str, **own: Any) -> alt.Axis:
    """Return an axis of entity names, the one picked in colour and bold."""
    test = f"datum.value === {PICKED}"
    return alt.Axis(
        title="",
        labelExpr=names_expr(frame),
        labelOverlap=False,
        labelColor={"condition": {"test": test, "value": accent}, "value": colours["ink"]},
        labelFontWeight={"condition": {"test": test, "value": 700}, "value": 400},
        **own,
    )


def value_axis(colours: dict[str, str], **own: Any) -> alt.Axis:
    """Return a horizontal axis of numbers, its line at zero a little stronger."""
    grid = {"condition": {"test": "datum.value === 0", "value": colours["mist"]}, "value": colours["rule"]}
    ticks = {"tickCount": alt.expr("narrow ? 3 : 6")} | own
    return alt.Axis(grid=True, gridColor=grid, titleAnchor="end", labelOverlap="greedy", labelSeparation=4, **ticks)


def text_width(words: Iterable[str], size: float = 12) -> int:
    """Return about how many pixels the longest of some words takes: what a column of values needs.

    Examples
    --------
    >>> text_width(["+4.0%", "−12.0%"]), text_width(["个百分点"])
    (41, 48)
    """
    longest = max((sum(0.57 if ord(letter) < 0x2E80 else 1 for letter in word) for word in words), default=0)
    return round(longest * size)


def finish(
    chart: Any, *, height: float | None = None, narrow: dict[str, Any] | None = None, fit: bool = True
) -> dict[str, Any]:
    """Return the dictionary of a chart, in the brand's look.

    Parameters
    ----------
    chart : Altair chart
    height : float, optional
        Of the plot.
    narrow : dict, optional
        A JSON merge patch for a narrow screen, kept in `usermeta.narrow` for the page's script; it sets the
        parameter `narrow`, which expressions may ask.
    fit : bool
        Let the plot shrink so that with its labels it is `WIDTH` wide (not for facets).
    """
    if height is not None:
        chart = chart.properties(height=height)
    if fit:
        chart = chart.properties(width=WIDTH, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    spec = chart.to_dict(validate=False)  # a tenth of a second each; tests validate every kind of chart
    for name, rows in spec.get("datasets", {}).items():
        spec["datasets"][name] = list(rows) if isinstance(rows, tuple) else rows
    spec["config"] = chart_config() | {"params": [{"name": "narrow", "value": False}]}
    spec["padding"] = {"left": 2, "right": 8, "top": 4, "bottom": 2}
    patch = dict(narrow or {})
    patch["config"] = patch.get("config", {}) | {"params": [{"name": "narrow", "value": True}]}
    spec["usermeta"] = {"fit": fit, "narrow": ({"width": NARROW} if fit else {}) | patch}
    return spec


def nice_domain(values: Iterable[float], *, zero: bool = False, count: int = 5) -> tuple[list[float], list[float]]:
    """Return round limits around values, and the ticks between them.

    Examples
    --------
    >>> nice_domain([-2.3, 7.1])
    ([-4.0, 8.0], [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0])
    """
    finite = [float(value) for value in values if _present(value)] or [0.0, 1.0]
    low, high = min(finite), max(finite)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / count
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [float(f"{index * step:.10g}") for index in range(first, last + 1)]
    return [ticks[0], ticks[-1]], ticks


def dodge(positions: list[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart to at least `gap`, keeping their order and staying within limits where there is room.

    Examples
    --------
    >>> dodge([1.0, 1.1, 5.0], 1.0, 0.0, 6.0)
    [1.0, 2.0, 5.0]
    """
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    placed: list[float] = []
    for index in order:
        placed.append(max(positions[index], placed[-1] + gap if placed else low))
    for back in range(len(placed) - 1, -1, -1):
        limit = high if back == len(placed) - 1 else placed[back + 1] - gap
        placed[back] = min(placed[back], limit)
    result = [0.0] * len(positions)
    for rank, index in enumerate(order):
        result[index] = placed[rank]
    return result


def _is_of_code(frame: pd.DataFrame, column: str, constant: Iterable[str]) -> bool:
    """Say whether a text follows from the code, and so often that it is shorter said once for each."""
    if column in constant or not {"code", column} <= set(frame.columns) or frame[column].isna().any():
        return False
    codes = frame["code"].nunique()
    return len(frame) > 2 * codes and len(frame[["code", column]].drop_duplicates()) == codes


def _names(frame: pd.DataFrame) -> str:
    return _by_code(frame, "name")


def _by_code(frame: pd.DataFrame, column: str) -> str:
    return json.dumps(frame.drop_duplicates("code").set_index("code")[column].to_dict(), ensure_ascii=False)


def _number(value: Any) -> bool:
    return _present(value) and not isinstance(value, str)


def _present(value: Any) -> bool:
    if value is None or value is pd.NA or value is pd.NaT:
        return False
    return not isinstance(value, float) or math.isfinite(value)


def _plain(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    return float(f"{value:.6g}") if isinstance(value, float) else value
