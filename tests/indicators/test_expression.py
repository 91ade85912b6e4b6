from __future__ import annotations

import math

import pytest

from fourpillars.indicators.expression import Call, Const, Obs, evaluate, explain, formula


def test_brackets_only_where_they_change_the_meaning():
    a, b, c = Obs(1), Obs(2), Obs(3)
    assert formula(Call("add", (a, Call("mul", (b, c))))) == "o1 + o2 × o3"
    assert formula(Call("mul", (Call("add", (a, b)), c))) == "(o1 + o2) × o3"
    assert formula(Call("sub", (a, Call("sub", (b, c))))) == "o1 − (o2 − o3)"
    assert formula(Call("div", (Const(100), Call("mean", (a, b))))) == "100 / mean(o1, o2)"


def test_the_same_observation_has_one_name():
    share = Call("div", (Obs(9), Call("sum", (Obs(9), Obs(4)))))
    assert explain(share, 0.25).formula == "o1 / sum(o1, o2)"
    assert explain(share, 0.25).rows == (9, 4)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("mean", [1, 2, 6], 3),
        ("sd", [2, 4, 6], 2),
        ("median", [5, 1, 3, 9], 4),
        ("share_positive", [1, 0, -1, 2], 50),
        ("share_negative", [1, 0, -1, 2], 25),
        ("run_negative", [1, -2, 3, -4, -5], 2),
        ("run_negative", [-1, 2], 0),
        ("downturn_length", [-1, 2, -3, -7, -2, 4], 3),
        ("downturn_depth", [-1, 2, -3, -7, -2, 4], -7),
        ("downturn_depth", [1, 2], 0),
        ("count_to_share", [80, 30, 45, 10, 15], 3),
        ("count_to_share", [80, 50, 30, 20], 2),
    ],
)
def test_operations(name: str, values: list[float], expected: float):
    assert evaluate(Call(name, tuple(Const(v) for v in values)), {}) == pytest.approx(expected)


def test_division_by_zero_is_no_number():
    assert math.isnan(evaluate(Call("div", (Obs(0), Obs(1))), {0: 3.0, 1: 0.0}))
