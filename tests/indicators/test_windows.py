"""Windows summarised at once, against the plain operation on each and values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from fourpillars.indicators.expression import OPERATIONS
from fourpillars.indicators.windows import summarised

GAP = np.nan
BY_HAND = {  # window: run below zero at the end, length of the last run below zero, its lowest value
    (1.0, -2.0, -3.0, -1.0): (3, 3, -3.0),
    (-5.0, 1.0, -2.0, 4.0): (0, 1, -2.0),
    (-5.0, GAP, -2.0, GAP): (2, 2, -5.0),
    (-1.0, 0.0, GAP, 3.0): (0, 1, -1.0),
    (2.0, 3.0, 0.0, 1.0): (0, 0, 0.0),
}


@pytest.mark.parametrize(("place", "how"), enumerate(("run_negative", "downturn_length", "downturn_depth")))
def test_runs_below_zero(place: int, how: str) -> None:
    assert summarised(np.array(list(BY_HAND)), how).tolist() == [told[place] for told in BY_HAND.values()]
    random = np.random.default_rng(20260831)
    cells = np.round(random.normal(size=(300, 9)))
    cells[random.random(cells.shape) < 0.2] = GAP
    one_by_one = [OPERATIONS[how](*row[np.isfinite(row)]) if np.isfinite(row).any() else GAP for row in cells]
    assert np.array_equal(summarised(cells, how), one_by_one, equal_nan=True)
