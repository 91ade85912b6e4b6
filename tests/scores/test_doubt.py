from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import Aggregate, BenefitOfDoubt, Framework, Goalposts, Recipe, ScoresError, build
from fourpillars.scores.doubt import benefit_of_doubt


def test_frontier_units_have_one_and_the_others_their_distance():
    scores, weights = benefit_of_doubt(np.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0], [1.0, 1.0]]))
    # Between (4, 1) and (1, 4) the frontier is x + y = 5: (2, 2) has 4/5, (1, 1) 2/5
    assert scores.tolist() == pytest.approx([1, 1, 0.8, 0.4])
    assert (weights >= 0).all()


def test_bounds_keep_a_unit_from_living_on_one_member():
    values = np.array([[4.0, 0.5], [2.0, 2.0]])
    assert benefit_of_doubt(values)[0][0] == pytest.approx(1)
    assert benefit_of_doubt(values, least=0.4)[0][0] < 0.7


def test_as_a_method_of_aggregation(tree: Framework):
    data = pd.DataFrame({"a": [40.0, 10.0, 20.0], "b": [10.0, 40.0, 20.0], "c": [5.0] * 3, "d": [5.0] * 3})
    recipe = Recipe(normalise=Goalposts(), aggregate=Aggregate(BenefitOfDoubt(), "arithmetic"))
    assert build(data, tree, recipe).scores["P"].tolist() == pytest.approx([100, 100, 80])


@pytest.mark.parametrize("values", [[[1.0, np.nan]], [[-1.0, 2.0]]])
def test_refusals(values: list):
    with pytest.raises(ScoresError, match="complete values from 0 up"):
        benefit_of_doubt(np.array(values))
