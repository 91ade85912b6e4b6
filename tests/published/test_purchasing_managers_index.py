"""The purchasing managers' index from its five components, as the bureau of statistics publishes both.

Source: National Bureau of Statistics, China Federation of Logistics and Purchasing; the figures and their
sources are in data/observations/purchasing_managers_index.csv. The index weighs new orders 30, production 25,
employment 20, suppliers' delivery times 15 (inverted) and stocks of raw materials 10. It is printed with one
decimal, so it may lie 0.05 from the weighted mean.
"""

from __future__ import annotations

import pandas as pd

from fourpillars.catalogue.project import find_project
from fourpillars.scores import Aggregate, Framework, Goalposts, Rank, Recipe, build

WEIGHTS = {"pmi_new_orders": 30, "pmi_production": 25, "pmi_employment": 20, "pmi_supplier_delivery": 15,
           "pmi_raw_material_inventory": 10}  # fmt: skip


def published() -> pd.DataFrame:
    rows = pd.read_csv(find_project().data / "observations" / "purchasing_managers_index.csv", dtype={"ref_area": str})
    wide = rows[rows["basis"] == "month"].pivot(index="time_period", columns="measure", values="obs_value")
    return wide[["pmi", *WEIGHTS]].dropna()


def recipe() -> tuple[Framework, Recipe]:
    table = pd.DataFrame({"code": list(WEIGHTS), "parent": "index", "weight": list(WEIGHTS.values()),
                          "goalpost_low": 0, "goalpost_high": 100})  # fmt: skip
    table["polarity"] = [-1 if code == "pmi_supplier_delivery" else 1 for code in table["code"]]
    framework = Framework(pd.concat([table, pd.DataFrame({"code": ["index"]})], ignore_index=True))
    return framework, Recipe(normalise=Goalposts(), aggregate=Aggregate("arithmetic"), rank=Rank(decimals=1))


def test_over_a_hundred_months_within_rounding():
    table = published()
    framework, how = recipe()
    gap = (build(table[list(WEIGHTS)], framework, how).scores["index"] - table["pmi"]).abs()
    assert len(table) > 100
    assert gap.max() <= 0.05 + 1e-9


def test_february_2026_by_hand():
    # 0.3 · 48.6 + 0.25 · 49.6 + 0.2 · 48.0 + 0.15 · (100 − 49.1) + 0.1 · 47.5 = 48.965, published as 49.0
    framework, how = recipe()
    score = build(published().loc[["2026-02"], list(WEIGHTS)], framework, how).scores["index"].item()
    assert round(score, 3) == 48.965
