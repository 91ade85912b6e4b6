"""Where a displayed value comes from: an expression over observations, whatever the value is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fourpillars.editions.derived import Derived
from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.knowledge import KINDS
from fourpillars.indicators.expression import Call, Const, Explanation, Expr, Obs, evaluate, explain
from fourpillars.indicators.panel import unit_at

if TYPE_CHECKING:
    import pandas as pd

    from fourpillars.exhibits.snapshots import Snapshot

_TOLERANCE = 1e-9
UNKNOWN = Explanation(math.nan, "", ())


class Origins:
    """Explains the values of an edition.

    Parameters
    ----------
    snapshot : Snapshot
        The edition the values were shown in.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._panel, self._catalogue = snapshot.panel, snapshot.catalogue
        self._nodes: dict[tuple[str, str, str], Expr | None] = {}

    def explain(self, shown: Mapping[str, Any]) -> Explanation:
        """Explain one row of an exhibit's data.

        Each way of making a figure is tried, and only one that gives the very value counts.

        Parameters
        ----------
        shown : mapping
            indicator, ref_area, activity, time_period, value, unit.

        Returns
        -------
        Explanation
            Without formula and rows where nothing explains the value.
        """
        value = shown["value"]
        if value is None or not math.isfinite(value):
            return UNKNOWN
        for expr in self._candidates(shown):
            if expr is not None and _same(evaluate(expr, self._values), value):
                return explain(expr, value)
        for number, counted in self._derived.counts(shown):
            if _same(number, value):
                return Explanation(value, counted, ())
        return UNKNOWN

    def _candidates(self, shown: Mapping[str, Any]) -> Iterator[Expr | None]:
        for make in (self._of_indicator, self._of_measure, self._of_score):
            yield make(shown)
        yield from self._derived.candidates(shown)

    @cached_property
    def _derived(self) -> Derived:
        return Derived(self._snapshot, self._lineage, self.node)

    @cached_property
    def _values(self) -> dict[int, float]:
        return self._snapshot.observations.frame["obs_value"].to_dict()

    def _of_indicator(self, shown: Mapping[str, Any]) -> Expr | None:
        kind, unit = unit_at(shown["ref_area"], shown["activity"])
        indicator = self._catalogue.indicators.get(shown["indicator"])
        if indicator is None or kind not in indicator.kinds:
            return None
        return self._lineage(shown["indicator"], kind, unit, shown["time_period"])

    def _lineage(self, code: str, kind: str, unit: str, period: str) -> Expr | None:
        return self._panel.quantity(code, kind).lineage(period, unit)

    def _of_score(self, shown: Mapping[str, Any]) -> Expr | None:
        kind, unit = unit_at(shown["ref_area"], shown["activity"])
        scored = {OVERALL, *(pillar.code for pillar in self._catalogue.pillars), *self._catalogue.indicators}
        if kind not in KINDS or shown["indicator"] not in scored:
            return None
        result = self._snapshot.scores[kind]
        if shown["indicator"] not in result.scores.columns or unit not in result.scores.index:
            return None
        return self.node(kind, unit, shown["indicator"])

    def node(self, kind: str, unit: str, code: str) -> Expr | None:
        """Build the score of a node: the weighted mean of its members that have one."""
        if (kind, unit, code) not in self._nodes:
            self._nodes[kind, unit, code] = self._built(kind, unit, code)
        return self._nodes[kind, unit, code]

    def _built(self, kind: str, unit: str, code: str) -> Expr | None:
        result = self._snapshot.scores[kind]
        table = result.framework.table
        if code in result.framework.indicators:
            return self._normalised(table.loc[code], kind, unit, code)
        members = [
            (float(table["weight"][child]), self.node(kind, unit, child))
            for child in result.framework.children(code)
            if math.isfinite(result.scores.at[unit, child])
        ]
        known = [(weight, expr) for weight, expr in members if expr is not None]
        if not known:
            return None
        if len({weight for weight, _ in known}) == 1:
            return Call("mean", tuple(expr for _, expr in known))
        terms = tuple(Call("mul", (Const(weight), expr)) for weight, expr in known)
        return Call("div", (Call("sum", terms), Const(sum(weight for weight, _ in known))))

    def _normalised(self, node: pd.Series, kind: str, unit: str, code: str) -> Expr | None:
        """Build an indicator's score: its place between the goalposts, from 0 to 100."""
        period = str(self._snapshot.value(code, unit)["observed_period"])
        value = self._panel.quantity(code, kind).lineage(period, unit)
        if value is None:
            return None
        low, high = float(node["goalpost_low"]), float(node["goalpost_high"])
        reached = (value, Const(low)) if node["polarity"] >= 0 else (Const(high), value)
        share = Call("div", (Call("sub", reached), Const(high - low)))
        return Call("min", (Const(100.0), Call("max", (Const(0.0), Call("mul", (Const(100.0), share))))))

    def _of_measure(self, shown: Mapping[str, Any]) -> Expr | None:
        """Find a published figure shown as it is."""
        name = str(shown["indicator"])
        found = self._by_place.get((name, shown["ref_area"], shown["activity"], shown["time_period"]), ())
        return next((Obs(row) for row in found if _same(self._values[row], shown["value"])), None)

    @cached_property
    def _by_place(self) -> dict[tuple[str, str, str, str], list[int]]:
        frame = self._snapshot.observations.frame
        columns = [frame[name].astype(str) for name in ("measure", "ref_area", "activity", "time_period")]
        places: dict[tuple[str, str, str, str], list[int]] = {}
        for row, *place in zip(frame.index, *columns, strict=True):
            places.setdefault(tuple(place), []).append(row)
        return places


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
