from __future__ import annotations

import numpy as np
import pytest

from fourpillars.scores import ScoresError
from fourpillars.scores.outrank import borda, copeland, outranking, topsis

# Three units, three members: A beats B on two, B beats C on two, C beats A on two.
CYCLE = np.array([[3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [1.0, 2.0, 3.0]])


def test_outranking_shares_by_hand():
    matrix = outranking(CYCLE, np.array([0.5, 0.3, 0.2]))
    assert matrix[0].tolist() == pytest.approx([0.5, 0.7, 0.5])
    assert (matrix + matrix.T).ravel().tolist() == pytest.approx([1.0] * 9)


def test_condorcet_cycle_is_a_tie_for_copeland():
    assert copeland(CYCLE, np.ones(3)).tolist() == [0.0, 0.0, 0.0]


def test_copeland_counts_wins_less_losses():
    assert copeland(np.array([[3.0, 3.0], [2.0, 1.0], [1.0, 2.0]]), np.ones(2)).tolist() == [2.0, -1.0, -1.0]


def test_borda_by_hand_with_a_tie_and_a_gap():
    # First member: 2 and 2 leave one behind and tie with each other; second: only the first two are there.
    values = np.array([[2.0, 5.0], [2.0, 4.0], [1.0, np.nan]])
    assert borda(values, np.ones(2)).tolist() == [(1.5 + 1) / 2, (1.5 + 0) / 2, 0.0]


def test_topsis_by_hand():
    # One member of length 5: shares 0.6 and 0.8; the best has 1, the worst 0.
    assert topsis(np.array([[3.0], [4.0]]), np.ones(1)).tolist() == [0.0, 1.0]
    # Two equal members in opposite order: both lie half way.
    assert topsis(np.array([[1.0, 2.0], [2.0, 1.0]]), np.ones(2)).tolist() == pytest.approx([0.5, 0.5])


def test_topsis_of_units_that_do_not_differ_is_half_way():
    assert topsis(np.array([[1.0], [1.0]]), np.ones(1)).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("method", [copeland, borda, topsis])
def test_a_single_unit_is_refused(method):
    with pytest.raises(ScoresError, match="at least two"):
        method(np.array([[1.0, 2.0]]), np.ones(2))


def test_a_unit_without_values_has_no_score():
    values = np.array([[3.0, 1.0], [np.nan, np.nan], [1.0, 2.0]])
    for method in (copeland, borda, topsis):
        assert np.isnan(method(values, np.ones(2))).tolist() == [False, True, False]
