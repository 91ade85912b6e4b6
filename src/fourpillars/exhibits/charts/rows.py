"""The rows a chart embeds: as few and as short as they draw the same.

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

TOOLTIP = ("name", "label", "shown", "rank", "interval", "period", "source")
_MANY = 40


def inline(rows: Iterable[dict[str, Any]]) -> alt.InlineData:
    """Return rows as inline data; a missing cell is left out, so that no chart ever says 'null'.

    They stand in a tuple until `finish`: Altair copies a list, row by row, for every layer and every property.
    """
    return alt.InlineData(
        values=tuple({key: _plain(value) for key, value in row.items() if present(value)} for row in rows)
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
        chart = chart.transform_calculate(**{column: f"{by_code(frame, column)}[datum.code]"})
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
    table.writerows(zip(*([_cell(value) for value in frame[name].tolist()] for name in frame.columns), strict=True))
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


def _is_of_code(frame: pd.DataFrame, column: str, constant: Iterable[str]) -> bool:
    """Say whether a text follows from the code, and so often that it is shorter said once for each."""
    if column in constant or not {"code", column} <= set(frame.columns) or frame[column].isna().any():
        return False
    codes = frame["code"].nunique()
    return len(frame) > 2 * codes and len(frame[["code", column]].drop_duplicates()) == codes


def by_code(frame: pd.DataFrame, column: str) -> str:
    """Return a text of each code as the expression of a dictionary.

    Examples
    --------
    >>> by_code(pd.DataFrame({"code": ["C31"], "name": ["Steel"]}), "name")
    '{"C31": "Steel"}'
    """
    return json.dumps(frame.drop_duplicates("code").set_index("code")[column].to_dict(), ensure_ascii=False)


def present(value: Any) -> bool:
    """Say whether a cell holds something that can be drawn.

    Examples
    --------
    >>> [present(value) for value in (0.0, "", None, float("nan"))]
    [True, True, False, False]
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return False
    return not isinstance(value, float) or math.isfinite(value)


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.6g}" if math.isfinite(value) else ""
    return f"{_plain(value):.6g}" if present(value) else ""


def _plain(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    return float(f"{value:.6g}") if isinstance(value, float) else value
