"""How far two units are from each other in structure, as `fourpillars.indicators.peers` measures it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from fourpillars.indicators.expression import Call, Const, Expr, Obs
from fourpillars.indicators.peers import COVERAGE, DIMENSIONS, Dimension

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

Lineage = Callable[[str, str, str, str], Expr | None]
"""Indicator, kind, unit, period."""


def distances(snapshot: Snapshot, lineage: Lineage, kind: str, peer: str) -> Iterator[Expr]:
    """Yield the distance of a unit from each other one: the row of a peer does not say whose it is."""
    units = snapshot.catalogue.units_of(kind)
    shape = [
        sides
        for dimension in DIMENSIONS[kind]
        if len(sides := _sides(snapshot, lineage, kind, dimension, units)) >= COVERAGE * len(units)
    ]
    for own in units:
        known = [sides for sides in shape if own in sides]
        if own != peer and known and all(peer in sides for sides in known):
            squares = tuple(_square(sides, own, peer) for sides in known)
            yield Call("power", (Call("mean", squares), Const(0.5)))


def _square(sides: dict[str, Expr], own: str, peer: str) -> Expr:
    """Return the square of the difference of two units, in standard deviations of all units."""
    difference = Call("sub", (sides[peer], sides[own]))
    return Call("power", (Call("div", (difference, Call("sd_of_all", tuple(sides.values())))), Const(2.0)))


def _sides(snapshot: Snapshot, lineage: Lineage, kind: str, dimension: Dimension, units: list[str]) -> dict[str, Expr]:
    """Return what makes one dimension of each unit that has it; logarithms only of values above zero."""
    found = (
        _published(snapshot, kind, dimension.code)
        if dimension.measure
        else _current(snapshot, lineage, kind, dimension.code)
    )
    kept = {unit: found[unit] for unit in units if unit in found}
    if not dimension.log:
        return {unit: expr for unit, (expr, _) in kept.items()}
    return {unit: Call("log", (expr,)) for unit, (expr, value) in kept.items() if value > 0}


def _current(snapshot: Snapshot, lineage: Lineage, kind: str, code: str) -> dict[str, tuple[Expr, float]]:
    from fourpillars.exhibits.rows import of_kind

    rows = of_kind(snapshot, kind, [code])
    rows = rows[rows["status"] == "ok"]
    found = {
        row["code"]: (lineage(code, kind, row["code"], row["observed_period"]), row["value"])
        for row in rows.to_dict("records")
    }
    return {unit: (expr, value) for unit, (expr, value) in found.items() if expr is not None}


def _published(snapshot: Snapshot, kind: str, measure: str) -> dict[str, tuple[Expr, float]]:
    """Return a yearly measure of the latest year that most units have."""
    wide = snapshot.observations.wide(measure, freq="A", basis="year", kind=kind)
    common = wide.values[wide.values.notna().mean(axis=1) >= COVERAGE]
    if common.empty:
        return {}
    year, rows = common.iloc[-1].dropna(), wide.rows.loc[common.index[-1]]
    return {unit: (Obs(int(rows[unit])), float(value)) for unit, value in year.items()}
