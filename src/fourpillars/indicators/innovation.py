"""Innovation: research and what comes of it, patents and technology, and the renewal of traditional industry.

Each public function is named by catalogue entries and takes the inputs of one kind of unit. Annual figures of
firms are set against December's year-to-date revenue and average employees of the same year.
"""

from __future__ import annotations

from fourpillars.indicators import transforms
from fourpillars.indicators.inputs import Inputs
from fourpillars.indicators.quantity import Quantity

MONTHS_IN_A_YEAR = 12

# --- value creation -----------------------------------------------------------------------------------------


def rd_intensity(inputs: Inputs) -> Quantity:
    """R&D expenditure as per cent of revenue: as published, else from the two levels of the year."""
    published = inputs.series("rd_intensity", "year", "A", unit="pct_of_revenue")
    computed = 100 * _rd_of_industry(inputs) / _revenue_of_year(inputs)
    return published.otherwise(computed)


def rd_intensity_of_gdp(inputs: Inputs) -> Quantity:
    """R&D expenditure of the whole economy as per cent of GDP: as published, else from the two levels."""
    published = inputs.series("rd_intensity", "year", "A", activity="_T", unit="pct_of_gdp")
    spent = inputs.series("rd_expenditure", "year", "A", activity="_T")
    return published.otherwise(100 * spent / inputs.series("gdp", "year", "A"))


def rd_growth(inputs: Inputs, years: int = 1) -> Quantity:
    """Growth of industry's R&D expenditure over `years`, from the levels ('nominal, coverage changes')."""
    return transforms.nominal_growth(_rd_of_industry(inputs), years)


def new_product_share(inputs: Inputs) -> Quantity:
    """Sales of new products as per cent of revenue."""
    return 100 * inputs.series("new_product_sales_revenue", "year", "A") / _revenue_of_year(inputs)


def new_products_to_secondary(inputs: Inputs) -> Quantity:
    """Sales of new products of a province's industry as per cent of its secondary sector's value added.

    Sales over value added: a proxy that may exceed 100; provinces' revenue is not published here.
    """
    secondary = inputs.series("gdp", "year", "A") * inputs.series("secondary_share_of_gdp", "year", "A") / 100
    return 100 * inputs.series("new_product_sales_revenue", "year", "A") / secondary


def revenue_per_employee(inputs: Inputs) -> Quantity:
    """Revenue per employee a year, CNY 10,000: as published, else 12 / months × revenue / employees."""
    published = inputs.series("revenue_per_employee", "end_of_period")
    revenue = inputs.series("operating_revenue", "ytd")
    yearly = MONTHS_IN_A_YEAR * revenue / transforms.calendar_months(revenue)
    return published.otherwise(yearly / inputs.series("employees_average", "ytd"))


# --- patents and the people behind them ---------------------------------------------------------------------


def patents_per_employee(inputs: Inputs) -> Quantity:
    """Invention patents in force of industrial enterprises per 10,000 employees."""
    return inputs.series("invention_patents_in_force", "year", "A") / _employees_of_year(inputs)


def rd_personnel_share(inputs: Inputs) -> Quantity:
    """R&D personnel of industrial enterprises (full-time equivalent) as per cent of employees."""
    return inputs.series("rd_fte", "year", "A") / _employees_of_year(inputs) / 100


def technology_turnover(inputs: Inputs) -> Quantity:
    """Turnover of a province's technology market as per cent of its GDP."""
    turnover = inputs.series("technology_market_turnover", "year", "A")
    return 100 * turnover / inputs.series("gdp", "year", "A")


def public_science(inputs: Inputs) -> Quantity:
    """Local public expenditure on science and technology as per cent of a province's GDP."""
    spent = inputs.series("fiscal_sci_tech_expenditure", "year", "A")
    return 100 * spent / inputs.series("gdp", "year", "A")


def _rd_of_industry(inputs: Inputs) -> Quantity:
    activity = None if inputs.kind == "industry" else "B-D"
    return inputs.series("rd_expenditure", "year", "A", activity=activity)


def _revenue_of_year(inputs: Inputs) -> Quantity:
    return _december(inputs.series("operating_revenue", "ytd"))


def _employees_of_year(inputs: Inputs) -> Quantity:
    """Average employees of the year, 10,000 persons; for provinces those of all urban units stand in."""
    if inputs.kind == "region":
        return inputs.series("urban_unit_employment", "year", "A")
    return _december(inputs.series("employees_average", "ytd"))


def _december(ytd: Quantity) -> Quantity:
    return ytd.at_ends("A").with_unit(ytd.unit)
