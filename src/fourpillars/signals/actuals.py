"""What has been reached: the published figures a target is held against, and their observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from fourpillars.catalogue.periods import end_month
from fourpillars.signals.rates import comparable_growth

GROWTH = "_growth"
_NOWHERE = np.empty(0, dtype=np.intp)
STALE_AFTER = {"M": 3, "Q": 6}
"""Months after which a figure of the year so far is too old to judge a target by."""


@dataclass(frozen=True)
class Actual:
    """A figure for a year or its months so far.

    Parameters
    ----------
    value : float
        In the target's unit.
    period : str
        As the observations write it; '2026-08' is the year to August for a flow.
    months : int
        Months of the year it covers; 12 is a whole year.
    rows : tuple of int
        Row ids of the observations used.
    """

    value: float
    period: str
    months: int
    rows: tuple[int, ...]

    def up_to_date(self, year: int, edition: str) -> bool:
        """Say whether the figure is recent enough at an edition: a past year whole, this year's not long ago.

        Examples
        --------
        >>> Actual(9.9, "2025-02", 2, (0,)).up_to_date(2025, "2025-10")
        False
        """
        if self.months == 12:
            return True
        limit = STALE_AFTER["Q" if "Q" in self.period else "M"]
        return int(edition[:4]) == year and int(edition[5:7]) - self.months <= limit


@dataclass(frozen=True, eq=False)
class Published:
    """The observations that may answer targets: an edition's, without groups of ownership.

    Parameters
    ----------
    frame : pandas.DataFrame
        Observations with plain columns, and the month their period ends as `end`; the index is the row id.
    edition : str
        What ends after this month is not seen; empty: all is.
    """

    frame: pd.DataFrame
    edition: str = ""

    @classmethod
    def of(cls, frame: pd.DataFrame, measures: Sequence[str]) -> Published:
        """Keep the rows of some measures."""
        rows = frame[frame["measure"].isin(list(measures))]
        columns = [
            "ref_area",
            "activity",
            "ownership",
            "item",
            "measure",
            "freq",
            "time_period",
            "basis",
            "unit",
        ]
        plain = rows[columns].astype(object).fillna("").astype(str)
        plain["obs_value"] = rows["obs_value"].astype(float)
        plain["end"] = plain["time_period"].map({period: end_month(period) for period in plain["time_period"].unique()})
        return cls(plain[(plain["ownership"] == "") & plain["obs_value"].notna()])

    def until(self, edition: str) -> Published:
        """Return what was there to see at a month."""
        seen = Published(self.frame, edition)
        vars(seen).update(_places=self._places, _rows=self._rows)
        return seen

    @cached_property
    def _rows(self) -> pd.DataFrame:
        return self.frame[["activity", "freq", "time_period", "basis", "obs_value", "end"]]

    @cached_property
    def _places(self) -> dict[tuple[str, ...], np.ndarray]:
        return self.frame.groupby(["measure", "ref_area", "item", "unit"], sort=False).indices

    def series(self, measure: str, ref_area: str, activity: str | None, item: str, unit: str) -> pd.DataFrame:
        """Return one series, whatever its frequency and basis; activity None takes the only one."""
        rows = self._rows.take(self._places.get((measure, ref_area, item, unit), _NOWHERE))
        if self.edition:
            rows = rows[rows["end"] <= self.edition]
        if activity is None:
            return rows if rows["activity"].nunique() <= 1 else rows[rows["activity"].isin(["_T", "B-D"])]
        return rows[rows["activity"] == activity]


def with_levels(measures: Iterable[str]) -> list[str]:
    """Return measures and the levels that the growth rates among them need, in order.

    Examples
    --------
    >>> with_levels(["value_added_growth"])
    ['value_added', 'value_added_growth']
    """
    measures = list(measures)
    return sorted({*measures, *(measure.removesuffix(GROWTH) for measure in measures)})


def of_year(series: pd.DataFrame, year: int, flow: bool = True) -> Actual | None:
    """Find the year's figure: the whole year where it is published, else the months so far.

    Parameters
    ----------
    series : pandas.DataFrame
        Rows of one series, as `Published.series`.
    flow : bool
        Take year and year-to-date figures; False takes those of a point in time and of single months as
        well.
    """
    mine = series[series["time_period"].str.startswith(str(year))]
    annual = mine[(mine["freq"] == "A")]
    if len(annual):
        row = annual.iloc[-1]
        return Actual(row["obs_value"], row["time_period"], 12, (int(row.name),))
    basis = ["ytd"] if flow else ["ytd", "end_of_period", "cumulative"]
    running = mine[mine["basis"].isin(basis) & mine["freq"].isin(["M", "Q"])].sort_values("time_period")
    if not len(running):
        return None
    row = running.iloc[-1]
    return Actual(row["obs_value"], row["time_period"], _months(row["time_period"]), (int(row.name),))


def summed(series: Sequence[pd.DataFrame], year: int) -> Actual | None:
    """Add the levels of several divisions for the same months of a year; None where one is missing."""
    found = _aligned(series, year)
    if found is None:
        return None
    period, months, rows = found
    ids = tuple(int(row.name) for row in rows)
    return Actual(float(sum(row["obs_value"] for row in rows)), period, months, ids)


def summed_growth(levels: Sequence[pd.DataFrame], rates: Sequence[pd.DataFrame], year: int) -> Actual | None:
    """Grow the sum of several divisions on the comparable base; None where a level or a rate is missing."""
    found = _aligned([*levels, *rates], year)
    if found is None:
        return None
    period, months, rows = found
    half = len(levels)
    value = comparable_growth([row["obs_value"] for row in rows[:half]], [row["obs_value"] for row in rows[half:]])
    return Actual(value, period, months, tuple(int(row.name) for row in rows))


def _aligned(series: Sequence[pd.DataFrame], year: int) -> tuple[str, int, list[pd.Series]] | None:
    """The latest year-to-date period of a year that all series have, and their rows there."""
    running = []
    for rows in series:
        mine = rows[rows["time_period"].str.startswith(str(year)) & (rows["basis"] == "ytd") & (rows["freq"] == "M")]
        running.append({period: row for period, (_, row) in zip(mine["time_period"], mine.iterrows(), strict=True)})
    common = set.intersection(*(set(rows) for rows in running)) if running else set()
    if not common:
        return None
    period = max(common)
    return period, _months(period), [rows[period] for rows in running]


def _months(period: str) -> int:
    """Months of the year that a period of year to date covers."""
    return int(period[-1]) * 3 if "Q" in period else int(period[5:7])
