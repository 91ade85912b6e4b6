"""Where a figure comes from: the small tree of operations over observations that makes it.

The tree is built only when somebody asks. It can be read (`formula`) and computed again (`evaluate`) with
plain Python arithmetic, independently of the frames that made the figure.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Obs:
    """A published figure: the row id of an observation."""

    row: int


@dataclass(frozen=True)
class Const:
    """A number of the method itself."""

    value: float


@dataclass(frozen=True)
class Call:
    """An operation, by its name in `OPERATIONS`, on expressions."""

    name: str
    args: tuple[Expr, ...]


Expr = Obs | Const | Call


@dataclass(frozen=True)
class Explanation:
    """A value, the formula that makes it of `o1`, `o2`, …, and the row ids of these observations in that
    order."""

    value: float
    formula: str
    rows: tuple[int, ...]


def _share(count: int, values: Sequence[float]) -> float:
    return 100.0 * count / len(values)


def _share_positive(*values: float) -> float:
    """Per cent of the values above zero."""
    return _share(sum(value > 0 for value in values), values)


def _share_negative(*values: float) -> float:
    """Per cent of the values below zero."""
    return _share(sum(value < 0 for value in values), values)


def _run_negative(*values: float) -> float:
    """How many of the last values in a row are below zero."""
    run = 0
    while run < len(values) and values[-1 - run] < 0:
        run += 1
    return float(run)


def _last_downturn(values: Sequence[float]) -> Sequence[float]:
    """The last unbroken run of values below zero."""
    end = len(values)
    while end and values[end - 1] >= 0:
        end -= 1
    return values[end - int(_run_negative(*values[:end])) : end]


def _downturn_length(*values: float) -> float:
    """How many values the last run below zero has; 0 where there was none."""
    return float(len(_last_downturn(values)))


def _downturn_depth(*values: float) -> float:
    """The lowest value of the last run below zero; 0 where there was none."""
    return min(_last_downturn(values), default=0.0)


def _count_to_share(share: float, *parts: float) -> float:
    """How many of the largest parts it takes to make `share` or more of them."""
    largest = sorted(parts, reverse=True)
    return float(sum(math.fsum(largest[:before]) < share for before in range(len(largest))))


def _sd(*values: float) -> float:
    """Sample standard deviation (n - 1)."""
    return statistics.stdev(values)


def _sd_of_all(*values: float) -> float:
    """Standard deviation of a whole population (n)."""
    return statistics.pstdev(values)


def _rounded(value: float, decimals: float) -> float:
    """As tables are printed: halves away from zero."""
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)


def _rank(own: float, *others: float) -> float:
    """One more than there are larger values: 1 is the largest, ties take the better rank."""
    return 1.0 + sum(other > own for other in others)


def _rank_least_first(own: float, *others: float) -> float:
    """One more than there are smaller values."""
    return 1.0 + sum(other < own for other in others)


OPERATIONS: Mapping[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b if b else math.nan,
    "sum": lambda *values: math.fsum(values),
    "mean": lambda *values: math.fsum(values) / len(values),
    "median": lambda *values: statistics.median(values),
    "sd": _sd,
    "sd_of_all": _sd_of_all,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "positive": lambda value: float(value > 0),
    "negative": lambda value: float(value < 0),
    "share_positive": _share_positive,
    "share_negative": _share_negative,
    "run_negative": _run_negative,
    "downturn_length": _downturn_length,
    "downturn_depth": _downturn_depth,
    "count_to_share": _count_to_share,
    "log": math.log,
    "power": lambda base, exponent: base**exponent,
    "round": _rounded,
    "rank": _rank,
    "rank_least_first": _rank_least_first,
}
"""What a formula may say, each on plain numbers; the ones on windows take their values oldest first."""

_INFIX = {"add": ("+", 1), "sub": ("−", 1), "mul": ("×", 2), "div": ("/", 2)}


def evaluate(expr: Expr, obs_values: Mapping[int, float] | Sequence[float]) -> float:
    """Compute an expression from the observations alone.

    Parameters
    ----------
    expr : Expr
        The tree.
    obs_values : mapping or sequence
        Observation values by row id (a Series' ``.to_numpy()`` in row order will do).

    Examples
    --------
    >>> margin = Call("mul", (Const(100), Call("div", (Obs(7), Obs(3)))))
    >>> evaluate(margin, {7: 5.0, 3: 80.0})
    6.25
    """
    if isinstance(expr, Obs):
        return float(obs_values[expr.row])
    if isinstance(expr, Const):
        return expr.value
    return OPERATIONS[expr.name](*(evaluate(arg, obs_values) for arg in expr.args))


def observations_of(expr: Expr) -> tuple[int, ...]:
    """Return the row ids an expression stands on, each once, in the order it names them.

    Examples
    --------
    >>> observations_of(Call("sub", (Obs(4), Call("mean", (Obs(2), Obs(4))))))
    (4, 2)
    """
    return tuple(dict.fromkeys(_leaves(expr)))


def formula(expr: Expr, rows: Sequence[int] | None = None) -> str:
    """Write an expression out, its observations as o1, o2, … in the order of `rows`.

    Examples
    --------
    >>> formula(Call("mul", (Const(100), Call("div", (Obs(7), Call("add", (Obs(3), Obs(7))))))))
    '100 × (o1 / (o2 + o1))'
    """
    names = {row: f"o{number}" for number, row in enumerate(rows or observations_of(expr), start=1)}
    return _written(expr, names)[0]


def explain(expr: Expr, value: float) -> Explanation:
    """Put a value, its formula and its observations together."""
    rows = observations_of(expr)
    return Explanation(value, formula(expr, rows), rows)


def _leaves(expr: Expr) -> Iterator[int]:
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Obs):
            yield part.row
        elif isinstance(part, Call):
            waiting.extend(reversed(part.args))


def _written(expr: Expr, names: Mapping[int, str]) -> tuple[str, int]:
    """Write an expression, with the strength its outermost operation binds with (3: never needs brackets)."""
    if isinstance(expr, Obs):
        return names[expr.row], 3
    if isinstance(expr, Const):
        return f"{expr.value:.12g}", 3 if expr.value >= 0 else 0
    written = [_written(arg, names) for arg in expr.args]
    if expr.name not in _INFIX:
        return f"{expr.name}({', '.join(text for text, _ in written)})", 3
    sign, strength = _INFIX[expr.name]
    (left, left_strength), (right, right_strength) = written
    left = f"({left})" if left_strength < strength else left
    right = f"({right})" if right_strength <= strength else right
    return f"{left} {sign} {right}", strength
