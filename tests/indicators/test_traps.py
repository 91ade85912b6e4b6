"""The traps of official statistics, each shown to be avoided by the catalogue's indicators."""

from __future__ import annotations

import numpy as np
import pytest

from fourpillars.indicators.expression import observations_of

REVENUE = {"measure": "operating_revenue", "basis": "ytd", "unit": "cny_100m"}
REVENUE_GROWTH = {"measure": "operating_revenue_growth", "basis": "ytd"}
PROFIT = {"measure": "total_profit", "basis": "ytd", "unit": "cny_100m"}
PROFIT_GROWTH = {"measure": "total_profit_growth", "basis": "ytd"}


def at(frame, indicator: str, activity: str = "B-D", ref_area: str = "CN"):
    """The one row of an indicator and unit."""
    found = frame.query("indicator == @indicator and activity == @activity and ref_area == @ref_area")
    return found.iloc[0]


def test_growth_is_the_published_rate_and_not_the_ratio_of_two_levels(small):
    # 2023: profits 76858.3 after 84038.5, a ratio of −8.5 %; published on a comparable base: −2.3 %.
    panel = small(
        PROFIT | {"values": {"2022-12": 84038.5, "2023-12": 76858.3}},
        PROFIT | {"activity": "C31", "values": {"2022-12": 84038.5, "2023-12": 76858.3}},
        PROFIT_GROWTH | {"values": {"2023-12": -2.3}},
        PROFIT_GROWTH | {"activity": "C31", "values": {"2023-12": -2.3}},
    )
    contribution = panel.quantity("profit_contribution", "industry")
    assert contribution.values.loc["2023-12", "C31"] == pytest.approx(-2.3)
    assert 0 not in observations_of(contribution.lineage("2023-12", "C31"))  # the level of 2022 has no part in it


def test_no_indicator_stands_on_levels_of_two_years_where_a_rate_is_published(panel, catalogue, observations):
    published = {m.removesuffix("_growth") for m in catalogue.measures.index if m.endswith("_growth")}
    measures = observations.frame["measure"].astype(str)
    for (code, kind), quantity in _last_cells(panel, catalogue):
        if "nominal" in catalogue.indicators[code].of(kind).name.en.lower():
            continue
        rows = list(observations_of(quantity))
        levels = observations.frame.loc[rows].assign(measure=measures.loc[rows]).query("basis == 'ytd'")
        years = levels[levels["measure"].isin(published)].assign(year=lambda f: f["time_period"].astype(str).str[:4])
        assert (years.groupby("measure")["year"].nunique() <= 1).all(), (code, kind)


def test_contributions_are_made_of_revenue_and_profit_only(catalogue):
    measures = {
        indicator.arguments["measure"]
        for indicator in catalogue.indicators.values()
        if (indicator.function or "").endswith(".contribution")
    }
    assert measures == {"operating_revenue", "total_profit"}


def test_growth_from_levels_is_called_nominal(catalogue):
    for indicator in catalogue.indicators.values():
        if indicator.function == "expansion.nominal_growth":
            assert "nominal" in indicator.name.en.lower()
            assert "coverage" in indicator.notes.en


def test_a_contribution_is_on_the_comparable_base(small):
    panel = small(
        REVENUE | {"values": {"2026-08": 1050.0}},
        REVENUE_GROWTH | {"values": {"2026-08": 5.0}},  # base 1000
        REVENUE | {"activity": "C31", "values": {"2025-08": 300.0, "2026-08": 220.0}},
        REVENUE_GROWTH | {"activity": "C31", "values": {"2026-08": 10.0}},  # base 200, not 300
    )
    row = at(panel.frame("2026-08", ["industry"]), "revenue_contribution", "C31")
    assert row["value"] == pytest.approx(2.0)  # 100 × 20 / 1000
    assert panel.explain("revenue_contribution", "CN", "C31", "2026-08").formula == (
        "100 × (o1 − o1 / (1 + o2 / 100)) / (o3 / (1 + o4 / 100))"
    )
    assert set(row["source_ids"].split(";")) == {"s_operating_revenue", "s_operating_revenue_growth"}


def test_where_the_base_was_a_loss_there_is_no_growth_and_the_reason_is_said(small):
    panel = small(
        PROFIT | {"values": {"2026-07": 90.0, "2026-08": 100.0}},
        PROFIT_GROWTH | {"values": {"2026-07": 2.0, "2026-08": 3.0}},
        PROFIT | {"activity": "C25", "values": {"2026-07": 10.0, "2026-08": 20.0}},
        PROFIT_GROWTH | {"activity": "C25", "values": {"2026-07": 4.0}},  # none for August: the base was a loss
    )
    row = at(panel.frame("2026-08", ["industry"]), "profit_contribution", "C25")
    assert (row["status"], row["reason"], row["observed_period"]) == ("missing", "loss_base", "2026-08")
    assert np.isnan(row["value"])


