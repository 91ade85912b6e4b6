"""Growth: values worked by hand, and figures the bureau printed."""

from __future__ import annotations

import numpy as np
import pytest

REVENUE = {"measure": "operating_revenue", "basis": "ytd", "unit": "cny_100m"}
REVENUE_GROWTH = {"measure": "operating_revenue_growth", "basis": "ytd"}
PROFIT = {"measure": "total_profit", "basis": "ytd", "unit": "cny_100m"}
PROFIT_GROWTH = {"measure": "total_profit_growth", "basis": "ytd"}
COST = {"measure": "operating_cost", "basis": "ytd", "unit": "cny_100m"}
COST_GROWTH = {"measure": "operating_cost_growth", "basis": "ytd"}
RECEIVABLE = {"measure": "accounts_receivable", "basis": "end_of_period", "unit": "cny_100m"}
ENTERPRISES = {"measure": "enterprises", "basis": "end_of_period", "unit": "count"}
UTILISATION = {"measure": "capacity_utilization", "basis": "quarter", "freq": "Q", "unit": "pct"}
PPI = {"measure": "ppi", "basis": "ytd"}
VOLUME = {"measure": "value_added_growth", "basis": "ytd"}


def at(frame, indicator: str, activity: str = "B-D", ref_area: str = "CN"):
    """The one row of an indicator and unit."""
    return frame.query("indicator == @indicator and activity == @activity and ref_area == @ref_area").iloc[0]


# --- enterprises ------------------------------------------------------------------------------------------


def test_growth_of_enterprises_is_on_the_same_month_a_year_earlier(small):
    values = {"2022-10": 400.0, "2022-11": 500.0, "2023-11": 520.0}
    growth = small(ENTERPRISES | {"activity": "C13", "values": values}).history("enterprises_growth", "industry")
    assert growth.at["2023-11", "C13"] == pytest.approx(4.0)


def test_private_share_is_of_the_same_years_enterprises(small):
    annual = {"measure": "enterprises", "basis": "year", "freq": "A", "unit": "count", "activity": "C18"}
    panel = small(annual | {"values": {"2022": 400.0}}, annual | {"ownership": "PRI", "values": {"2022": 300.0}})
    assert panel.history("private_share", "industry").at["2022", "C18"] == pytest.approx(75.0)


def test_tax_and_employment_grow_from_one_year_to_the_next(small):
    annual = {"ref_area": "330000", "activity": "_T", "basis": "year", "freq": "A"}
    panel = small(
        annual | {"measure": "tax_revenue", "unit": "cny_100m", "values": {"2023": 500.0, "2024": 490.0}},
        annual | {"measure": "urban_unit_employment", "unit": "persons_10k", "values": {"2022": 80.0, "2024": 88.0}},
    )
    assert panel.history("tax_growth", "region").at["2024", "330000"] == pytest.approx(-2.0)
    assert np.isnan(panel.history("employment_growth", "region").at["2024", "330000"])  # 2023 is not there


def test_what_no_province_publishes_is_defined_and_shown_as_no_data(panel):
    frame = panel.frame("2026-08", ["region"])
    wanted = [
        "enterprises",
        "enterprises_growth",
        "receivable_days",
        "asset_liability_ratio",
        "profit_margin",
    ]
    wanted += ["cost_per_100", "loss_making_share", "new_product_share", "revenue_per_employee"]
    for indicator in wanted:
        rows = frame[frame["indicator"] == indicator]
        assert len(rows) == 31, indicator
        assert set(rows["reason"]) == {"no_data"}, indicator


# --- cash flow --------------------------------------------------------------------------------------------


def test_receivable_days_use_the_month_ends_of_the_year_alone(small):
    panel = small(
        RECEIVABLE | {"activity": "C35", "values": {"2022-12": 900.0, "2023-02": 100.0, "2023-03": 110.0}},
        REVENUE | {"activity": "C35", "values": {"2023-02": 200.0, "2023-03": 300.0}},
    )
    days = panel.history("receivable_days", "industry")["C35"]
    assert days["2023-02"] == pytest.approx(30.0)  # 30 × 2 × 100 / 200
    assert days["2023-03"] == pytest.approx(31.5)  # 30 × 3 × (100 + 110) / 2 / 300


