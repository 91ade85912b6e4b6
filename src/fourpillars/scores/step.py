"""What every step of a recipe is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.framework import Framework

OVER = ("all", "period")


@dataclass(frozen=True, eq=False)
class Context:
    """What a step may look at beside the values: the framework, and the data as they came in."""

    framework: Framework
    data: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Stage:
    """The values after a step, and the trail of what the step did (one row an action)."""

    values: pd.DataFrame
    trail: pd.DataFrame = field(default_factory=pd.DataFrame)


class Step(Protocol):
    """A small frozen class that turns one stage into the next."""

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the next stage of a units × indicators frame."""
        ...


def is_panel(index: pd.Index) -> bool:
    """Say whether rows are units at periods: an index of two levels, the second the period."""
    return isinstance(index, pd.MultiIndex) and index.nlevels == 2


def each_period(frame: pd.DataFrame, over: str, function: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """Apply `function` to all rows at once (`over="all"`) or to each period by itself (`over="period"`)."""
    if over == "all" or not is_panel(frame.index):
        return function(frame)
    parts = [function(part) for _, part in frame.groupby(level=1, sort=False)]
    return pd.concat(parts).reindex(frame.index)


def grouping(groups: pd.Series | str, context: Context, index: pd.Index) -> pd.Series:
    """Return the group of each row: from a Series by unit, or from a named column of the data."""
    if isinstance(groups, str):
        if groups not in context.data.columns:
            raise ScoresError.unknown("column of groups", groups, context.data.columns)
        groups = context.data[groups]
    units = index.get_level_values(0) if is_panel(index) and not is_panel(groups.index) else index
    absent = units.difference(groups.index)
    if len(absent):
        raise ScoresError(f"Unit {absent[0]!r} has no group.", hint="Give every unit a group.")
    return pd.Series(groups.reindex(units).to_numpy(), index=index)
