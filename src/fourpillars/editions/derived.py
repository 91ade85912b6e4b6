"""Figures that exhibits derive from others: ranks, medians, sums, counts, and what is said of targets.

Their indicator codes are `rank:<indicator or node>`, `median:<indicator>`, `sum:<indicator>`, `count:<what>`,
`distance:structure`, and `target:`, `actual:`, `distance:` and `pace:<target>`; those about scores stand in
`derived_scores`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fourpillars.editions.derived_distances import distances
from fourpillars.editions.derived_scores import computed, of_scores
from fourpillars.editions.derived_targets import FIGURES, of_target
from fourpillars.exhibits.composite import DECIMALS
from fourpillars.exhibits.knowledge import KINDS
from fourpillars.indicators.expression import Call, Const, Expr
from fourpillars.indicators.panel import unit_at

if TYPE_CHECKING:
    import pandas as pd

    from fourpillars.exhibits.snapshots import Snapshot

Lineage = Callable[[str, str, str, str], Expr | None]
"""Indicator, kind, unit, period."""
Node = Callable[[str, str, str], Expr | None]
"""Kind, unit, node of the score."""


LEVELS = {"warn": ("warn",), "watch": ("watch",), "warned": ("warn", "watch")}


class Derived:
    """Finds the expressions that may stand behind a derived figure.

    Parameters
    ----------
    snapshot : Snapshot
    lineage, node : callable
        The expressions of an indicator's value and of a score.
    """

    def __init__(self, snapshot: Snapshot, lineage: Lineage, node: Node) -> None:
        self._snapshot, self._lineage, self._node = snapshot, lineage, node

    def candidates(self, shown: Mapping[str, Any]) -> Iterator[Expr]:
        """Yield what may have made a row's value; none where its code is no derived figure's."""
        how, _, of = str(shown["indicator"]).partition(":")
        period = str(shown["time_period"])
        kind, unit = unit_at(shown["ref_area"], shown["activity"])
        if how == "rank" and kind in KINDS:
            yield from self._rank(of, kind, unit, period)
        elif how == "median" and of in self._snapshot.catalogue.indicators:
            yield from self._medians(of, kind, unit, period)
        elif how == "sum" and of in self._snapshot.catalogue.indicators:
            yield from self._sums(of)
        elif f"{how}:{of}" == "distance:structure" and kind in KINDS:
            yield from distances(self._snapshot, self._lineage, kind, unit)
        elif how in FIGURES:
            yield from of_target(self._snapshot, how, of)
        yield from of_scores(self._snapshot, self._node, shown)

    def counts(self, shown: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
        """Yield a number of things counted, and in words what was counted, for a row of `count:<what>`."""
        how, _, rest = str(shown["indicator"]).partition(":")
        what, _, chosen = rest.partition(":")
        kind, unit = unit_at(shown["ref_area"], shown["activity"])
        if how != "count":
            yield from computed(self._snapshot, shown)
            return
        if what in LEVELS and (chosen or kind in KINDS):
            yield from self._warned_of(what, chosen.split("+") if chosen else [unit])
        elif what in LEVELS:
            yield from self._warned(what)
        elif kind in KINDS:
            own = self._current(kind)
            own = own[own["code"] == unit]
            lacking = float((own["status"] != "ok").sum())
            yield {"lacking": lacking, "indicators": float(len(own))}.get(what, math.nan), f"number of {what}"

    def _active(self, level: str) -> pd.DataFrame:
        from fourpillars.exhibits.alerts import active

        found = active(self._snapshot)
        return found[found["level"].isin(LEVELS[level])]

    def _warned_of(self, level: str, units: list[str]) -> Iterator[tuple[float, str]]:
        found = self._active(level)
        levels = " or ".join(LEVELS[level])
        yield (
            float(found["code"].isin(units).sum()),
            f"number of indicators of {', '.join(units)} at level {levels}",
        )

    def _warned(self, level: str) -> Iterator[tuple[float, str]]:
        found, levels = self._active(level), " or ".join(LEVELS[level])
        yield float(len(found)), f"number of indicators and units at level {levels}"
        pillars = found["indicator"].map(lambda code: self._snapshot.catalogue.indicators[code].pillar)
        for pillar in self._snapshot.catalogue.pillars:
            own = float((pillars == pillar.code).sum())
            yield own, f"number of indicators and units of {pillar.code} at level {levels}"

    def _current(self, kind: str) -> pd.DataFrame:
        from fourpillars.exhibits.rows import of_kind

        return of_kind(self._snapshot, kind)

    def _same_period(self, code: str, kind: str, period: str) -> dict[str, Expr]:
        """Return the expressions of all units whose current figure is of a period."""
        rows = self._current(kind)
        rows = rows[(rows["indicator"] == code) & (rows["status"] == "ok") & (rows["observed_period"] == period)]
        found = {unit: self._lineage(code, kind, unit, period) for unit in rows["code"]}
        return {unit: expr for unit, expr in found.items() if expr is not None}

    def _rank(self, of: str, kind: str, unit: str, period: str) -> Iterator[Expr]:
        """Rank a unit's figure, or its score, rounded as published; ties take the better rank."""
        indicator, scores = self._snapshot.catalogue.indicators.get(of), self._snapshot.scores[kind].scores
        if indicator is not None:
            found, decimals = self._same_period(of, kind, period), indicator.decimals
            name = "rank" if indicator.polarity >= 0 else "rank_least_first"
        elif of in scores.columns:
            known = scores[of].dropna().index
            found = {code: expr for code in known if (expr := self._node(kind, code, of)) is not None}
            decimals, name = DECIMALS, "rank"
        else:
            return
        if unit in found:
            printed = {code: Call("round", (expr, Const(float(decimals)))) for code, expr in found.items()}
            yield Call(name, (printed.pop(unit), *printed.values()))

    def _medians(self, code: str, kind: str, unit: str, period: str) -> Iterator[Expr]:
        """Take the median of all units of the period, or of the unit's own same quarters before."""
        for group in KINDS:
            if group in self._snapshot.catalogue.indicators[code].kinds:
                found = self._same_period(code, group, period)
                if found:
                    yield Call("median", tuple(found.values()))
        if "-Q" in period and kind in self._snapshot.catalogue.indicators[code].kinds:
            values = self._snapshot.panel.history(code, kind)[unit].dropna()
            before = [str(quarter) for quarter in values.index]
            before = [f"{q[:4]}-{q[4:]}" for q in before if f"{q[:4]}-{q[4:]}" < period and q[-1] == period[-1]]
            found = [expr for quarter in before if (expr := self._lineage(code, kind, unit, quarter)) is not None]
            if found:
                yield Call("median", tuple(found))

    def _sums(self, code: str) -> Iterator[Expr]:
        """Add up the units between the two ends of a ranking that are drawn one by one."""
        from fourpillars.exhibits.contributions import EACH_END

        rows = self._current("industry")
        rows = rows[(rows["indicator"] == code) & (rows["status"] == "ok")]
        rows = rows.sort_values(["value", "code"], ascending=[False, True])[EACH_END:-EACH_END]
        found = [
            self._lineage(code, "industry", row["code"], row["observed_period"]) for row in rows.to_dict("records")
        ]
        if found and all(expr is not None for expr in found):
            yield Call("sum", tuple(found))
