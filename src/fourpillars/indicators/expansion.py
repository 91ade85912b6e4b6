"""Expansion: effective demand, supply and demand in step, new products, projects, and trade.

Each public function is named by catalogue entries and takes the inputs of one kind of unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourpillars.indicators import stability, transforms
from fourpillars.indicators.inputs import Inputs
from fourpillars.indicators.quantity import Quantity

# --- effective demand ---------------------------------------------------------------------------------------


def momentum(inputs: Inputs, of: str, months: int = 3, least: int = 2) -> Quantity:
    """Mean of the latest months of another indicator less the mean of the months before."""
    return transforms.momentum(inputs.indicator(of), months, least)


def real_revenue_growth(inputs: Inputs) -> Quantity:
    """Growth of revenue without the change of producer prices, per cent, year to date: a measure of volume
    sold."""
    revenue = inputs.series("operating_revenue_growth", "ytd")
    prices = stability.price_change(inputs, "ppi", "ytd")
    return 100 * ((1 + revenue / 100) / (1 + prices / 100) - 1)


def retail_growth_of_products(inputs: Inputs, groups: Mapping[str, Sequence[str]]) -> Quantity:
    """Growth of retail sales of the goods a division makes, year to date: the median of its categories.

    `groups` names the retail categories by division.
    """
    return _median_of_items(inputs, "retail_sales_growth", groups)


def retail_gap(inputs: Inputs, of: str) -> Quantity:
    """Growth of the retail sales of a division's goods less the growth of its revenue, in percentage
    points."""
    return inputs.indicator(of) - inputs.series("operating_revenue_growth", "ytd")


# --- supply and demand in step ------------------------------------------------------------------------------


def inventory_gap(inputs: Inputs) -> Quantity:
    """Growth of finished-goods inventories less growth of revenue, in percentage points."""
    return stability.growth_gap(
        inputs, "finished_goods_inventory_growth", "operating_revenue_growth", faster_basis="end_of_period"
    )


def inventory_days(inputs: Inputs) -> Quantity:
    """Days of finished goods in stock: as published, else from the month-ends and operating cost."""
    published = inputs.series("finished_goods_turnover_days", "end_of_period")
    stock = inputs.series("finished_goods_inventory", "end_of_period")
    own = transforms.turnover_days(stock, inputs.series("operating_cost", "ytd"))
    return published.otherwise(own)


def inventory_days_change(inputs: Inputs) -> Quantity:
    """Change of the days of finished goods in stock on a year earlier, on the comparable base, in days."""
    stock = inputs.series("finished_goods_inventory", "end_of_period")
    cost = inputs.series("operating_cost", "ytd")
    stock_then = transforms.comparable_base(stock, inputs.series("finished_goods_inventory_growth", "end_of_period"))
    cost_then = transforms.comparable_base(cost, inputs.series("operating_cost_growth", "ytd"))
    return transforms.turnover_days(stock, cost) - transforms.turnover_days(stock_then, cost_then)


# --- new products -------------------------------------------------------------------------------------------


def products_growth(inputs: Inputs, items: Sequence[str], how: str = "median", least: int = 3) -> Quantity:
    """Growth of the output of several products at once, year to date: their median, or the share that
    grows."""
    series = {item: inputs.series("output_growth", "ytd", item=item) for item in items}
    present = {item: quantity for item, quantity in series.items() if not quantity.empty}
    if not present:
        return inputs.nothing("pct_yoy")
    return Quantity.beside(present).across(how, list(present), least=least)


def output_growth_of_products(inputs: Inputs, groups: Mapping[str, Sequence[str]]) -> Quantity:
    """Growth of the output of the products a division makes, year to date: the median of its products."""
    return _median_of_items(inputs, "output_growth", groups)


def _median_of_items(inputs: Inputs, measure: str, groups: Mapping[str, Sequence[str]]) -> Quantity:
    nation = inputs.of_kind("nation")
    medians = {}
    for division, items in groups.items():
        series = {item: nation.series(measure, "ytd", item=item) for item in items}
        present = {item: quantity for item, quantity in series.items() if not quantity.empty}
        if present:
            medians[division] = Quantity.beside(present).across("median", list(present), least=1)
    return Quantity.beside(medians) if medians else inputs.nothing("pct_yoy")


# --- trade --------------------------------------------------------------------------------------------------


def nominal_growth(inputs: Inputs, measure: str, basis: str = "year", freq: str = "A") -> Quantity:
    """Growth between two published levels of a measure that has no published growth rate ('nominal')."""
    return transforms.nominal_growth(inputs.series(measure, basis, freq), 1)
