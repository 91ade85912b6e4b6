"""The accounts of industrial enterprises: what the statistics bureau prints follows from its own levels.

Source: National Bureau of Statistics, monthly releases on profits of industrial enterprises above designated
size; the figures and their sources are in data/observations. The 41 divisions add up to the total, each
rounded to 10 million yuan; margin, cost per 100 yuan of revenue and the asset–liability ratio are ratios of
printed levels; days are 30 × months × mean stock / flow.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest

from fourpillars.catalogue.project import find_project

FILES = ("enterprise_accounts", "enterprise_balance_sheets")
FLOWS = ("operating_revenue", "operating_cost", "total_profit", "total_losses")
STOCKS = ("accounts_receivable", "inventories", "finished_goods_inventory", "total_assets")
COUNTS = ("enterprises", "loss_making_enterprises")


@pytest.fixture(scope="module")
def printed() -> pd.DataFrame:
    """Figures by activity and period, a column a measure."""
    folder = find_project().data / "observations"
    rows = pd.concat(pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False) for name in FILES)
    rows = rows[rows["ownership"] == ""]
    return rows.assign(obs_value=rows["obs_value"].astype(float)).pivot_table(
        index=["activity", "time_period"], columns="measure", values="obs_value"
    )


@pytest.mark.parametrize(
    ("measure", "months"), [(name, 84) for name in FLOWS[:3]] + [(name, 32) for name in (*STOCKS, *COUNTS)]
)
def test_41_divisions_add_up_to_the_total(printed: pd.DataFrame, measure: str, months: int):
    table = printed[measure].unstack("activity")
    divisions = [code for code in table.columns if re.fullmatch(r"[B-D]\d\d", code)]
    whole = table.dropna(subset=[*divisions, "B-D"])
    gap = (whole[divisions].sum(axis=1) - whole["B-D"]).abs()
    assert len(divisions) == 41
    assert len(whole) == months
    # money is printed to 10 million yuan, divisions and total each rounded: at most 0.005 % apart
    assert (gap / whole["B-D"]).max() < (1e-12 if measure in COUNTS else 5e-5)


@pytest.mark.parametrize(
    ("ratio", "numerator", "denominator", "decimals", "cases"),
    [
        ("profit_margin", "total_profit", "operating_revenue", 2, 120),
        ("cost_per_100_yuan_revenue", "operating_cost", "operating_revenue", 2, 120),
        ("asset_liability_ratio", "total_liabilities", "total_assets", 1, 30),
    ],
)
def test_ratios_are_those_printed(printed, ratio: str, numerator: str, denominator: str, decimals, cases):
    gap = (100 * printed[numerator] / printed[denominator] - printed[ratio]).abs().dropna()
    assert len(gap) == cases
    assert gap.max() <= 0.5 * 10**-decimals + 1e-6


@pytest.mark.parametrize(
    ("days", "stock", "flow", "nearest"),
    [
        ("receivables_collection_days", "accounts_receivable", "operating_revenue", 0.55),
        ("finished_goods_turnover_days", "finished_goods_inventory", "operating_cost", 0.35),
    ],
)
def test_days_follow_from_the_year_s_month_ends(printed, days: str, stock: str, flow: str, nearest: float):
    # The bureau's mean is of all its reports of the year, of which not all are printed: hence the distance,
    # largest in December, for which its annual accounts replace the monthly ones.
    table = printed.loc["B-D", [days, stock, flow]].dropna()
    year, month = table.index.str[:4], table.index.str[5:].astype(int)
    mean = table[stock].groupby(year).expanding().mean().droplevel(0)
    gap = (30 * month * mean / table[flow] - table[days]).abs()
    early = (month < 12) & (year > "2023")
    assert early.sum() == 27
    assert gap[early].max() < nearest
    assert gap[["2024-12", "2025-12"]].max() < 1.4


def test_profits_of_2023_show_why_growth_is_not_derived_from_levels(printed: pd.DataFrame):
    # Published growth −2.3 %; the ratio of the two published levels gives −8.5 %.
    profit = printed.loc["B-D", "total_profit"]
    assert printed.loc[("B-D", "2023-12"), "total_profit_growth"] == -2.3
    assert round(100 * (profit["2023-12"] / profit["2022-12"] - 1), 1) == -8.5
