"""A wide frame that knows where each of its cells came from.

Rows are periods without gaps, columns are units (divisions, provinces, or ``CN``). Arithmetic on quantities
is arithmetic on the whole frames; beside it each quantity keeps a function that builds, on demand, the
expression tree of one cell. Nothing is filled: a cell whose ingredients are missing is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from fourpillars.indicators.expression import OPERATIONS, Call, Const, Explanation, Expr, Obs, explain
from fourpillars.indicators.windows import summarised

Lineage = Callable[[pd.Period, str], Expr | None]

_ON_ARRAYS = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide}


class WideObservations(Protocol):
    """What a quantity is read from: published values, and the row id of each (-1 where there is none)."""

    values: pd.DataFrame
    rows: pd.DataFrame
    unit: str


@dataclass(frozen=True, eq=False)
class Quantity:
    """Values by period and unit, with the lineage of each cell.

    Attributes
    ----------
    values : DataFrame
        Floats; index a gap-free PeriodIndex, columns entity codes.
    expr : callable
        ``(period, entity) -> Expr``; None where the cell is missing.
    unit : str
        Code of the unit.
    reasons : DataFrame, optional
        Same shape: why a cell is missing where more is known than that it is ('loss_base', 'too_short',
        'not_defined'), else ''.

    Examples
    --------
    >>> index = pd.period_range("2026-02", "2026-03", freq="M")
    >>> class Wide:
    ...     values = pd.DataFrame({"C31": [50.0, 80.0]}, index=index)
    ...     rows = pd.DataFrame({"C31": [11, 12]}, index=index)
    ...     unit = "cny_100m"
    >>> revenue = Quantity.of(Wide)
    >>> change = revenue - revenue.lag(1)
    >>> change.explain("2026-03", "C31")
    Explanation(value=30.0, formula='o1 − o2', rows=(12, 11))
    """

    values: pd.DataFrame
    expr: Lineage
    unit: str
    reasons: pd.DataFrame | None = None

    @classmethod
    def of(cls, wide: WideObservations) -> Quantity:
        """Start from published values."""
        rows = wide.rows.to_numpy()
        first = wide.rows.index[0].ordinal if len(wide.rows) else 0
        columns = {entity: place for place, entity in enumerate(wide.rows.columns)}
        return cls(wide.values, lambda p, e: Obs(int(rows[p.ordinal - first, columns[e]])), wide.unit)

    @classmethod
    def beside(cls, parts: Mapping[str, Quantity]) -> Quantity:
        """Put national quantities side by side, each its own column."""
        index = next(iter(parts.values())).values.index
        for part in parts.values():
            index = _whole_range(index, part.values.index)
        values = pd.DataFrame({name: part.values.iloc[:, 0].reindex(index) for name, part in parts.items()}, index)
        first = next(iter(parts.values()))
        return cls(values, lambda p, e: parts[e].expr(p, parts[e].values.columns[0]), first.unit)

    @property
    def freq(self) -> str:
        """Return 'M', 'Q' or 'A'."""
        return {"M": "M", "Q": "Q", "Y": "A", "A": "A"}[self.values.index.freqstr[0]]

    @property
    def empty(self) -> bool:
        """Say whether there is no value at all."""
        return not self.values.notna().to_numpy().any()

    def lineage(self, period: pd.Period | str, entity: str) -> Expr | None:
        """Build the expression of one cell; None where it is missing or outside the frame."""
        if isinstance(period, str):
            period = self._period(period)
        return None if np.isnan(self._cell(period, entity)) else self.expr(period, entity)

    def explain(self, period: pd.Period | str, entity: str) -> Explanation:
        """Say how one cell was made; value NaN, formula '' and no rows where it is missing."""
        if isinstance(period, str):
            period = self._period(period)
        expr = self.lineage(period, entity)
        return Explanation(float("nan"), "", ()) if expr is None else explain(expr, self._cell(period, entity))

    @cached_property
    def _places(self) -> tuple[np.ndarray, int, dict[str, int]]:
        first = self.values.index[0].ordinal if len(self.values) else 0
        return (
            self.values.to_numpy(float),
            first,
            {code: place for place, code in enumerate(self.values.columns)},
        )

    def _cell(self, period: pd.Period, entity: str) -> float:
        """Look one value up; NaN outside the frame."""
        cells, first, columns = self._places
        row, column = period.ordinal - first, columns.get(entity, -1)
        return float(cells[row, column]) if 0 <= row < len(cells) and column >= 0 else float("nan")

    def _period(self, text: str) -> pd.Period:
        """Read a period as the data write it: 2026-08, 2026-Q2, 2025."""
        return pd.Period(text.replace("-Q", "Q"), freq=self.values.index.freq)

    # --- cell by cell ---------------------------------------------------------------------------------------

    def __add__(self, other: Quantity | float) -> Quantity:
        return _combined("add", self, other)

    def __sub__(self, other: Quantity | float) -> Quantity:
        return _combined("sub", self, other)

    def __mul__(self, other: Quantity | float) -> Quantity:
        return _combined("mul", self, other)

    def __truediv__(self, other: Quantity | float) -> Quantity:
        return _combined("div", self, other)

    def __radd__(self, other: float) -> Quantity:
        return _combined("add", other, self)

    def __rsub__(self, other: float) -> Quantity:
        return _combined("sub", other, self)

    def __rmul__(self, other: float) -> Quantity:
        return _combined("mul", other, self)

    def __rtruediv__(self, other: float) -> Quantity:
        return _combined("div", other, self)

    def map(self, name: str) -> Quantity:
        """Apply an operation of `OPERATIONS` to each value ('positive', 'negative')."""
        operation = OPERATIONS[name]
        values = self.values.map(lambda value: operation(value) if value == value else np.nan)
        return replace(self, values=values, expr=lambda p, e: Call(name, (self.expr(p, e),)))

    def with_unit(self, unit: str) -> Quantity:
        """Name the unit the arithmetic has led to."""
        return replace(self, unit=unit)

    def with_reason(self, reason: str, where: pd.DataFrame) -> Quantity:
        """Note why cells are missing: `reason` wherever the boolean frame `where` is true and the cell
        empty."""
        where = _flags(where, self.values) & self.values.isna()
        reasons = _reasons(self)
        return replace(self, reasons=reasons.mask(where & (reasons == ""), reason))

    def otherwise(self, other: Quantity) -> Quantity:
        """Take the other quantity's cell where this one has none (published series that continue each
        other)."""
        mine, others = self.spanning(other).values, other.spanning(self).values
        values = mine.where(mine.notna(), others.reindex_like(mine)).astype(float)
        reasons = _joint_reasons(self, other, values)
        return Quantity(values, lambda p, e: self.lineage(p, e) or other.lineage(p, e), self.unit, reasons)

    def spanning(self, other: Quantity) -> Quantity:
        """Lay the same cells out over the periods and units of another quantity too."""
        index = _whole_range(self.values.index, other.values.index)
        columns = self.values.columns.union(other.values.columns, sort=False)
        return Quantity(self.values.reindex(index=index, columns=columns), self.expr, self.unit)

    def only_months(self, months: Iterable[int]) -> Quantity:
        """Keep the cells of these calendar months (1 … 12)."""
        kept = np.isin(self.values.index.month, list(months))
        return replace(self, values=self.values.mask(np.broadcast_to(~kept[:, None], self.values.shape)))

    def where(self, kept: pd.DataFrame) -> Quantity:
        """Keep the cells where the boolean frame is true."""
        return replace(self, values=self.values.where(_flags(kept, self.values)))

    # --- over time ------------------------------------------------------------------------------------------

    def lag(self, periods: int) -> Quantity:
        """Put at each period what stood `periods` earlier."""
        reasons = None if self.reasons is None else self.reasons.shift(periods, fill_value="")
        return Quantity(self.values.shift(periods), lambda p, e: self.expr(p - periods, e), self.unit, reasons)

    def rolling(self, periods: int, how: str, *, least: int | None = None, at_gaps: bool = False) -> Quantity:
        """Summarise the last `periods` periods, this one included.

        Parameters
        ----------
        periods : int
            Length of the window in calendar periods.
        how : str
            An operation of `OPERATIONS` on windows: 'mean', 'sd', 'share_positive', 'downturn_depth', …
        least : int, optional
            How many values the window must hold; default all. Fewer: missing, reason 'too_short'.
        at_gaps : bool
            Also where the window's last period has no value itself; else a series that has ended stays ended.
        """
        least = periods if least is None else least
        cells = self.values.to_numpy(float)
        before = np.full((periods, cells.shape[1]), np.nan)
        windows = sliding_window_view(np.vstack([before, cells]), periods, axis=0)[1:]
        held = np.isfinite(windows).sum(axis=-1)
        due = (held > 0) if at_gaps else np.isfinite(cells)
        summary = np.where(due & (held >= least), summarised(windows, how), np.nan)
        values = pd.DataFrame(summary, index=self.values.index, columns=self.values.columns)

        def lineage(period: pd.Period, entity: str) -> Expr:
            window = (self.lineage(period - back, entity) for back in range(periods - 1, -1, -1))
            return Call(how, tuple(expr for expr in window if expr is not None))

        short = pd.DataFrame(due & (held < least), index=values.index, columns=values.columns)
        return Quantity(values, lineage, self.unit, self.reasons).with_reason("too_short", short)

    def at_ends(self, freq: str) -> Quantity:
        """Keep the months that end a quarter ('Q') or a year ('A'), as periods of that frequency."""
        target = {"Q": "Q-DEC", "A": "Y-DEC"}[freq]
        ends = self.values.index.asfreq(target)
        whole = pd.period_range(ends[0], ends[-1], freq=target) if len(ends) else ends
        values = self.values.reindex(whole.asfreq("M", how="end")).set_axis(whole)
        return Quantity(values, lambda p, e: self.expr(p.asfreq("M", how="end"), e), self.unit)

    # --- over units -----------------------------------------------------------------------------------------

    def across(self, how: str, entities: Sequence[str], *, least: int | None = None) -> Quantity:
        """Summarise over units into the one column ``CN``.

        Parameters
        ----------
        how : str
            An operation of `OPERATIONS`: 'sum', 'median', 'share_positive', …
        entities : sequence of str
            The units meant.
        least : int, optional
            How many of them must have a value; default all.
        """
        least = len(entities) if least is None else least
        cells = self.values.reindex(columns=list(entities)).to_numpy(float)
        enough = np.isfinite(cells).sum(axis=1) >= max(least, 1)
        values = pd.DataFrame({"CN": np.where(enough, summarised(cells, how), np.nan)}, index=self.values.index)

        def lineage(period: pd.Period, entity: str) -> Expr:
            parts = (self.lineage(period, unit) for unit in entities)
            return Call(how, tuple(expr for expr in parts if expr is not None))

        return Quantity(values, lineage, self.unit)

    def broadcast(self, entities: Iterable[str]) -> Quantity:
        """Repeat the one column of a national quantity for every unit."""
        entities = list(entities)
        if self.values.empty:
            return self.of_units(entities)
        source = self.values.columns[0]
        values = pd.DataFrame(dict.fromkeys(entities, self.values[source]), index=self.values.index)
        return Quantity(values, lambda p, e: self.expr(p, source), self.unit)

    def of_units(self, entities: Iterable[str]) -> Quantity:
        """Keep these units, in this order; columns of missing values where there is none."""
        entities = list(entities)
        reasons = None if self.reasons is None else self.reasons.reindex(columns=entities, fill_value="")
        return replace(self, values=self.values.reindex(columns=entities).astype(float), reasons=reasons)


def _combined(name: str, left: Quantity | float, right: Quantity | float) -> Quantity:
    """Apply an arithmetic operation to two quantities of one frequency, or a quantity and a number."""
    if not isinstance(left, Quantity):
        values, unit = _computed(name, float(left), right.values), right.unit
        number = Const(float(left))
        return _with_undefined(
            Quantity(values, lambda p, e: Call(name, (number, right.expr(p, e))), unit, right.reasons)
        )
    if not isinstance(right, Quantity):
        values, number = _computed(name, left.values, float(right)), Const(float(right))
        return _with_undefined(
            Quantity(values, lambda p, e: Call(name, (left.expr(p, e), number)), left.unit, left.reasons)
        )
    if left.freq != right.freq:
        raise ValueError(f"Quantities of frequency {left.freq} and {right.freq} do not combine; see at_ends.")
    index = left.values.index.intersection(right.values.index)
    columns = [column for column in left.values.columns if column in right.values.columns]
    values = _computed(
        name,
        left.values.reindex(index=index, columns=columns),
        right.values.reindex(index=index, columns=columns),
    )
    return _with_undefined(
        Quantity(
            values,
            lambda p, e: Call(name, (left.expr(p, e), right.expr(p, e))),
            left.unit,
            _joint_reasons(left, right, values),
        )
    )


def _computed(name: str, left: pd.DataFrame | float, right: pd.DataFrame | float) -> pd.DataFrame:
    with np.errstate(divide="ignore", invalid="ignore"):
        return _ON_ARRAYS[name](left, right)


def _with_undefined(result: Quantity) -> Quantity:
    """A division by zero is a missing value with its reason, not an infinite one."""
    undefined = pd.DataFrame(
        np.isinf(result.values.to_numpy(float)), index=result.values.index, columns=result.values.columns
    )
    if not undefined.to_numpy().any():
        return result
    return replace(result, values=result.values.mask(undefined)).with_reason("not_defined", undefined)


def _flags(flags: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Lay boolean flags over a frame; false where they say nothing."""
    return flags.reindex(index=like.index, columns=like.columns, fill_value=False).astype(bool)


def _reasons(quantity: Quantity) -> pd.DataFrame:
    if quantity.reasons is not None:
        return quantity.reasons
    return pd.DataFrame("", index=quantity.values.index, columns=quantity.values.columns, dtype=object)


def _joint_reasons(left: Quantity, right: Quantity, values: pd.DataFrame) -> pd.DataFrame | None:
    if left.reasons is None and right.reasons is None:
        return None
    first = _reasons(left).reindex(index=values.index, columns=values.columns, fill_value="")
    second = _reasons(right).reindex(index=values.index, columns=values.columns, fill_value="")
    return first.where(first != "", second).where(values.isna(), "")


def _whole_range(left: pd.PeriodIndex, right: pd.PeriodIndex) -> pd.PeriodIndex:
    parts = [index for index in (left, right) if len(index)]
    if not parts:
        return left
    return pd.period_range(min(i[0] for i in parts), max(i[-1] for i in parts), freq=parts[0].freq)
