from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import Framework, Rank, Recipe, ScoresError, build
from fourpillars.scores.rank import rank, rounded


def test_ranks_come_from_scores_as_published():
    # To three decimals 0.9369 and 0.9371 are both 0.937: they share the better rank, the next is left out.
    assert rank(np.array([0.9369, 0.9371, 0.936, 0.941]), 3).tolist() == [2, 2, 4, 1]
    assert rank(np.array([0.9369, 0.9371, 0.936, 0.941])).tolist() == [3, 2, 4, 1]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("min", [2, 2, 4, 1]), ("max", [3, 3, 4, 1]), ("average", [2.5, 2.5, 4, 1]), ("dense", [2, 2, 3, 1])],
)
def test_ties(ties: str, expected: list[float]):
    assert rank(np.array([5.0, 5.0, 4.0, 9.0]), ties=ties).tolist() == expected


def test_missing_scores_have_no_rank_and_take_no_place():
    assert rank(np.array([1.0, np.nan, 3.0])).tolist() == pytest.approx([2, np.nan, 1], nan_ok=True)


def test_halves_are_rounded_away_from_zero_as_tables_print_them():
    assert rounded(np.array([2.5, -2.5, 0.125]), 0).tolist() == [3, -3, 0]
    assert rounded(np.array([0.125, 1.005]), 2).tolist() == [0.13, 1.01]


def test_ranks_within_groups(flat: Framework):
    data = pd.DataFrame(
        {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 2.0], "where": ["east", "west", "east"]}, index=list("XYZ")
    )
    ranks = build(data, flat, Recipe(rank=Rank(groups="where"))).ranks["a"]
    assert ranks.to_dict() == {"X": 2, "Y": 1, "Z": 1}


def test_refusals():
    with pytest.raises(ScoresError, match="Unknown ties"):
        Rank(ties="first")
    with pytest.raises(ScoresError, match="from 0 up"):
        Rank(decimals=-1)
