"""Axes and what stands along them: names, ticks at round numbers, labels that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from fourpillars.exhibits.charts.picked import PICKED
from fourpillars.exhibits.charts.rows import by_code, present


def names_expr(frame: pd.DataFrame) -> str:
    """Return the expression that turns an axis label from code to name."""
    return f"{by_code(frame, 'name')}[datum.value]"


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


def nice_domain(values: Iterable[float], *, zero: bool = False, count: int = 5) -> tuple[list[float], list[float]]:
    """Return round limits around values, and the ticks between them.

    Examples
    --------
    >>> nice_domain([-2.3, 7.1])
    ([-4.0, 8.0], [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0])
    """
    finite = [float(value) for value in values if present(value)] or [0.0, 1.0]
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
