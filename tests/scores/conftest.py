"""Small frameworks and tables, written out."""

from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import Framework


@pytest.fixture
def flat() -> Framework:
    """Two indicators, weights 3 and 1, the second better when lower."""
    return Framework(
        pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""], "weight": [3, 1, 1],
                      "polarity": [1, -1, 1]})
    )  # fmt: skip


@pytest.fixture
def tree() -> Framework:
    """Two pillars of two indicators each, with goalposts 0 to 100 and 0 to 10."""
    return Framework(
        pd.DataFrame({
            "code": ["a", "b", "c", "d", "P", "Q", "index"],
            "parent": ["P", "P", "Q", "Q", "index", "index", ""],
            "weight": [2, 1, 1, 1, 1, 1, 1],
            "polarity": [1, 1, 1, -1, 1, 1, 1],
            "goalpost_low": [0, 0, 0, 0, None, None, None],
            "goalpost_high": [100, 100, 10, 10, None, None, None],
        })
    )  # fmt: skip


@pytest.fixture
def data() -> pd.DataFrame:
    """Three units; Z lacks c, and Y lacks the whole of Q."""
    return pd.DataFrame(
        {"a": [30.0, 60.0, 90.0], "b": [60.0, 30.0, 0.0], "c": [4.0, None, None], "d": [2.0, None, 5.0]},
        index=list("XYZ"),
    )