def test_receivable_days_are_as_published_where_published(small):
    published = {"measure": "receivables_collection_days", "basis": "end_of_period", "unit": "days"}
    panel = small(
        RECEIVABLE | {"values": {"2023-11": 100.0, "2023-12": 100.0}},
        REVENUE | {"values": {"2023-11": 660.0, "2023-12": 720.0}},
        published | {"values": {"2023-12": 60.6}},
    )
    days = panel.history("receivable_days", "nation")["CN"]
    assert days["2023-11"] == pytest.approx(50.0)  # 30 × 11 × 100 / 660
    assert days["2023-12"] == 60.6


def test_computed_receivable_days_come_near_the_published(panel, observations):
    from fourpillars.indicators import transforms
    from fourpillars.indicators.quantity import Quantity

    def total(measure: str, basis: str) -> Quantity:
        return Quantity.of(observations.wide(measure, freq="M", basis=basis, kind="nation"))

    own = transforms.turnover_days(total("accounts_receivable", "end_of_period"), total("operating_revenue", "ytd"))
    published = observations.wide("receivables_collection_days", freq="M", basis="end_of_period", kind="nation").values
    apart = (own.values["CN"] - published["CN"])["2024-02":].abs()
    assert apart.count() >= 28
    assert apart.max() < 1.5


def test_change_of_receivable_days_is_on_the_comparable_base(small):
    panel = small(
        RECEIVABLE | {"activity": "C35", "values": {"2022-02": 999.0, "2023-02": 120.0}},
        RECEIVABLE | {"activity": "C35", "measure": "accounts_receivable_growth", "unit": "pct_yoy",
                      "values": {"2023-02": 20.0}},
        REVENUE | {"activity": "C35", "values": {"2022-02": 999.0, "2023-02": 180.0}},
        REVENUE_GROWTH | {"activity": "C35", "values": {"2023-02": -10.0}},
    )  # fmt: skip
    # 60 × 120 / 180 = 40 days; a year earlier 60 × 100 / 200 = 30
    assert panel.history("receivable_days_change", "industry").at["2023-02", "C35"] == pytest.approx(10.0)


def test_receivables_outgrow_revenue_by_the_difference_of_the_published_rates(small):
    panel = small(
        RECEIVABLE | {"measure": "accounts_receivable_growth", "unit": "pct_yoy", "values": {"2026-08": 9.0}},
        REVENUE_GROWTH | {"values": {"2026-08": 6.6}},
    )
    assert panel.history("receivables_gap", "nation").at["2026-08", "CN"] == pytest.approx(2.4)


# --- profit -----------------------------------------------------------------------------------------------


def test_profit_growth_of_2023_is_the_published_rate(panel):
    assert panel.history("profit_growth", "nation").at["2023-12", "CN"] == -2.3  # the ratio of the levels: −8.5
    assert panel.explain("profit_growth", "CN", "B-D", "2023-12").formula == "o1"


def test_where_the_base_was_a_loss_there_is_no_growth_and_no_change_of_the_margin(small):
    panel = small(
        PROFIT | {"activity": "C25", "values": {"2025-08": -60.0, "2026-08": 50.0}},
        PROFIT_GROWTH | {"values": {"2026-08": 15.7}},
        PROFIT_GROWTH | {"activity": "C25", "values": {"2026-06": 5.0}},
        PROFIT_GROWTH | {"activity": "C31", "values": {"2026-08": 5.0}},
        REVENUE | {"activity": "C25", "values": {"2025-08": 900.0, "2026-08": 1000.0}},
        REVENUE_GROWTH | {"activity": "C25", "values": {"2026-08": 2.0}},
    )
    frame = panel.frame("2026-08", ["industry"])
    for indicator in ("profit_growth", "margin_change"):
        row = at(frame, indicator, "C25")
        assert (row["status"], row["reason"]) == ("missing", "loss_base")
    assert at(frame, "profit_margin", "C25")["value"] == pytest.approx(5.0)


