from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import Denominate, Framework, Recipe, ScoresError, build

FRAMEWORK = Framework(
    pd.DataFrame({"code": ["p", "q", "i"], "parent": ["i", "i", ""], "denominator": ["people", "", ""]})
)
DATA = pd.DataFrame({"p": [10.0, 30.0], "q": [1.0, 2.0], "people": [2.0, 3.0], "area": [5.0, 10.0]})


def test_only_what_has_a_denominator_is_divided():
    stage = build(DATA, FRAMEWORK, Recipe(denominate=Denominate(scale={"p": 100}))).stages["denominated"]
    assert stage.to_dict("list") == {"p": [500.0, 1000.0], "q": [1.0, 2.0]}


def test_denominators_can_be_chosen():
    step = Denominate(denominators={"p": "", "q": "area"})
    stage = build(DATA, FRAMEWORK, Recipe(denominate=step, normalise=None)).stages["denominated"]
    assert stage.to_dict("list") == {"p": [10.0, 30.0], "q": [0.2, 0.2]}


def test_refusals():
    with pytest.raises(ScoresError, match="no column for the denominators 'people'"):
        build(DATA.drop(columns="people"), FRAMEWORK, Recipe(denominate=Denominate()))
    with pytest.raises(ScoresError, match="must be above 0: 'people'"):
        build(DATA.assign(people=[0, 1]), FRAMEWORK, Recipe(denominate=Denominate()))
