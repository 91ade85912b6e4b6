"""What is withheld, on tables small enough to follow by hand; and that nothing can be worked back, on any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fourpillars.errors import FourPillarsError
from fourpillars.observations.cube import Rule, derivable, exposed, intervals, withhold
from fourpillars.observations.cube.axes import Axis, plain_axis
from fourpillars.observations.cube.margins import margins_of

LINE = margins_of([plain_axis("size", list("abcd"), "")])


def square(rows, columns):
    names = [f"r{n}" for n in range(rows)], [f"c{n}" for n in range(columns)]
    return margins_of([plain_axis("ref_area", names[0], "CN"), plain_axis("size", names[1], "")])


def with_totals(inner):
    inner = np.asarray(inner)
    for axis in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=axis, keepdims=True)], axis=axis)
    return inner


def withheld(margins, counts, rule=None, largest=None):
    counts = with_totals(counts)
    found = withhold(margins, rule or Rule(10), counts, counts, counts * 0 if largest is None else largest)
    return found.primary.astype(int).tolist(), found.secondary.astype(int).tolist()


def test_nothing_small_nothing_withheld():
    assert withheld(LINE, [10, 20, 30, 40]) == ([0, 0, 0, 0, 0], [0, 0, 0, 0, 0])


def test_one_small_cell_takes_the_least_other_with_it():
    assert withheld(LINE, [9, 30, 20, 40]) == ([1, 0, 0, 0, 0], [0, 0, 1, 0, 0])


def test_two_small_cells_that_together_are_too_small_take_a_third():
    assert withheld(LINE, [4, 3, 30, 20]) == ([1, 1, 0, 0, 0], [0, 0, 0, 1, 0])


def test_two_small_cells_that_together_are_enough_protect_each_other():
    assert withheld(LINE, [6, 5, 30, 20]) == ([1, 1, 0, 0, 0], [0, 0, 0, 0, 0])


def test_empty_cells_protect_no_one():
    assert withheld(LINE, [9, 0, 0, 40]) == ([1, 0, 0, 0, 0], [0, 0, 0, 1, 0])


def test_where_all_is_small_all_goes():
    assert withheld(LINE, [2, 0, 3, 0]) == ([1, 0, 1, 0, 1], [0, 0, 0, 0, 0])


def test_a_table_closes_the_rectangle():
    counts = [[4, 20, 50], [60, 30, 70], [80, 90, 40]]
    primary, secondary = withheld(square(3, 3), counts)
    assert primary == [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    # row 0 takes 20; column 0 takes 60, the least left; column 1 and row 1 close with 30
    assert secondary == [[0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_a_dominated_cell_is_small_too():
    largest = np.array([18, 1, 1, 1, 18])
    assert withheld(LINE, [20, 40, 50, 60], Rule(10, dominance=85), largest)[0] == [1, 0, 0, 0, 0]
    assert withheld(LINE, [20, 40, 50, 60], Rule(10, dominance=95), largest)[0] == [0, 0, 0, 0, 0]


def test_a_bridge_between_two_rectangles_follows_from_all_sums_together():
    # every row and column has at least two withheld cells, yet rows 0 and 1 less columns 0 and 1 leave one
    hidden = np.zeros((5, 5), dtype=bool)
    hidden[0:2, 0:2] = hidden[2:4, 2:4] = hidden[0, 2] = True
    margins = square(4, 4)
    assert derivable(margins, hidden.ravel()).tolist() == [2]
    values = with_totals(np.arange(16).reshape(4, 4) + 10.0)
    assert exposed(margins, values, hidden)["cell"].tolist() == [2]


def test_a_bridge_is_covered():
    counts = np.full((4, 4), 50)
    counts[0:2, 0:2] = counts[2:4, 2:4] = 9
    counts[0, 2] = 8
    found = withhold(square(4, 4), Rule(10), with_totals(counts), with_totals(counts), with_totals(counts * 0))
    assert found.cells[:4, :4].sum() > 9
    assert exposed(square(4, 4), with_totals(counts), found.cells).empty


def test_intervals_by_hand():
    # 4 + 6 known to be 10, neither below 0
    hidden = np.array([True, True, False, False, False])
    found = intervals(LINE, np.array([4.0, 6, 20, 30, 60]), hidden)
    assert found.to_dict("list") == {
        "cell": [0, 1], "value": [4.0, 6.0], "low": [0.0, 0.0], "high": [10.0, 10.0],
    }  # fmt: skip
    free = intervals(LINE, np.array([4.0, 6, 20, 30, 60]), hidden, least=None)
    assert np.isinf(free[["low", "high"]].to_numpy()).all()


def test_exposed_within_a_range():
    # 95 and 5: known to be 100 together, so 95 to within 5.3 % upwards, not at all downwards
    values, hidden = np.array([95.0, 5, 20, 30, 150]), np.array([True, True, False, False, False])
    assert exposed(LINE, values, hidden, within=0.5).empty
    assert exposed(LINE, values, hidden, within=1.0)["cell"].tolist() == [0]


def test_a_rule_of_one_enterprise_protects_no_one():
    with pytest.raises(FourPillarsError, match="is 1"):
        Rule(1)


SECTORED = Axis(
    "activity", ("a", "b", "c", "d", "X", "Y", "all"),
    {"X": ("a", "b"), "Y": ("c", "d"), "all": ("X", "Y")}, ("activity", "sector"),
)  # fmt: skip
PARTS = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]])


@st.composite
def cubes(draw):
    """Draw a cube of 3 provinces, 4 divisions in 2 sectors, 2 sizes, with all margins."""
    count = st.one_of(st.just(0), st.integers(1, 9), st.integers(1, 60))
    inner = np.array(draw(st.lists(count, min_size=24, max_size=24))).reshape(3, 4, 2)
    inner = np.concatenate([inner, inner.sum(axis=0, keepdims=True)])
    inner = np.concatenate([inner, inner.sum(axis=2, keepdims=True)], axis=2)
    return np.concatenate([inner, np.einsum("sa,rai->rsi", PARTS, inner)], axis=1)


AXES = (plain_axis("ref_area", ["p", "q", "r"], "CN"), SECTORED, plain_axis("size", ["s", "t"], ""))
CUBE = margins_of(AXES)


@settings(max_examples=60, deadline=None)
@given(cubes())
def test_no_withheld_cell_can_be_worked_back(counts):
    found = withhold(CUBE, Rule(10), counts, counts, counts * 0)
    hidden = found.cells
    assume(hidden.any())
    assert (found.primary == ((counts > 0) & (counts < 10))).all()
    assert not (found.primary & found.secondary).any()
    assert not hidden[counts == 0].any()
    # independently of `derivable`: a cell is determined if its unit vector is in the span of the equations
    unknown = CUBE.matrix.toarray()[:, hidden.ravel()]
    _, sizes, span = np.linalg.svd(unknown, full_matrices=False)
    span = span[sizes > 1e-9]
    assert (1 - (span**2).sum(axis=0) > 1e-9).all()


@settings(max_examples=12, deadline=None)
@given(cubes())
def test_no_count_is_known_exactly_by_linear_programming(counts):
    found = withhold(CUBE, Rule(10), counts, counts, counts * 0)
    assert exposed(CUBE, counts, found.cells).empty


@settings(max_examples=60, deadline=None)
@given(cubes())
def test_what_is_withheld_of_a_sum_is_at_least_two_cells_and_enough_enterprises(counts):
    hidden = withhold(CUBE, Rule(10), counts, counts, counts * 0).cells.ravel()
    counts = counts.ravel()
    for cells in CUBE.members:
        inside = cells[hidden[cells]]
        assert len(inside) != 1
        if len(inside) and not hidden[cells[-1]]:
            assert counts[inside].sum() >= 10


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=CUBE.cells, max_size=CUBE.cells))
def test_derivable_agrees_with_the_span_of_the_equations(pattern):
    hidden = np.array(pattern)
    assume(hidden.any())
    unknown = CUBE.matrix.toarray()[:, hidden]
    _, sizes, span = np.linalg.svd(unknown, full_matrices=False)
    left = 1 - (span[sizes > 1e-9] ** 2).sum(axis=0)
    assert derivable(CUBE, hidden).tolist() == np.flatnonzero(hidden)[left < 1e-9].tolist()
