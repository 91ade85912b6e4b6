"""Innovation: values worked by hand."""

from __future__ import annotations

import pytest

RD = {"measure": "rd_expenditure", "basis": "year", "freq": "A", "unit": "cny_100m"}
REVENUE = {"measure": "operating_revenue", "basis": "ytd", "unit": "cny_100m"}
NEW_PRODUCTS = {"measure": "new_product_sales_revenue", "basis": "year", "freq": "A", "unit": "cny_100m"}
EMPLOYEES = {"measure": "employees_average", "basis": "ytd", "unit": "persons_10k"}
PATENTS = {"measure": "invention_patents_in_force", "basis": "year", "freq": "A", "unit": "count"}
GUANGDONG = {"ref_area": "440000"}
GDP = GUANGDONG | {"activity": "_T", "measure": "gdp", "basis": "year", "freq": "A", "unit": "cny_100m"}
URBAN = GDP | {"measure": "urban_unit_employment", "unit": "persons_10k"}


def at(frame, indicator: str, activity: str = "B-D", ref_area: str = "CN"):
    """The one row of an indicator and unit."""
    return frame.query("indicator == @indicator and activity == @activity and ref_area == @ref_area").iloc[0]


def test_rd_intensity_is_as_published_and_else_from_the_levels_of_the_year(small):
    published = {"measure": "rd_intensity", "basis": "year", "freq": "A", "unit": "pct_of_revenue"}
    panel = small(
        RD | {"activity": "C27", "values": {"2022": 20.0, "2024": 30.0}},
        REVENUE | {"activity": "C27", "values": {"2022-06": 400.0, "2022-12": 1000.0, "2024-12": 1000.0}},
        published | {"activity": "C27", "values": {"2024": 2.5}},
    )
    intensity = panel.history("rd_intensity", "industry")["C27"]
    assert intensity["2022"] == pytest.approx(2.0)  # 100 × 20 / 1000, December's revenue and not June's
    assert intensity["2024"] == 2.5  # and not 3.0
    assert panel.explain("rd_intensity", "CN", "C27", "2022").formula == "100 × o1 / o2"


def test_rd_intensity_of_a_province_is_of_gdp_and_of_the_whole_economy(small):
    panel = small(
        RD | GUANGDONG | {"activity": "B-D", "values": {"2022": 30.0}},
        RD | GUANGDONG | {"activity": "_T", "values": {"2022": 44.0}},
        GDP | {"values": {"2022": 2000.0}},
    )
    assert panel.history("rd_intensity_gdp", "region").at["2022", "440000"] == pytest.approx(2.2)


def test_rd_growth_needs_the_year_before_and_over_two_years_bridges_a_gap(small):
    panel = small(RD | {"activity": "C27", "values": {"2021": 80.0, "2022": 100.0, "2024": 121.0}})
    one, two = (panel.history(code, "industry")["C27"] for code in ("rd_growth", "rd_growth_two_years"))
    assert one["2022"] == pytest.approx(25.0)
    assert one[["2023", "2024"]].isna().all()
    assert two["2024"] == pytest.approx(21.0)


def test_rd_growth_of_a_province_is_that_of_its_industry(small):
    panel = small(
        RD | GUANGDONG | {"activity": "B-D", "values": {"2023": 50.0, "2024": 60.0}},
        RD | GUANGDONG | {"activity": "_T", "values": {"2023": 80.0, "2024": 80.0}},
    )
    assert panel.history("rd_growth", "region").at["2024", "440000"] == pytest.approx(20.0)


def test_new_products_are_set_against_the_years_revenue_or_the_secondary_sector(small):
    panel = small(
        NEW_PRODUCTS | {"activity": "C36", "values": {"2022": 250.0}},
        REVENUE | {"activity": "C36", "values": {"2022-11": 900.0, "2022-12": 1000.0}},
        NEW_PRODUCTS | GUANGDONG | {"values": {"2024": 150.0}},
        GDP | {"values": {"2024": 500.0}},
        GDP | {"measure": "secondary_share_of_gdp", "unit": "pct", "values": {"2024": 40.0}},
    )
    assert panel.history("new_product_share", "industry").at["2022", "C36"] == pytest.approx(25.0)
    to_secondary = panel.history("new_products_to_secondary", "region")
    assert to_secondary.at["2024", "440000"] == pytest.approx(75.0)  # 100 × 150 / (500 × 0.4)
    assert at(panel.frame("2026-08"), "new_product_share", ref_area="440000")["reason"] == "no_data"


def test_revenue_per_employee_is_on_a_yearly_basis(small):
    panel = small(
        REVENUE | {"activity": "C39", "values": {"2023-06": 600.0}},
        EMPLOYEES | {"activity": "C39", "values": {"2023-06": 10.0}},
    )
    # 12 / 6 × CNY 60,000 million / 100,000 persons = CNY 1.2 million a person and year
    assert panel.history("revenue_per_employee", "industry").at["2023-06", "C39"] == pytest.approx(120.0)