def test_the_margin_changes_on_the_comparable_base(small):
    panel = small(
        PROFIT | {"activity": "C30", "values": {"2025-08": 120.0, "2026-08": 80.0}},
        PROFIT_GROWTH | {"activity": "C30", "values": {"2026-08": -20.0}},  # base 100, not 120
        REVENUE | {"activity": "C30", "values": {"2025-08": 900.0, "2026-08": 1000.0}},
        REVENUE_GROWTH | {"activity": "C30", "values": {"2026-08": 25.0}},  # base 800, not 900
    )
    change = panel.history("margin_change", "industry").at["2026-08", "C30"]
    assert change == pytest.approx(8.0 - 12.5)
    assert len(panel.explain("margin_change", "CN", "C30", "2026-08").rows) == 4


def test_cost_per_100_yuan_changes_on_the_comparable_base(small):
    panel = small(
        COST | {"activity": "C30", "values": {"2026-08": 880.0}},
        COST_GROWTH | {"activity": "C30", "values": {"2026-08": 10.0}},  # base 800
        REVENUE | {"activity": "C30", "values": {"2026-08": 1000.0}},
        REVENUE_GROWTH | {"activity": "C30", "values": {"2026-08": 0.0}},  # base 1000
    )
    assert panel.history("cost_per_100", "industry").at["2026-08", "C30"] == pytest.approx(88.0)
    assert panel.history("cost_per_100_change", "industry").at["2026-08", "C30"] == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("year", "margin", "change", "cost"), [("2023", 5.76, -0.20, 84.76), ("2024", 5.39, -0.30, 85.16)]
)
def test_margin_its_change_and_cost_are_as_the_bureau_printed(panel, year, margin, change, cost):
    # Releases of 27 January 2024 and 27 January 2025 on the profits of the year.
    december = f"{year}-12"
    assert panel.history("profit_margin", "nation").at[december, "CN"] == pytest.approx(margin, abs=0.005)
    assert panel.history("margin_change", "nation").at[december, "CN"] == pytest.approx(change, abs=0.005)
    assert panel.history("cost_per_100", "nation").at[december, "CN"] == pytest.approx(cost, abs=0.0051)


@pytest.mark.parametrize(
    ("indicator", "measure"),
    [("profit_margin", "profit_margin"), ("cost_per_100", "cost_per_100_yuan_revenue")],
)
def test_ratios_are_those_the_bureau_prints_every_month(panel, observations, indicator, measure):
    printed = observations.wide(measure, freq="M", basis="ytd", kind="nation").values["CN"].dropna()
    apart = (panel.history(indicator, "nation")["CN"].reindex(printed.index) - printed).abs()
    assert apart.count() >= 30
    assert apart.max() <= 0.0051


def test_losses_are_set_against_the_profits_of_those_that_earn(small):
    losses = {"measure": "total_losses", "basis": "ytd", "unit": "cny_100m"}
    panel = small(
        losses | {"activity": "C25", "values": {"2023-10": 30.0, "2023-11": 20.0}},
        PROFIT | {"activity": "C25", "values": {"2023-10": -10.0, "2023-11": 60.0}},
        ENTERPRISES | {"activity": "C25", "values": {"2023-11": 50.0}},
        ENTERPRISES | {"activity": "C25", "measure": "loss_making_enterprises", "values": {"2023-11": 12.0}},
    )
    depth = panel.history("loss_depth", "industry")["C25"]
    assert depth["2023-11"] == pytest.approx(25.0)  # 100 × 20 / (60 + 20)
    assert depth["2023-10"] == pytest.approx(150.0)  # 100 × 30 / (−10 + 30): a loss on the whole
    assert panel.history("loss_making_share", "industry").at["2023-11", "C25"] == pytest.approx(24.0)


