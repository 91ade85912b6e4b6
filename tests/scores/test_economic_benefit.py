from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import Framework, Recipe, ScoresError, StandardValues, build, economic_benefit
from fourpillars.scores.economic_benefit import ECONOMIC_BENEFIT


def test_weights_add_up_to_a_hundred():
    assert ECONOMIC_BENEFIT["weight"].sum() == 100


def test_by_hand():
    # 20 · 16.05/10.7 + 16 · 114/120 + 12 · (100 − 70)/40 + 15 · 1.9/1.52 + 14 · 5.3/3.71
    # + 10 · 33000/16500 + 13 · 98/96
    row = {
        "total_asset_contribution_rate": 16.05,
        "capital_preservation_rate": 114.0,
        "asset_liability_ratio": 70.0,
        "current_asset_turnover": 1.9,
        "cost_profit_rate": 5.3,
        "labour_productivity": 33000.0,
        "product_sales_rate": 98.0,
    }
    expected = 30 + 15.2 + 9 + 18.75 + 20 + 20 + 13 * 98 / 96
    framework, recipe = economic_benefit()
    assert build(pd.DataFrame([row]), framework, recipe).scores["economic_benefit"].item() == pytest.approx(expected)


def test_debts_below_the_standard_earn_no_more_than_full_marks():
    framework, recipe = economic_benefit()
    standard = ECONOMIC_BENEFIT.set_index("code")["target"]
    low = standard.mask(standard.index == "asset_liability_ratio", 40.0)
    assert build(pd.DataFrame([low]), framework, recipe).scores["economic_benefit"].item() == pytest.approx(100)


def test_caps_and_a_floor():
    framework = Framework(pd.DataFrame({"code": ["x"], "target": [50.0]}))
    data = pd.DataFrame({"x": [100.0, -10.0]})
    step = StandardValues(capped=("x",), floor=0.0)
    assert build(data, framework, Recipe(normalise=step, aggregate=None)).scores["x"].tolist() == [100.0, 0.0]


def test_a_standard_is_needed():
    with pytest.raises(ScoresError, match="No standard value above 0 for 'x'"):
        build(
            pd.DataFrame({"x": [1.0]}),
            Framework(pd.DataFrame({"code": ["x"]})),
            Recipe(normalise=StandardValues()),
        )
