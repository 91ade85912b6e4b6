from __future__ import annotations

import numpy as np
import pytest

from fourpillars.scores import ScoresError
from fourpillars.scores.means import arithmetic, geometric, harmonic, median, power

ROWS = np.array([[1.0, 2.0, 4.0], [4.0, np.nan, 1.0], [np.nan, np.nan, np.nan], [0.0, 5.0, 5.0]])
WEIGHTS = np.array([1.0, 1.0, 2.0])


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        (arithmetic, [11 / 4, 6 / 3, np.nan, 15 / 4]),
        (geometric, [(1 * 2 * 4**2) ** (1 / 4), (4 * 1**2) ** (1 / 3), np.nan, 0]),
        (harmonic, [4 / (1 + 1 / 2 + 2 / 4), 3 / (1 / 4 + 2), np.nan, 0]),
        (median, [(2 + 4) / 2, 1, np.nan, 5]),
        (lambda x, w: power(x, w, 2), [(37 / 4) ** 0.5, (18 / 3) ** 0.5, np.nan, (75 / 4) ** 0.5]),
        (lambda x, w: power(x, w, 1), [11 / 4, 6 / 3, np.nan, 15 / 4]),
        (lambda x, w: power(x, w, 0), [(1 * 2 * 4**2) ** (1 / 4), (4 * 1**2) ** (1 / 3), np.nan, 0]),
    ],
)
def test_by_hand_with_gaps_and_zeros(mean, expected: list[float]):
    assert mean(ROWS, WEIGHTS).tolist() == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("mean", [arithmetic, geometric, harmonic, median])
def test_replications_at_once_are_the_same_as_one_by_one(mean):
    weights = np.array([[1.0, 1.0, 2.0], [3.0, 0.5, 1.0]])
    together = mean(ROWS, weights)
    assert together.shape == (2, 4)
    for row, one in zip(together, weights, strict=True):
        assert row.tolist() == pytest.approx(mean(ROWS, one).tolist(), nan_ok=True)


@pytest.mark.parametrize("mean", [geometric, harmonic])
def test_values_below_zero_are_refused(mean):
    with pytest.raises(ScoresError, match="not defined for values below 0"):
        mean(np.array([[-1.0, 2.0]]), np.ones(2))


def test_a_zero_without_weight_does_not_count():
    assert geometric(np.array([[0.0, 9.0]]), np.array([0.0, 1.0])).tolist() == pytest.approx([9.0])
