from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import Framework, ScoresError, build, compare


def test_changes_are_against_the_first(flat: Framework):
    data = pd.DataFrame({"a": [3.0, 2.0, 1.0], "b": [3.0, 1.0, 2.0]}, index=list("XYZ"))
    both, only_b = build(data, flat), build(data, flat).without("a")
    table = compare({"both": both, "b": only_b})
    # both: X 75, Y 37.5 + 25 = 62.5, Z 12.5; b alone (better when lower): Y 1, Z 2, X 3
    assert table[["both", "b", "b change"]].values.tolist() == [[1, 3, -2], [2, 1, 1], [3, 2, 1]]
    assert table.attrs["mean_change"] == {"b": pytest.approx(4 / 3)}
    scores = compare({"both": both, "b": only_b}, what="scores")
    assert scores.loc["X", "b change"] == pytest.approx(-75)


def test_refusals(flat: Framework):
    with pytest.raises(ScoresError, match="nothing to compare"):
        compare({})
    with pytest.raises(ScoresError, match="Unknown comparison"):
        compare({}, what="weights")