# --- capacity ---------------------------------------------------------------------------------------------


def test_utilisation_is_judged_by_the_same_quarters_before(small):
    first = {"2018-Q1": 75.0, "2019-Q1": 76.0, "2020-Q1": 67.0, "2022-Q1": 77.0, "2023-Q1": 74.0}
    second = {"2019-Q2": 80.0, "2022-Q2": 81.0, "2023-Q2": 70.0}
    panel = small(UTILISATION | {"activity": "C31", "values": first | second})
    gap = panel.history("capacity_gap", "industry")["C31"]
    assert gap["2023Q1"] == pytest.approx(-1.5)  # 74 − median(75, 76, 67, 77)
    assert gap["2022Q1"] == pytest.approx(2.0)  # 77 − median(75, 76, 67)
    assert np.isnan(gap["2020Q1"])  # two earlier years only
    assert np.isnan(gap["2023Q2"])  # the second quarter has two earlier years
    assert panel.explain("capacity_gap", "CN", "C31", "2022-Q1").formula == "o1 − median(o2, o3, o4)"


def test_quarters_in_decline_count_the_last_run_below_zero(small):
    change = UTILISATION | {"measure": "capacity_utilization_change", "unit": "pp_yoy"}
    quarters = [f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
    panel = small(
        change
        | {
            "activity": "C31",
            "values": dict(zip(quarters, [-1, -1, 0.2, -0.3, -0.1, -2, 0, -0.4], strict=True)),
        },
        change | {"activity": "C36", "values": dict(zip(quarters, [1, 1, 1, 1, 1, 1, 1, 1], strict=True))},
    )
    runs = panel.history("quarters_in_decline", "industry")
    assert runs.loc["2024Q4":, "C31"].tolist() == [1, 2, 3, 0, 1]
    assert runs.at["2025Q4", "C36"] == 0


# --- 'zero-sum' competition -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prices", "volume", "profit", "signs"),
    [(-2.0, 5.0, -20.0, 3), (-2.0, -1.0, -20.0, 2), (-2.0, 5.0, 20.0, 2), (-2.0, -1.0, 20.0, 1),
     (0.0, 5.0, -20.0, 0), (1.0, 5.0, -20.0, 0)],
)  # fmt: skip
def test_signs_of_a_price_war_add_up_while_prices_fall(small, prices, volume, profit, signs):
    panel = small(
        PPI | {"activity": "C30", "values": {"2026-08": prices}},
        VOLUME | {"activity": "C30", "values": {"2026-08": volume}},
        PROFIT | {"activity": "C30", "values": {"2026-08": 80.0}},
        PROFIT_GROWTH | {"activity": "C30", "values": {"2026-08": profit}},
        REVENUE | {"activity": "C30", "values": {"2026-08": 1000.0}},
        REVENUE_GROWTH | {"activity": "C30", "values": {"2026-08": 0.0}},
    )
    assert panel.history("price_war", "industry").at["2026-08", "C30"] == signs


def test_a_price_war_is_read_from_the_index_to_2023_and_without_value_added_from_real_revenue(small):
    index = PPI | {"unit": "index_prev_year_period_100"}
    panel = small(
        index | {"activity": "C30", "values": {"2023-11": 97.0}},
        PROFIT | {"activity": "C30", "values": {"2023-11": 80.0}},
        PROFIT_GROWTH | {"activity": "C30", "values": {"2023-11": -20.0}},
        REVENUE | {"activity": "C30", "values": {"2023-11": 1000.0}},
        REVENUE_GROWTH | {"activity": "C30", "values": {"2023-11": -1.0}},  # 0.99 / 0.97 > 1: more is sold
    )
    assert panel.history("price_war", "industry").at["2023-11", "C30"] == 3


