"""How periods stand on a time axis: round marks, months without a figure left as gaps."""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import lru_cache

import altair as alt
import pandas as pd

from fourpillars.exhibits.dates import axis_day, period

_FULL_LABELS = 15
"""Up to so many months each January and every third month is named; beyond, the years."""


def with_gaps(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of each series with a row for every period between its first and last, empty where no
    figure is.

    January stands alone in no cumulative statistic: where a series has none, it is no gap.

    Parameters
    ----------
    data : DataFrame
        code, time_period, value; `day` is added, the day of each period on the axis, and `lone`, True for a
        value between two gaps, which a line alone would not show.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": "a", "time_period": ["2026-05", "2026-08"], "value": [1.0, 2.0]})
    >>> with_gaps(frame)[["time_period", "lone"]].to_dict("list")
    {'time_period': ['2026-05', '2026-06', '2026-07', '2026-08'], 'lone': [True, False, False, True]}
    """
    known = data.dropna(subset=["value"])
    texts = [name for name in known.columns if not pd.api.types.is_numeric_dtype(known[name])]
    cells = {name: (known[name].fillna("") if name in texts else known[name]).tolist() for name in known.columns}
    series: dict[str, list[int]] = {}
    for row, code in enumerate(cells["code"]):
        series.setdefault(code, []).append(row)
    laid: dict[str, list] = {name: [] for name in [*known.columns, "lone"]}
    for rows in series.values():
        at = {cells["time_period"][row]: row for row in rows}
        own = _grid(list(at))
        for name, column in cells.items():
            empty = _shared_text([column[row] for row in rows]) if name in texts else math.nan
            laid[name] += [column[at[period]] if period in at else empty for period in own]
        laid["time_period"][-len(own) :] = own
        held = [False, *(period in at for period in own), False]
        laid["lone"] += [
            is_held and not (before or after) for before, is_held, after in zip(held, held[1:], held[2:], strict=False)
        ]
    return pd.DataFrame(laid).assign(day=[axis_day(name) for name in laid["time_period"]])


def time_axis(periods: pd.Series, lang: str, *, most: int = 7) -> alt.X:
    """Return the horizontal axis for these periods, with at most so many of them named."""
    names = sorted(set(periods), key=axis_day)
    labels = _month_labels(names, lang, most) if _short(names) else _year_labels(names, lang, most)
    text = "{" + ",".join(f"{day[:4]}{day[5:7]}:'{label}'" for day, label in labels.items()) + "}"
    axis = alt.Axis(
        title="",
        grid=False,
        ticks=True,
        tickSize=4,
        labelFlush=True,
        labelOverlap="greedy",
        values=[_moment(day) for day in labels],
        labelExpr=f"{text}[utcFormat(datum.value,'%Y%m')]",
    )
    ends = [_moment(axis_day(names[0])), _moment(axis_day(names[-1]))]
    return alt.X("day:T", axis=axis, scale=alt.Scale(type="utc", domain=ends))


def _short(names: list[str]) -> bool:
    return len(names) <= _FULL_LABELS and "-" in names[0]


def _month_labels(names: list[str], lang: str, most: int) -> dict[str, str]:
    marked = names[:: -(-len(names) // min(most, 5))]
    return {axis_day(name): period(name, lang, short=True) for name in marked}


def _year_labels(names: list[str], lang: str, most: int) -> dict[str, str]:
    month = "12" if "-" not in names[0] else "01"
    days = {f"{year}-{month}-01": period(year, lang) for year in sorted({name[:4] for name in names})}
    inside = [day for day in days if axis_day(names[0]) <= day <= axis_day(names[-1])]
    chosen = inside[:: -(-len(inside) // most)] if inside else []
    if not chosen:
        return {axis_day(names[0]): period(names[0], lang, short=True)}
    return {day: days[day] for day in chosen}


def _moment(day: str) -> dict[str, int | bool]:
    return {"year": int(day[:4]), "month": int(day[5:7]), "date": 1, "utc": True}


def _shared_text(texts: list[str]) -> str:
    return texts[0] if len(set(texts)) == 1 else ""


def _grid(present: Collection[str]) -> list[str]:
    first, last = min(present), max(present)
    freq = "Q" if "Q" in first else "M" if "-" in first else "Y"
    names = _span(first, last, freq)
    january = any(name.endswith("-01") for name in present)
    return [name for name in names if freq != "M" or january or not name.endswith("-01")]


@lru_cache(maxsize=256)
def _span(first: str, last: str, freq: str) -> tuple[str, ...]:
    span = pd.period_range(first.replace("-Q", "Q"), last.replace("-Q", "Q"), freq=freq)
    return tuple(f"{name.year}-Q{name.quarter}" if freq == "Q" else str(name) for name in span)
