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

from fourpillars.indicators.arithmetic import Arithmetic
from fourpillars.indicators.expression import OPERATIONS, Call, Explanation, Expr, Obs, explain
from fourpillars.indicators.reasons import flags, joint, noted
from fourpillars.indicators.windows import ending, summarised, whole_range

Lineage = Callable[[pd.Period, str], Expr | None]


class WideObservations(Protocol):
    """What a quantity is read from: published values, and the row id of each (-1 where there is none)."""

    values: pd.DataFrame
    rows: pd.DataFrame
    unit: str


@dataclass(frozen=True, eq=False)
class Quantity(Arithmetic):
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
            index = whole_range(index, part.values.index)
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
        return None if np.isnan(self.at(period, entity)) else self.expr(period, entity)

    def explain(self, period: pd.Period | str, entity: str) -> Explanation:
        """Say how one cell was made; value NaN, formula '' and no rows where it is missing."""
        if isinstance(period, str):
            period = self._period(period)
        expr = self.lineage(period, entity)
        return Explanation(float("nan"), "", ()) if expr is None else explain(expr, self.at(period, entity))

    @cached_property
    def _places(self) -> tuple[np.ndarray, int, dict[str, int]]:
        first = self.values.index[0].ordinal if len(self.values) else 0
        columns = {code: place for place, code in enumerate(self.values.columns)}
        return self.values.to_numpy(float), first, columns

    def at(self, period: pd.Period, entity: str) -> float:
        """Look one value up; NaN where it is missing or outside the frame."""
        cells, first, columns = self._places
        row, column = period.ordinal - first, columns.get(entity, -1)
        return float(cells[row, column]) if 0 <= row < len(cells) and column >= 0 else float("nan")

    def _period(self, text: str) -> pd.Period:
        """Read a period as the data write it: 2026-08, 2026-Q2, 2025."""
        return pd.Period(text.replace("-Q", "Q"), freq=self.values.index.freq)

    # --- cell by cell ---------------------------------------------------------------------------------------

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
        return replace(self, reasons=noted(self.reasons, reason, where, self.values))

    def otherwise(self, other: Quantity) -> Quantity:
        """Take the other quantity's cell where this one has none (published series that continue each
        other)."""
        mine, others = self.spanning(other).values, other.spanning(self).values
        values = mine.where(mine.notna(), others.reindex_like(mine)).astype(float)
        reasons = joint(self.reasons, other.reasons, values)
        return Quantity(values, lambda p, e: self.lineage(p, e) or other.lineage(p, e), self.unit, reasons)

    def spanning(self, other: Quantity) -> Quantity:
        """Lay the same cells out over the periods and units of another quantity too."""
        index = whole_range(self.values.index, other.values.index)
        columns = self.values.columns.union(other.values.columns, sort=False)
        return Quantity(self.values.reindex(index=index, columns=columns), self.expr, self.unit)

    def only_months(self, months: Iterable[int]) -> Quantity:
        """Keep the cells of these calendar months (1 … 12)."""
        kept = np.isin(self.values.index.month, list(months))
        return replace(self, values=self.values.mask(np.broadcast_to(~kept[:, None], self.values.shape)))

    def where(self, kept: pd.DataFrame) -> Quantity:
        """Keep the cells where the boolean frame is true."""
        return replace(self, values=self.values.where(flags(kept, self.values)))

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
        windows = ending(cells, periods)
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