def test_february_stands_for_january_and_february_in_a_province(small):
    growth = {"measure": "value_added_growth", "ref_area": "440000"}
    panel = small(
        growth | {"basis": "ytd", "values": {"2026-02": 6.4}},
        growth | {"basis": "month", "values": {"2025-12": 2.6, "2026-03": 3.9}},
    )
    history = panel.history("va_growth", "region")["440000"]
    assert history["2025-12":"2026-03"].fillna(-99).tolist() == [2.6, -99, 6.4, 3.9]


def test_prices_are_a_change_whether_published_as_an_index_or_as_a_change(small):
    ppi = {"measure": "ppi", "basis": "month", "activity": "C31"}
    panel = small(
        ppi | {"unit": "index_prev_year_month_100", "values": {"2023-12": 97.3}},
        ppi | {"unit": "pct_yoy", "values": {"2024-01": -2.5}},
    )
    assert panel.history("producer_prices", "industry")["C31"].tolist() == [pytest.approx(-2.7), -2.5]


def test_days_are_published_where_published_and_else_from_month_ends_and_cost(small):
    stock = {"measure": "finished_goods_inventory", "basis": "end_of_period", "unit": "cny_100m"}
    cost = {"measure": "operating_cost", "basis": "ytd", "unit": "cny_100m"}
    panel = small(
        stock | {"values": {"2023-10": 40.0, "2023-11": 60.0, "2023-12": 60.0}},
        cost | {"values": {"2023-10": 600.0, "2023-11": 825.0, "2023-12": 900.0}},
        {"measure": "finished_goods_turnover_days", "basis": "end_of_period", "unit": "days",
         "values": {"2023-12": 19.3}},
    )  # fmt: skip
    days = panel.history("inventory_days", "nation")["CN"]
    assert days["2023-11"] == pytest.approx(30 * 11 * 50 / 825)
    assert days["2023-12"] == 19.3


@pytest.mark.parametrize(
    ("edition", "status", "reason"),
    [("2026-05", "ok", ""), ("2026-08", "ok", ""), ("2026-09", "stale", "series_ended")],
)
def test_the_latest_value_within_the_limit_is_taken_with_its_period(small, edition, status, reason):
    panel = small(REVENUE_GROWTH | {"activity": "C31", "values": {"2026-04": 3.1, "2026-05": 3.2}})
    row = at(panel.frame(edition, ["industry"]), "revenue_growth", "C31")
    assert (row["status"], row["reason"]) == (status, reason)
    assert (row["value"], row["observed_period"], row["period"]) == (3.2, "2026-05", edition)


def test_an_edition_sees_nothing_that_ends_later(small):
    panel = small(REVENUE_GROWTH | {"activity": "C31", "values": {"2023-11": 1.0, "2023-12": 2.0}})
    row = at(panel.frame("2023-11", ["industry"]), "revenue_growth", "C31")
    assert (row["value"], row["observed_period"]) == (1.0, "2023-11")


def test_nothing_is_filled_and_the_reason_is_said(small):
    panel = small(REVENUE_GROWTH | {"activity": "C31", "values": {"2026-08": 3.1}})
    frame = panel.frame("2026-08")
    assert at(frame, "revenue_growth", "C32")["reason"] == "not_published"
    assert at(frame, "revenue_growth", "B-D", "440000")["reason"] == "no_data"
    assert at(frame, "revenue_volatility", "C31")["reason"] == "too_short"


def test_without_any_statistics_every_indicator_is_missing_with_no_data(small, catalogue):
    frame = small({"measure": "gdp", "basis": "year", "freq": "A", "unit": "cny_100m", "values": {"2025": 1.0}}).frame(
        "2026-08"
    )
    assert set(frame["status"]) == {"missing"}
    assert set(frame["reason"]) == {"no_data"}
    assert len(frame) == sum(
        len(catalogue.units_of(kind)) for entry in catalogue.indicators.values() for kind in entry.kinds
    )


def _last_cells(panel, catalogue):
    """The lineage of the last value of the first unit that has one, for every indicator and kind."""
    for code, indicator in catalogue.indicators.items():
        for kind in indicator.kinds:
            values = panel.history(code, kind).dropna(axis=1, how="all")
            if values.shape[1]:
                unit = values.columns[0]
                yield (code, kind), panel.quantity(code, kind).lineage(values[unit].last_valid_index(), unit)
