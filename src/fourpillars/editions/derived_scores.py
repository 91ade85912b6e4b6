"""Figures about scores: points and weights of indicators, intervals of ranks, robustness, back-tests.

Points and their change follow from observations by formula. Intervals, robustness and back-tests come of a
thousand indices or a hundred months at once; they are made again, and what made them is said in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fourpillars.exhibits.composite import OVERALL
from fourpillars.exhibits.knowledge import KINDS
from fourpillars.indicators.expression import Call, Const, Expr
from fourpillars.indicators.panel import unit_at

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

Node = Callable[[str, str, str], Expr | None]
"""Kind, unit, node of the score."""
CYCLE = {"cycle": "x", "cycle_change": "y"}
ENDS = {"low": "5th", "high": "95th"}


def of_scores(snapshot: Snapshot, node: Node, shown: Mapping[str, Any]) -> Iterator[Expr]:
    """Yield the expression of `score:`, `points:`, `change:` and `scored:<indicator>` of a unit."""
    what, _, code = str(shown["indicator"]).partition(":")
    kind, unit = unit_at(shown["ref_area"], shown["activity"])
    if kind not in KINDS or unit not in snapshot.scores[kind].scores.index:
        return
    if code != OVERALL and code not in snapshot.scores[kind].framework.indicators:
        return
    if what == "score":
        yield from _some(node(kind, unit, code))
    elif what == "points":
        yield from _some(_points(snapshot, node, kind, unit, code))
    elif what == "change":
        yield from _change(snapshot, node, kind, unit, code)
    elif what == "scored":
        scores = snapshot.scores[kind].scores[code].dropna()
        found = {one: expr for one in scores.index if (expr := node(kind, one, code)) is not None}
        if unit in found:
            yield Call("rank", (found.pop(unit), *found.values()))


def computed(snapshot: Snapshot, shown: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    """Yield a figure that is made of many indices or months at once, and what made it."""
    what, _, rest = str(shown["indicator"]).partition(":")
    kind, unit = unit_at(shown["ref_area"], shown["activity"])
    if what in ENDS and kind in KINDS:
        yield from _end(snapshot, what, kind, rest, unit)
    elif what == "weight" and kind in KINDS:
        yield from _weight(snapshot, kind, unit, rest)
    elif what in CYCLE:
        yield from _cycle(snapshot, what, rest, unit)
    elif what.startswith("backtest_"):
        yield from _backtest(snapshot, what.removeprefix("backtest_"), *rest.partition(":")[::2])
    else:
        yield from _robustness(snapshot, what, *rest.partition(":")[::2])


def _backtest(snapshot: Snapshot, column: str, kind: str, code: str) -> Iterator[tuple[float, str]]:
    from fourpillars.exhibits.backtests import shares

    if kind == "target":
        found = snapshot.known.targets_backtest.set_index("target_id")
    else:
        found = shares(snapshot.known.backtests)
        found = found[found["kind"] == kind].set_index("indicator")
    if code in found.index and column in found.columns:
        yield float(found.at[code, column]), f"back-test of {code} ({kind}) since 2018, {column}"


def _cycle(snapshot: Snapshot, what: str, code: str, unit: str) -> Iterator[tuple[float, str]]:
    from fourpillars.exhibits.cycle import FOLLOWED, positions

    known = positions(snapshot.known)
    for row in known[(known["code"] == unit) & (code == FOLLOWED)].to_dict("records"):
        yield float(row[CYCLE[what]]), f"{code} of {unit}, two Hodrick–Prescott filters, standard deviations"


def _end(snapshot: Snapshot, what: str, kind: str, node: str, unit: str) -> Iterator[tuple[float, str]]:
    from fourpillars.exhibits.intervals import REPLICATIONS, ends_of

    ends = ends_of(snapshot, kind, node, unit)
    if ends is not None:
        rank = ends[list(ENDS).index(what)]
        yield float(rank), f"{ENDS[what]} percentile of the ranks on {node} in {REPLICATIONS:,} indices"


def _robustness(snapshot: Snapshot, what: str, kind: str, code: str) -> Iterator[tuple[float, str]]:
    from fourpillars.exhibits.robustness_figures import WORDS, figures

    if what in WORDS and (what, kind, code) in (found := figures(snapshot.known)):
        yield found[what, kind, code], f"{WORDS[what]}: {code}, {kind}"


def _weight(snapshot: Snapshot, kind: str, unit: str, code: str) -> Iterator[tuple[float, str]]:
    from fourpillars.exhibits.scored import weight_of

    result = snapshot.scores[kind]
    if code in result.framework.indicators and unit in result.scores.index:
        yield 100 * weight_of(snapshot, kind, unit, code), f"weight of {code} in the overall score, per cent"


def _points(snapshot: Snapshot, node: Node, kind: str, unit: str, code: str) -> Expr | None:
    from fourpillars.exhibits.scored import weight_of

    score = node(kind, unit, code)
    if score is None or code == OVERALL:
        return score
    return Call("mul", (Const(weight_of(snapshot, kind, unit, code)), score))


def _change(snapshot: Snapshot, node: Node, kind: str, unit: str, code: str) -> Iterator[Expr]:
    """Take the points of the edition before from those of this one."""
    from fourpillars.editions.origins import Origins

    earlier = snapshot.before
    if code != OVERALL and code not in earlier.scores[kind].framework.indicators:
        return
    now = _points(snapshot, node, kind, unit, code)
    then = _points(earlier, Origins(earlier).node, kind, unit, code)
    if now is not None and then is not None:
        yield Call("sub", (now, then))


def _some(expr: Expr | None) -> Iterator[Expr]:
    if expr is not None:
        yield expr
