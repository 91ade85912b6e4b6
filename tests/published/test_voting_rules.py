"""Borda's and Condorcet's rules on the Handbook's examples.

Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), section 6.11, tables 25 to 33
(after Moulin, 1988, Condorcet, 1785, and Fishburn, 1984).
"""

from __future__ import annotations

import numpy as np
import pytest

from fourpillars.scores.outrank import borda, copeland, outranking


def profile(*groups: tuple[int, str]) -> tuple[np.ndarray, np.ndarray]:
    """Values of the units in alphabetical order, one member a group of voters, weighed by their number."""
    units = sorted(groups[0][1])
    values = [[len(order) - order.index(unit) for _, order in groups] for unit in units]
    return np.array(values, dtype=float), np.array([count for count, _ in groups], dtype=float)


MOULIN = profile((3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda"))
CONDORCET = profile((23, "abc"), (17, "bca"), (2, "bac"), (10, "cab"), (8, "cba"))
FISHBURN = profile((3, "cbad"), (2, "badc"), (2, "adcb"))
FISHBURN_WITHOUT_D = profile((3, "cba"), (2, "bac"), (2, "acb"))


@pytest.mark.parametrize(
    ("votes", "points"),
    [
        (MOULIN, [24, 44, 38, 20]),
        (CONDORCET, [58, 69, 53]),
        (FISHBURN, [13, 12, 11, 6]),
        (FISHBURN_WITHOUT_D, [6, 7, 8]),
    ],
    ids=["table 26", "table 29", "table 32", "table 33"],
)
def test_points_of_borda(votes: tuple[np.ndarray, np.ndarray], points: list[float]):
    values, weights = votes
    assert (borda(values, weights) * weights.sum()).tolist() == pytest.approx(points)


@pytest.mark.parametrize(
    ("votes", "matrix"),
    [
        (MOULIN, [[0, 8, 8, 8], [13, 0, 10, 21], [13, 11, 0, 14], [13, 0, 7, 0]]),
        (CONDORCET, [[0, 33, 25], [27, 0, 42], [35, 18, 0]]),
    ],
    ids=["table 27", "table 30"],
)
def test_outranking_matrices(votes: tuple[np.ndarray, np.ndarray], matrix: list[list[float]]):
    values, weights = votes
    found = outranking(values, weights) * weights.sum()
    np.fill_diagonal(found, 0)
    assert found.ravel().tolist() == pytest.approx(np.array(matrix, dtype=float).ravel().tolist())


def test_the_winner_of_condorcet_is_c_then_b_then_d_then_a():
    assert copeland(*MOULIN).tolist() == [-3, 1, 3, -1]


def test_in_a_cycle_no_one_wins():
    assert copeland(*CONDORCET).tolist() == [0, 0, 0]
