from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import ScoresError, coupling_coordination
from fourpillars.scores.coupling import coupling_degree


def test_four_even_parts_are_fully_coupled():
    found = coupling_coordination(pd.DataFrame([[49.0, 49, 49, 49]], columns=list("sieg")))
    assert found[["coupling", "development", "coordination"]].values.ravel().tolist() == pytest.approx([1, 0.49, 0.7])
    assert found.loc[0, ["grade", "name"]].tolist() == [8, "intermediate coordination"]


def test_two_parts_by_hand():
    # C = 2 √(0.2 · 0.8) / 1 = 0.8; T = 0.5 (equal) or 0.25 · 0.2 + 0.75 · 0.8 = 0.65
    scores = pd.DataFrame({"p": [20.0], "q": [80.0]})
    assert coupling_coordination(scores).loc[0, "coordination"] == pytest.approx(np.sqrt(0.4))
    weighted = coupling_coordination(scores, pd.Series({"p": 1.0, "q": 3.0}))
    assert weighted.loc[0, "coordination"] == pytest.approx(np.sqrt(0.8 * 0.65))


def test_the_modified_degree_by_hand():
    # Two parts: √((1 − 0.6) · (0.2 / 0.8)) = √0.1
    assert coupling_degree(np.array([0.2, 0.8]), "modified") == pytest.approx(np.sqrt(0.1))


def test_zeros_and_gaps():
    scores = pd.DataFrame({"p": [0.0, 50.0, 0.0], "q": [50.0, np.nan, 0.0]})
    found = coupling_coordination(scores)
    assert found["coordination"].tolist() == pytest.approx([0, np.nan, 0], nan_ok=True)
    assert found["name"].tolist() == ["extreme disorder", "", "extreme disorder"]


@pytest.mark.parametrize(
    ("scores", "clause"), [({"p": [1.0]}, "two parts"), ({"p": [-1.0], "q": [2.0]}, "from 0 to 100")]
)
def test_refusals(scores: dict, clause: str):
    with pytest.raises(ScoresError, match=clause):
        coupling_coordination(pd.DataFrame(scores))
