"""The human development index of 2021, as the UNDP published it: all 191 countries, ranks included.

Source: UNDP, Human Development Report 2021/22, composite indices, complete time series. The method stands
in the report's technical notes 1 and 2: goalposts 20–85 years, 0–18 and 0–15 years of schooling, the
logarithm of 100–75,000 dollars of income; the arithmetic mean of the two schooling indices; the geometric
mean of the three dimensions; ranks from values rounded to three decimals. The adjusted index takes each
dimension less its inequality.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from fourpillars.scores import Aggregate, Framework, Goalposts, Rank, Recipe, Result, build

HERE = Path(__file__).parent
FRAMEWORK = Framework(
    pd.DataFrame(
        [("le", "health", 20, 85), ("eys", "education", 0, 18), ("mys", "education", 0, 15),
         ("gnipc", "standard", 100, 75000), ("health", "index", None, None),
         ("education", "index", None, None), ("standard", "index", None, None), ("index", "", None, None)],
        columns=["code", "parent", "goalpost_low", "goalpost_high"],
    ).assign(level=[1, 1, 1, 1, 2, 2, 2, 3])
)  # fmt: skip
RECIPE = Recipe(
    normalise=Goalposts(high=1.0, log=("gnipc",)),
    aggregate=Aggregate("arithmetic", "geometric"),
    rank=Rank(decimals=3),
)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(HERE / "hdi_2021.csv", index_col="iso3")


@pytest.fixture(scope="module")
def result(table: pd.DataFrame) -> Result:
    return build(table, FRAMEWORK, RECIPE)


def test_every_value_and_every_rank(table: pd.DataFrame, result: Result):
    assert len(table) == 191
    assert result.scores["index"].round(3).to_dict() == table["hdi"].to_dict()
    assert result.ranks["index"].to_dict() == table["hdi_rank"].to_dict()


def test_equal_values_share_the_better_rank(result: Result):
    ranks = result.ranks["index"][["NLD", "FIN", "SGP", "BEL", "NZL", "CAN"]]
    assert ranks.tolist() == [10, 11, 12, 13, 13, 15]


def test_beyond_the_goalposts_nothing_is_gained(result: Result):
    normalised = result.stages["normalised"]
    assert normalised["le"]["HKG"] == normalised["eys"]["AUS"] == normalised["gnipc"]["SGP"] == 1.0
    capped = result.trail["normalised"]
    assert set(capped.loc[capped["indicator"] == "le", "unit"]) == {"HKG"}


def test_the_index_adjusted_for_inequality(result: Result):
    unequal = pd.read_csv(HERE / "ihdi_2021.csv", index_col="iso3")
    dimensions = result.scores.loc[unequal.index, ["health", "education", "standard"]]
    adjusted = dimensions * (1 - unequal[["ineq_le", "ineq_edu", "ineq_inc"]].to_numpy() / 100)
    tree = Framework(pd.DataFrame({"code": [*adjusted, "index"], "parent": ["index"] * 3 + [""]}))
    found = build(adjusted, tree, Recipe(normalise=None, aggregate=Aggregate("geometric")))
    assert len(unequal) == 156
    assert found.scores["index"].round(3).to_dict() == unequal["ihdi"].to_dict()
