"""Impute: fill missing values, say which, and leave untouched what cannot be filled."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, one_of
from fourpillars.scores.step import OVER, Context, Stage, grouping, is_panel

BY = ("mean", "median")
TIME = ("last", "linear")


def filled(before: pd.DataFrame, after: pd.DataFrame, method: str) -> Stage:
    """Return a stage whose trail has one row for each cell that was filled."""
    rows, columns = np.nonzero(before.isna().to_numpy() & after.notna().to_numpy())
    return Stage(
        after,
        pd.DataFrame(
            {
                "unit": before.index[rows],
                "indicator": before.columns[columns],
                "value": after.to_numpy()[rows, columns],
                "action": "imputed",
                "method": method,
            }
        ),
    )


@dataclass(frozen=True)
class Impute:
    """Fill with the mean or median of the indicator, of all units or of the unit's group.

    Parameters
    ----------
    method : {"mean", "median"}
        What to fill with.
    groups : pandas.Series or str, optional
        Groups of units: a Series by unit, or a column of the data. A cell whose whole group is missing
        stays missing.
    over : {"all", "period"}
        Of a panel, take the mean over all periods or within each.

    Examples
    --------
    >>> from fourpillars.scores import Framework
    >>> data = pd.DataFrame({"a": [1.0, 3.0, None, 10.0]}, index=list("WXYZ"))
    >>> context = Context(Framework(pd.DataFrame({"code": ["a"]})), data)
    >>> groups = pd.Series(["x", "x", "x", "y"], index=list("WXYZ"))
    >>> Impute("mean", groups=groups).apply(data, context).values["a"].tolist()
    [1.0, 3.0, 2.0, 10.0]
    """

    method: str = "mean"
    groups: pd.Series | str | None = field(default=None, compare=False, repr=False)
    over: str = "all"

    def __post_init__(self) -> None:
        one_of("imputation", self.method, BY)
        one_of("over", self.over, OVER)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the values with gaps filled; the trail names every cell."""
        keys = []
        if self.over == "period" and is_panel(values.index):
            keys.append(values.index.get_level_values(1))
        if self.groups is not None:
            keys.append(grouping(self.groups, context, values.index).to_numpy())
        if keys:
            centre = values.groupby(keys, dropna=False).transform(self.method)
        else:
            centre = pd.DataFrame(
                {code: getattr(values[code], self.method)() for code in values.columns}, index=values.index
            )
        return filled(values, values.fillna(centre), f"{self.method}{' by group' if self.groups is not None else ''}")


@dataclass(frozen=True)
class ImputeTime:
    """Fill from the same unit's other periods.

    Parameters
    ----------
    method : {"last", "linear"}
        The last known value, or a straight line between the periods on either side (never beyond the ends).
    limit : int, optional
        The most periods in a row that are filled.

    Examples
    --------
    >>> from fourpillars.scores import Framework
    >>> index = pd.MultiIndex.from_product([["A"], [2020, 2021, 2022]])
    >>> data = pd.DataFrame({"a": [1.0, None, 3.0]}, index=index)
    >>> context = Context(Framework(pd.DataFrame({"code": ["a"]})), data)
    >>> ImputeTime("linear").apply(data, context).values["a"].tolist()
    [1.0, 2.0, 3.0]
    """

    method: str = "last"
    limit: int | None = None

    def __post_init__(self) -> None:
        one_of("imputation over time", self.method, TIME)

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return the values with gaps filled within each unit, in the order of the periods."""
        if not is_panel(values.index):
            raise ScoresError("Imputing over time needs rows by (unit, period).", hint="Use Impute for one period.")
        ordered = values.sort_index(level=1, sort_remaining=False)
        by_unit = ordered.groupby(level=0, group_keys=False)
        if self.method == "last":
            result = by_unit.ffill(limit=self.limit)
        else:
            result = by_unit.apply(lambda unit: unit.interpolate(limit=self.limit, limit_area="inside"))
        return filled(values, result.reindex(values.index), self.method)
