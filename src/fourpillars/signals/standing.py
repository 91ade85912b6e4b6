"""How a target stands: a rate or a level against what has been reached, and the pace still needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fourpillars.signals.actuals import GROWTH, Actual
from fourpillars.signals.rates import mean_rate, needed_rate, pace_of_rest

ABOUT_POINTS, ABOUT_SHARE = 0.5, 0.02
"""'About' is met from half a point below (rates and shares), or 2 % below (levels): a convention."""
LESS_IS_BETTER = ("urban_surveyed_unemployment", "cpi_growth", "asset_liability_ratio")
POINTS = ("pct", "pct_yoy", "pct_of_gdp", "pct_of_revenue")


@dataclass(frozen=True)
class Target:
    """One row of the targets, with its period in whole years (0: none given)."""

    target_id: str
    scope_kind: str
    scope: str
    measure: str
    item: str
    operator: str
    target_value: float
    unit: str
    period_start: int
    period_end: int
    rate_basis: str
    note: str


@dataclass(frozen=True)
class Standing:
    """How a target stands at an edition.

    `actual` is the mean so far of an average annual rate, else the year's figure so far; `distance` is
    actual less target; `pace_needed` is the growth (percent) or amount a month that the rest of the
    period needs; `final` says that the period is over and its last figure published.
    """

    state: str
    reason: str = ""
    actual: float = np.nan
    actual_period: str = ""
    distance: float = np.nan
    pace_needed: float = np.nan
    final: bool = False
    rows: tuple[int, ...] = ()


def against(target: Target, found: Mapping[int, Actual]) -> Standing:
    """Hold a target against the figures of its years so far, by year.

    Examples
    --------
    >>> target = Target("T1", "nation", "CN", "gdp_growth", "", "about", 5.0, "pct_yoy", 2025, 2025, "", "")
    >>> standing = against(target, {2025: Actual(5.2, "2025", 12, (7,))})
    >>> standing.state, round(standing.distance, 1)
    ('met', 0.2)
    """
    if target.rate_basis == "average_annual":
        return _average(target, found)
    last = found[max(found)]
    if target.measure.endswith(GROWTH):
        return _rate_of_year(target, last)
    return _level(target, last, max(found))


def _average(target: Target, found: Mapping[int, Actual]) -> Standing:
    """Hold an average annual rate against the years so far."""
    years = target.period_end - target.period_start + 1
    if set(range(target.period_start, max(found) + 1)) != set(found):
        return Standing("not_computable", "no_data")
    last = found[max(found)]
    mean = mean_rate([actual.value for actual in found.values()])
    done = [actual.value for actual in found.values() if actual.months == 12]
    final = len(done) == years
    pace = np.nan
    if not final:
        pace = needed_rate(target.target_value, done, years)
        pace = pace if last.months == 12 else pace_of_rest(pace, last.value, last.months)
    return _standing(target, mean, last.period, pace, final, sum((actual.rows for actual in found.values()), ()))


def _rate_of_year(target: Target, last: Actual) -> Standing:
    final = last.months == 12
    pace = np.nan if final else pace_of_rest(target.target_value, last.value, last.months)
    return _standing(target, last.value, last.period, pace, final, last.rows)


def _level(target: Target, last: Actual, year: int) -> Standing:
    """Hold a level against the target; a flow within its year, against the part of the year passed."""
    running = last.months < 12 and target.rate_basis == "level" and target.unit not in POINTS
    final = last.months == 12 and year == target.period_end
    pace = (target.target_value - last.value) / (12 - last.months) if running else np.nan
    ahead = last.value / (last.months / 12) if running else last.value
    standing = _standing(target, last.value, last.period, pace, final, last.rows, ahead)
    return standing


def _standing(
    target: Target,
    actual: float,
    period: str,
    pace: float,
    final: bool,
    rows: tuple[int, ...],
    ahead: float | None = None,
) -> Standing:
    good = reached(target, actual if ahead is None else ahead)
    state = ("met" if final else "on_track") if good else "behind"
    return Standing(state, "", actual, period, actual - target.target_value, pace, final, rows)


def reached(target: Target, value: float) -> bool:
    """Say whether a value meets the target.

    'equals' is met by the number or better, 'about' within the slack; better is more, save for reductions
    and the few measures of which less is better.

    Examples
    --------
    >>> target = Target("T1", "nation", "CN", "gdp_growth", "", "about", 5.0, "pct_yoy", 2026, 2026, "", "")
    >>> reached(target, 4.6), reached(target, 4.4)
    (True, False)
    """
    goal = target.target_value
    if target.operator == "at_least":
        return value >= goal
    if target.operator == "above":
        return value > goal
    if target.operator == "at_most":
        return value <= goal
    slack = ABOUT_POINTS if target.unit in POINTS else ABOUT_SHARE * abs(goal)
    slack = slack if target.operator == "about" else 0.0
    falling = target.measure in LESS_IS_BETTER or goal < 0
    return bool(value <= goal + slack if falling else value >= goal - slack)
