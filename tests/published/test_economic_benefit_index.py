"""The economic-benefit index of industrial enterprises, as the statistics bureau of Guangdong printed it.

Source: Statistics Bureau of Guangdong Province, main indicators of economic benefit of industrial
enterprises, December 2011 (stats.gd.gov.cn/gyqyzyjjxyzb/content/post_1422263.html) and January–August 2004
(…/post_1422210.html): the index and its seven indicators, by kind of enterprise.

The indicators are printed rounded, so that the index can be told to within half a last digit of each. Of the
ten columns read, nine are met within that. State-holding enterprises of 2011 are not (497.07 printed, 497.34
from the indicators printed beside it) and stand here as what they are: a difference that is not explained.
"""

from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import build, economic_benefit

INDICATORS = [
    "total_asset_contribution_rate", "capital_preservation_rate", "asset_liability_ratio",
    "current_asset_turnover", "cost_profit_rate", "labour_productivity", "product_sales_rate",
]  # fmt: skip
PRINTED_2011 = {
    "total": (214.06, 13.32, 118.93, 58.21, 2.71, 5.15, 168255.77, 97.22),
    "collective": (169.38, 12.6, 123.62, 56.09, 5.16, 3.68, 64785.37, 98.4),
    "share-holding co-operative": (182.5, 8.3, 110.77, 47.09, 2.92, 2.71, 145856.7, 94.59),
    "joint-stock": (232.59, 14.0, 125.33, 58.24, 2.66, 5.17, 196005.0, 96.81),
}
STATE_2011 = (497.07, 14.19, 109.24, 58.51, 2.56, 5.74, 633882.3, 97.13)
PRINTED_2004 = {
    "total": (152.4, 10.7, 109.5, 58.0, 2.3, 5.2, 83176.0, 97.7),
    "state": (240.8, 12.4, 102.5, 53.4, 2.0, 7.3, 216376.0, 97.4),
    "collective": (110.2, 7.6, 106.9, 65.1, 2.6, 2.5, 37824.0, 97.5),
    "share-holding co-operative": (127.1, 7.6, 111.6, 65.0, 3.0, 1.7, 63969.0, 97.2),
    "joint-stock": (170.3, 10.6, 114.3, 60.7, 2.1, 4.7, 120029.0, 96.4),
}
POINTS_A_UNIT = (20 / 10.7, 16 / 120, 12 / 40, 15 / 1.52, 14 / 3.71, 0.0, 13 / 96)
"""What a unit of each indicator is worth; labour productivity is printed as exactly as it needs to be."""


def made(rows: dict[str, tuple[float, ...]]) -> pd.Series:
    """Make the index of each column from its seven indicators."""
    data = pd.DataFrame.from_dict({name: row[1:] for name, row in rows.items()}, orient="index", columns=INDICATORS)
    framework, recipe = economic_benefit()
    return build(data, framework, recipe).scores["economic_benefit"]


@pytest.mark.parametrize(("printed", "digit"), [(PRINTED_2011, 0.01), (PRINTED_2004, 0.1)], ids=["2011", "2004"])
def test_the_index_follows_from_the_indicators_printed(printed: dict[str, tuple[float, ...]], digit: float):
    slack = digit / 2 * (1 + sum(POINTS_A_UNIT))
    for name, index in made(printed).items():
        assert index == pytest.approx(printed[name][0], abs=slack), name


def test_debts_above_the_standard_lose_points_up_to_a_hundred_per_cent():
    # collective enterprises of 2004 owe 65.1 %: 12 · (100 − 65.1) / 40 = 10.47 of 12 points
    framework, recipe = economic_benefit()
    data = pd.DataFrame([PRINTED_2004["collective"][1:]], columns=INDICATORS)
    points = build(data, framework, recipe).contributions["asset_liability_ratio"].item()
    assert points == pytest.approx(12 * 34.9 / 40)


def test_one_column_is_not_explained():
    assert made({"state": STATE_2011})["state"] - STATE_2011[0] == pytest.approx(0.27, abs=0.01)