def test_patents_and_personnel_stand_against_employees_of_industry_or_of_urban_units(small):
    fte = {"measure": "rd_fte", "basis": "year", "freq": "A", "unit": "person_years"}
    panel = small(
        PATENTS | {"activity": "C38", "values": {"2022": 3000.0}},
        fte | {"activity": "C38", "values": {"2022": 15000.0}},
        EMPLOYEES | {"activity": "C38", "values": {"2022-12": 60.0}},
        PATENTS | GUANGDONG | {"values": {"2024": 5000.0}},
        fte | GUANGDONG | {"values": {"2024": 25000.0}},
        URBAN | {"values": {"2024": 250.0}},
    )
    assert panel.history("patents_per_employee", "industry").at["2022", "C38"] == pytest.approx(50.0)
    assert panel.history("rd_personnel_share", "industry").at["2022", "C38"] == pytest.approx(2.5)
    assert panel.history("patents_per_employee", "region").at["2024", "440000"] == pytest.approx(20.0)
    assert panel.history("rd_personnel_share", "region").at["2024", "440000"] == pytest.approx(1.0)


def test_the_technology_market_is_set_against_gdp(small):
    panel = small(
        GDP | {"values": {"2024": 2000.0}},
        GDP | {"measure": "technology_market_turnover", "values": {"2024": 50.0}},
    )
    assert panel.history("technology_turnover", "region").at["2024", "440000"] == pytest.approx(2.5)


def test_high_tech_leads_by_the_difference_of_two_published_rates(small):
    growth = {"measure": "value_added_growth", "basis": "ytd"}
    panel = small(growth | {"values": {"2026-08": 6.2}}, growth | {"activity": "HT", "values": {"2026-08": 9.5}})
    assert panel.history("high_tech_lead", "nation").at["2026-08", "CN"] == pytest.approx(3.3)


@pytest.mark.parametrize(("edition", "status"), [("2025-12", "ok"), ("2026-02", "stale")])
def test_an_annual_survey_is_shown_and_no_longer_scored_after_three_years(small, edition, status):
    share = {"measure": "innovating_enterprises_share", "basis": "year", "freq": "A", "unit": "pct"}
    row = at(
        small(share | {"activity": "C36", "values": {"2022": 60.0}}).frame(edition),
        "innovating_enterprises_share",
        "C36",
    )
    assert (row["status"], row["observed_period"], row["value"]) == (status, "2022", 60.0)


def test_published_and_computed_rd_intensity_of_2024_agree(panel, observations):
    spent = observations.wide("rd_expenditure", freq="A", basis="year", kind="nation").values.at["2024", "CN"]
    revenue = observations.wide("operating_revenue", freq="M", basis="ytd", kind="nation").values
    assert panel.history("rd_intensity", "nation").at["2024", "CN"] == 1.64  # as published
    assert 100 * spent / revenue.at["2024-12", "CN"] == pytest.approx(1.64, abs=0.005)


@pytest.mark.parametrize(("edition", "industries"), [("2026-08", 41), ("2023-11", 41)])
def test_every_division_and_province_has_something_to_be_scored_by(panel, catalogue, edition, industries):
    frame = panel.frame(edition, ["industry", "region"]).query("status == 'ok'")
    for kind, expected in (("industry", industries), ("region", 31)):
        scored = [
            code
            for code, entry in catalogue.indicators.items()
            if entry.pillar == "innovation" and kind in entry.kinds and entry.of(kind).weight
        ]
        column = {"industry": "activity", "region": "ref_area"}[kind]
        units = catalogue.units_of(kind)
        found = frame[frame["indicator"].isin(scored) & frame[column].isin(units)]
        count = found.groupby(column, observed=True).size()
        assert (count >= len(scored) / 2).sum() == expected


def test_inventions_are_a_share_of_the_same_year_s_applications(small):
    annual = {"basis": "year", "freq": "A", "unit": "count", "activity": "C39"}
    panel = small(
        annual | {"measure": "invention_patent_applications", "values": {"2022": 30.0}},
        annual | {"measure": "patent_applications", "values": {"2022": 40.0}},
    )
    assert panel.history("invention_share", "industry").at["2022", "C39"] == pytest.approx(75.0)


def test_public_science_is_over_the_province_s_gdp(small):
    annual = {"ref_area": "330000", "activity": "_T", "basis": "year", "freq": "A", "unit": "cny_100m"}
    panel = small(
        annual | {"measure": "fiscal_sci_tech_expenditure", "values": {"2023": 5.0}},
        annual | {"measure": "gdp", "values": {"2023": 400.0}},
    )
    assert panel.history("sci_tech_expenditure", "region").at["2023", "330000"] == pytest.approx(1.25)
