from __future__ import annotations

import pytest

GROWTH = {"measure": "operating_revenue_growth", "basis": "ytd"}


def test_revenue_growth_without_prices(small):
    ppi = {"measure": "ppi", "basis": "ytd", "activity": "C31"}
    panel = small(
        GROWTH | {"activity": "C31", "values": {"2023-12": 5.0, "2026-08": 5.0}},
        ppi | {"unit": "index_prev_year_period_100", "values": {"2023-12": 95.0}},
        ppi | {"values": {"2026-08": 5.0}},
    )
    real = panel.history("real_revenue_growth", "industry")["C31"].dropna()
    assert real.tolist() == [pytest.approx(100 * (1.05 / 0.95 - 1)), pytest.approx(0)]


def test_inventories_growing_faster_than_revenue(small):
    stock = {"measure": "finished_goods_inventory_growth", "basis": "end_of_period", "activity": "C31"}
    panel = small(stock | {"values": {"2023-11": 7.5}}, GROWTH | {"activity": "C31", "values": {"2023-11": -1.5}})
    assert panel.history("inventory_gap", "industry").loc["2023-11", "C31"] == 9.0


def test_days_change_on_the_comparable_base(small):
    stock = {"measure": "finished_goods_inventory", "basis": "end_of_period"}
    cost = {"measure": "operating_cost", "basis": "ytd"}
    panel = small(
        stock | {"unit": "cny_100m", "values": {"2025-02": 70.0, "2026-02": 60.0}},
        stock | {"measure": "finished_goods_inventory_growth", "values": {"2026-02": 20.0}},  # base 50
        cost | {"unit": "cny_100m", "values": {"2025-02": 300.0, "2026-02": 400.0}},
        cost | {"measure": "operating_cost_growth", "values": {"2026-02": 0.0}},  # base 400
    )
    change = panel.history("inventory_days_change", "nation").loc["2026-02", "CN"]
    assert change == pytest.approx(60 * 60 / 400 - 60 * 50 / 400)


def test_new_products_are_the_median_of_those_published(small):
    output = {"measure": "output_growth", "basis": "ytd"}
    panel = small(
        output | {"item": "industrial_robots", "values": {"2026-07": 30.0, "2026-08": 29.0}},
        output | {"item": "integrated_circuits", "values": {"2026-07": 20.0, "2026-08": -2.0}},
        output | {"item": "solar_cells", "values": {"2026-08": 5.0}},
    )
    median = panel.history("new_product_output", "nation")["CN"]
    assert median.isna().tolist() == [True, False]  # July has only two
    assert median["2026-08"] == 5.0
    assert panel.history("new_product_breadth", "nation").loc["2026-08", "CN"] == pytest.approx(200 / 3)


def test_retail_sales_of_the_goods_a_division_makes(small):
    panel = small(
        {"measure": "retail_sales_growth", "basis": "ytd", "activity": "_T", "item": "furniture",
         "values": {"2026-08": 4.0}},
        GROWTH | {"activity": "C21", "values": {"2026-08": -3.0}},
    )  # fmt: skip
    assert panel.history("retail_growth", "industry").loc["2026-08", "C21"] == 4.0
    assert panel.history("retail_gap", "industry").loc["2026-08", "C21"] == 7.0


def test_trade_grows_nominally_from_its_levels(small):
    trade = {"measure": "trade_total", "basis": "year", "freq": "A", "unit": "cny_100m", "activity": "_T"}
    panel = small(trade | {"ref_area": "440000", "values": {"2023": 80.0, "2024": 92.0}})
    assert panel.history("trade_growth", "region").loc["2024", "440000"] == pytest.approx(15)


def test_export_share_of_revenue(small):
    panel = small(
        {
            "measure": "export_delivery_value",
            "basis": "ytd",
            "unit": "cny_100m",
            "values": {"2026-08": 120.0},
        },
        {"measure": "operating_revenue", "basis": "ytd", "unit": "cny_100m", "values": {"2026-08": 960.0}},
    )
    assert panel.history("export_share", "nation").loc["2026-08", "CN"] == 12.5
    assert panel.explain("export_share", "CN", "B-D", "2026-08").formula == "100 × o1 / o2"
