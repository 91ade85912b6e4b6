from __future__ import annotations

import numpy as np
import pytest

from fourpillars.indicators import evaluate, stability

REVENUE = {"measure": "operating_revenue", "basis": "ytd", "unit": "cny_100m"}
GROWTH = {"measure": "operating_revenue_growth", "basis": "ytd"}


def of_divisions(series: dict, catalogue, values: dict[str, float], rest: float) -> list[dict]:
    """The series for all 41 divisions at 2026-08: the values given, `rest` for every other."""
    return [
        series | {"activity": code, "values": {"2026-08": values.get(code, rest)}} for code in catalogue.divisions()
    ]


@pytest.fixture
def economy(small, catalogue):
    """Three large divisions with 500, 300 and 100 of 1000, and 38 that share the rest."""
    levels = {"C39": 500.0, "C38": 300.0, "C36": 100.0}
    rates = {"C39": 25.0, "C38": 0.0, "C36": 100.0}  # comparable bases 400, 300, 50; the rest 100
    return small(
        REVENUE | {"values": {"2026-08": 1000.0}},
        *of_divisions(REVENUE, catalogue, levels, 100 / 38),
        *of_divisions(GROWTH, catalogue, rates, 0.0),
    )


def test_the_smallest_set_that_makes_80_per_cent(economy):
    cumulative = economy.history("revenue_cumulative_share", "industry").loc["2026-08"]
    assert cumulative[["C39", "C38", "C36"]].tolist() == [
        pytest.approx(50),
        pytest.approx(80),
        pytest.approx(90),
    ]
    assert economy.history("top80_industries", "nation").loc["2026-08", "CN"] == 2


def test_the_set_grows_as_the_sum_of_its_parts_on_the_comparable_base(economy):
    # 800 on a base of 700; the other 39 divisions 200 on a base of 150
    assert economy.history("top80_growth", "nation").loc["2026-08", "CN"] == pytest.approx(100 * 100 / 700)
    lead = economy.history("top80_lead", "nation").loc["2026-08", "CN"]
    assert lead == pytest.approx(100 * 100 / 700 - 100 * 50 / 150)


def test_the_set_can_be_computed_again_from_its_observations(economy):
    values = economy.observations.frame["obs_value"].to_numpy()
    for code in ("top80_industries", "top80_growth", "top80_lead", "revenue_concentration"):
        quantity = economy.quantity(code, "nation")
        assert evaluate(quantity.lineage("2026-08", "CN"), values) == pytest.approx(
            quantity.values.loc["2026-08", "CN"]
        )


def test_concentration_is_the_sum_of_squared_shares(economy):
    expected = 0.5**2 + 0.3**2 + 0.1**2 + 38 * (0.1 / 38) ** 2
    assert economy.history("revenue_concentration", "nation").loc["2026-08", "CN"] == pytest.approx(expected)


def test_a_set_is_unknown_where_a_member_is(small, catalogue):
    levels = {"C39": 500.0, "C38": 300.0, "C36": 100.0}
    rates = [one for one in of_divisions(GROWTH, catalogue, {}, 0.0) if one["activity"] != "C38"]
    panel = small(
        REVENUE | {"values": {"2026-08": 1000.0}}, *of_divisions(REVENUE, catalogue, levels, 100 / 38), *rates
    )
    assert np.isnan(panel.history("top80_growth", "nation").loc["2026-08", "CN"])


def test_breadth_counts_the_published(small, catalogue):
    month = {"measure": "value_added_growth", "basis": "month"}
    twenty = catalogue.divisions()[:20]
    panel = small(
        *[month | {"activity": code, "values": {"2026-08": 1.0 if place < 15 else -1.0}}
          for place, code in enumerate(twenty)]
    )  # fmt: skip
    assert panel.history("industry_breadth", "nation").loc["2026-08", "CN"] == 75


def test_the_major_provinces_lead_is_a_difference_of_medians(small, catalogue):
    month = {"measure": "value_added_growth", "basis": "month"}
    major = list(catalogue.major_provinces.index)
    panel = small(
        *[month | {"ref_area": code, "values": {"2026-06": 6.0 if code in major else 2.5}}
          for code in catalogue.provinces()]
    )  # fmt: skip
    assert panel.history("major_provinces_lead", "nation").loc["2026-06", "CN"] == 3.5


def test_the_secondary_sector_of_a_province_is_its_gdp_times_the_share(small, catalogue):
    gdp = {"measure": "gdp", "basis": "year", "freq": "A", "unit": "cny_100m", "activity": "_T"}
    share = gdp | {"measure": "secondary_share_of_gdp", "unit": "pct"}
    provinces = catalogue.provinces()
    panel = small(
        *[gdp | {"ref_area": code, "values": {"2024": 130.0 if code == "440000" else 10.0}} for code in provinces],
        *[share | {"ref_area": code, "values": {"2024": 50.0 if code == "440000" else 10.0}} for code in provinces],
    )
    # 65 of 65 + 30 × 1
    assert panel.history("secondary_share", "region").loc["2024", "440000"] == pytest.approx(100 * 65 / 95)


def test_purchaser_prices_against_producer_prices_across_the_change_of_units(small):
    bought = {"measure": "purchaser_price_index", "basis": "month"}
    sold = {"measure": "ppi", "basis": "month"}
    panel = small(
        bought | {"unit": "index_prev_year_month_100", "values": {"2023-12": 96.2}},
        bought | {"values": {"2024-01": -3.4}},
        sold | {"unit": "index_prev_year_month_100", "values": {"2023-12": 97.3}},
        sold | {"values": {"2024-01": -2.5}},
    )
    squeeze = panel.history("input_price_squeeze", "nation")["CN"]
    assert squeeze.tolist() == [pytest.approx(-1.1), pytest.approx(-0.9)]


def test_set_of_takes_the_largest_until_the_part_is_made():
    import pandas as pd

    shares = pd.DataFrame([[10.0, 60.0, 30.0]], columns=["a", "b", "c"])
    assert stability.set_of(shares, 60).loc[0].tolist() == [False, True, False]
    assert stability.set_of(shares, 61).loc[0].tolist() == [False, True, True]


def test_the_survey_s_price_gap_is_input_less_output_prices(small):
    survey = {"basis": "month", "unit": "index_50", "activity": "C"}
    panel = small(
        survey | {"measure": "pmi_input_prices", "values": {"2026-08": 54.0}},
        survey | {"measure": "pmi_output_prices", "values": {"2026-08": 49.5}},
    )
    assert panel.history("pmi_price_gap", "nation").at["2026-08", "CN"] == pytest.approx(4.5)
