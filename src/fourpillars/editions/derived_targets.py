"""What is said of a target: the number asked for, what has been reached, the distance, and the pace needed.

The same arithmetic as `fourpillars.signals` uses, as expressions over the published figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fourpillars.catalogue.periods import end_month
from fourpillars.indicators.expression import Call, Const, Expr, Obs

if TYPE_CHECKING:
    import pandas as pd

    from fourpillars.exhibits.snapshots import Snapshot

FIGURES = ("target", "actual", "distance", "pace")


def of_target(snapshot: Snapshot, figure: str, target: str) -> Iterator[Expr]:
    """Yield what may have made one of a target's figures.

    Parameters
    ----------
    figure : {'target', 'actual', 'distance', 'pace'}
    target : str
        Its id; nothing is yielded for one that is unknown.
    """
    targets = snapshot.targets
    for row in targets[targets["target_id"] == target].to_dict("records"):
        years = _years(row, snapshot.observations.frame["time_period"])
        if figure == "target":
            yield Const(float(row["target_value"]))
        elif years:
            yield from _reckoned(figure, row, years)


def _reckoned(figure: str, row: dict[str, Any], years: list[tuple[Expr, int]]) -> Iterator[Expr]:
    goal, (last, months) = Const(float(row["target_value"])), years[-1]
    average = row["rate_basis"] == "average_annual"
    actual = _mean_rate([expr for expr, _ in years]) if average and len(years) > 1 else last
    if figure == "actual":
        yield actual
    elif figure == "distance":
        yield Call("sub", (actual, goal))
    elif average:
        span = int(row["period_end"]) - int(row["period_start"]) + 1
        done = [expr for expr, covered in years if covered == 12]
        if len(done) < span:
            pace = _needed_rate(goal, done, span)
            yield pace if months == 12 else _rest(pace, last, months)
    elif months < 12:
        yield _rest(goal, last, months)
        yield Call("div", (Call("sub", (goal, last)), Const(12.0 - months)))


def _years(row: dict[str, Any], periods: pd.Series) -> list[tuple[Expr, int]]:
    """Return what was reached year by year, with the months of the year it covers."""
    together: dict[str, list[int]] = {}
    for observation in row["rows"]:
        together.setdefault(str(periods.at[observation])[:4], []).append(observation)
    return [
        (_reached(rows, row["measure"]), int(end_month(str(periods.at[rows[0]]))[5:7])) for rows in together.values()
    ]


def _reached(rows: list[int], measure: str) -> Expr:
    """Return a year's figure: published, a sum of levels, or the growth of a sum on the comparable base."""
    if len(rows) == 1:
        return Obs(rows[0])
    if not measure.endswith("_growth"):
        return Call("sum", tuple(Obs(row) for row in rows))
    half = len(rows) // 2
    levels, rates = [Obs(row) for row in rows[:half]], [Obs(row) for row in rows[half:]]
    bases = tuple(Call("div", (level, _factor(rate))) for level, rate in zip(levels, rates, strict=True))
    return _percent(Call("div", (Call("sum", tuple(levels)), Call("sum", bases))))


def _factor(rate: Expr) -> Expr:
    return Call("add", (Const(1.0), Call("div", (rate, Const(100.0)))))


def _percent(factor: Expr) -> Expr:
    return Call("mul", (Const(100.0), Call("sub", (factor, Const(1.0)))))


def _product(rates: list[Expr]) -> Expr:
    product: Expr = Const(1.0)
    for rate in rates:
        product = Call("mul", (product, _factor(rate)))
    return product


def _mean_rate(rates: list[Expr]) -> Expr:
    return _percent(Call("power", (_product(rates), Const(1.0 / len(rates)))))


def _needed_rate(goal: Expr, done: list[Expr], years: int) -> Expr:
    whole = Call("power", (_factor(goal), Const(float(years))))
    left = Call("div", (whole, _product(done)))
    return _percent(Call("power", (left, Const(1.0 / (years - len(done))))))


def _rest(goal: Expr, so_far: Expr, months: int) -> Expr:
    """Return the rate that the rest of a year needs."""
    needed = Call("sub", (Call("mul", (Const(12.0), goal)), Call("mul", (Const(float(months)), so_far))))
    return Call("div", (needed, Const(12.0 - months)))
