"""The gender inequality index of 2021, as the UNDP published it: 170 countries, ranks included.

Source: UNDP, Human Development Report 2021/22, composite indices, complete time series; technical note 4.
Geometric means within each gender, the harmonic mean of the two genders, held against the geometric mean
of the genders' arithmetic means: one less their ratio. Maternal mortality is held between 10 and 1,000, a
parliament without women counts 0.1 %. Two frameworks, each with another mean at every level.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from fourpillars.scores import Aggregate, Framework, Rank, Recipe, build

LEAVES = {"mmr": "health_f", "abr": "health_f", "se_f": "empowered_f", "pr_f": "empowered_f",
          "se_m": "empowered_m", "pr_m": "empowered_m"}  # fmt: skip


def framework(leaves: dict[str, str], groups: dict[str, str]) -> Framework:
    rows = [(code, parent, 1) for code, parent in (LEAVES | leaves).items()]
    rows += [(code, parent, 3 if parent in ("index", "") else 2) for code, parent in groups.items()]
    rows[-1] = ("index", "", 4)
    return Framework(pd.DataFrame(rows, columns=["code", "parent", "level"]))


BY_GENDER = framework(
    {"lfpr_f": "women", "lfpr_m": "men", "one": "men"},
    {"health_f": "women", "empowered_f": "women", "empowered_m": "men", "women": "index", "men": "index",
     "index": ""},
)  # fmt: skip
BY_DIMENSION = framework(
    {"lfpr_f": "labour", "lfpr_m": "labour", "one": "health"},
    {"health_f": "health", "empowered_f": "empowered", "empowered_m": "empowered", "health": "index",
     "empowered": "index", "labour": "index", "index": ""},
)  # fmt: skip


def test_every_value_and_every_rank():
    table = pd.read_csv(Path(__file__).parent / "gii_2021.csv", index_col="iso3")
    shares = table[["se_f", "se_m", "pr_m", "lfpr_f", "lfpr_m"]] / 100
    data = shares.assign(
        mmr=10 / table["mmr"].clip(10, 1000), abr=1 / table["abr"], pr_f=table["pr_f"].clip(lower=0.1) / 100,
        one=1.0,
    )  # fmt: skip
    genders, even = (
        build(data, tree, Recipe(normalise=None, aggregate=Aggregate(*means))).scores["index"]
        for tree, means in (
            (BY_GENDER, ("geometric", "geometric", "harmonic")),
            (BY_DIMENSION, ("geometric", "arithmetic", "geometric")),
        )
    )
    unequal = 1 - genders / even
    assert len(table) == 170
    assert unequal.round(3).to_dict() == table["gii"].to_dict()
    one = Framework(pd.DataFrame({"code": ["gii", "index"], "parent": ["index", ""], "polarity": [-1, 1]}))
    recipe = Recipe(rank=Rank(decimals=3), aggregate=None, normalise=None)
    ranks = build(-unequal.to_frame("gii"), one, recipe).ranks["gii"]
    assert ranks.to_dict() == table["gii_rank"].to_dict()