def test_with_a_loss_as_base_a_price_war_is_open_only_while_prices_fall(small):
    series = [
        VOLUME | {"activity": "C25", "values": {"2026-07": 5.0, "2026-08": 5.0}},
        PROFIT | {"activity": "C25", "values": {"2026-07": 80.0, "2026-08": 80.0}},
        PROFIT_GROWTH | {"values": {"2026-08": 15.7}},
        PROFIT_GROWTH | {"activity": "C25", "values": {"2026-06": 1.0}},
        PROFIT_GROWTH | {"activity": "C31", "values": {"2026-07": 1.0, "2026-08": 1.0}},
        REVENUE | {"activity": "C25", "values": {"2026-07": 900.0, "2026-08": 1000.0}},
        REVENUE_GROWTH | {"activity": "C25", "values": {"2026-07": 0.0, "2026-08": 0.0}},
    ]
    rising = small(PPI | {"activity": "C25", "values": {"2026-07": 3.0, "2026-08": 3.0}}, *series)
    falling = small(PPI | {"activity": "C25", "values": {"2026-07": -3.0, "2026-08": -3.0}}, *series)
    assert at(rising.frame("2026-08"), "price_war", "C25")["value"] == 0
    row = at(falling.frame("2026-08"), "price_war", "C25")
    assert (row["status"], row["reason"]) == ("missing", "loss_base")


# --- coverage ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "without"), [("2026-08", {"C25"}), ("2023-11", set())])
def test_every_division_but_those_with_a_loss_as_base_can_be_scored(panel, catalogue, edition, without):
    scored = [
        code
        for code, entry in catalogue.indicators.items()
        if entry.pillar == "growth" and "industry" in entry.kinds and entry.of("industry").weight
    ]
    frame = panel.frame(edition, ["industry"]).query("status == 'ok' and indicator in @scored")
    count = frame.groupby("activity", observed=True).size().reindex(catalogue.divisions(), fill_value=0)
    assert set(count.index[count < len(scored) / 2]) == without


# --- profitability, leverage, ownership --------------------------------------------------------------------


def test_profit_on_assets_is_scaled_to_twelve_months_over_the_mean_of_the_month_ends(small):
    """Profit of 30 in six months is 60 a year; assets of 400, 500 … 600 at the month-ends known have a mean of 500."""
    assets = {"measure": "total_assets", "basis": "end_of_period", "unit": "cny_100m", "activity": "C31"}
    months = {"2023-02": 400.0, "2023-03": 450.0, "2023-04": 500.0, "2023-05": 550.0, "2023-06": 600.0}
    panel = small(assets | {"values": months}, PROFIT | {"activity": "C31", "values": {"2023-06": 30.0}})
    assert panel.history("return_on_assets", "industry").at["2023-06", "C31"] == pytest.approx(12.0)


def test_a_loss_is_a_negative_return(small):
    assets = {"measure": "total_assets", "basis": "end_of_period", "unit": "cny_100m", "activity": "C31"}
    panel = small(assets | {"values": {"2023-02": 400.0}}, PROFIT | {"activity": "C31", "values": {"2023-02": -10.0}})
    assert panel.history("return_on_assets", "industry").at["2023-02", "C31"] == pytest.approx(-15.0)


def test_liabilities_that_outgrow_assets_open_a_gap(small):
    growth = {"basis": "end_of_period", "activity": "C31", "unit": "pct_yoy"}
    panel = small(
        growth | {"measure": "total_liabilities_growth", "values": {"2023-11": 6.5}},
        growth | {"measure": "total_assets_growth", "values": {"2023-11": 4.0}},
    )
    assert panel.history("leverage_gap", "industry").at["2023-11", "C31"] == pytest.approx(2.5)


def test_private_enterprises_lead_as_published(panel):
    """Published for January–August 2026: see the two rates; their difference is the lead."""
    nation = panel.history("private_va_growth", "nation").at["2026-08", "CN"]
    whole = panel.history("va_growth", "nation").at["2026-08", "CN"]
    assert panel.history("private_va_lead", "nation").at["2026-08", "CN"] == pytest.approx(nation - whole)
