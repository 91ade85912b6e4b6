"""Growth: enterprises and their cash flow, profit, capacity, and the price war.

Each public function is named by catalogue entries and takes the inputs of one kind of unit.
"""

from __future__ import annotations

from fourpillars.indicators import expansion, stability, transforms
from fourpillars.indicators.inputs import Inputs
from fourpillars.indicators.quantity import Quantity

QUARTER_ENDS = (3, 6, 9, 12)
MONTHS_WITH_ACCOUNTS = range(2, 13)
WHOLE_HISTORY = 80
"""Quarters of history looked back on: twenty years, more than is published."""

# --- nurturing enterprises ----------------------------------------------------------------------------------


def enterprises_growth(inputs: Inputs) -> Quantity:
    """Growth of the number of enterprises on the same month a year earlier, from the published numbers.

    There is no published rate; enterprises that cross the size threshold change the coverage.
    """
    return transforms.nominal_growth(inputs.series("enterprises", "end_of_period"), 12)


def annual_growth(inputs: Inputs, measure: str) -> Quantity:
    """Growth on the year before of a measure known only by its levels ('nominal, coverage changes')."""
    return transforms.nominal_growth(inputs.series(measure, "year", "A"), 1)


# --- cash flow ----------------------------------------------------------------------------------------------


def receivable_days(inputs: Inputs) -> Quantity:
    """Days receivables stand for: as published, else 30 × months × mean of the month-ends / revenue."""
    published = inputs.series("receivables_collection_days", "end_of_period")
    receivable = inputs.series("accounts_receivable", "end_of_period")
    return published.otherwise(transforms.turnover_days(receivable, inputs.series("operating_revenue", "ytd")))


def receivable_days_change(inputs: Inputs) -> Quantity:
    """Change of receivable days on a year earlier, receivables and revenue on the comparable base."""
    receivable = inputs.series("accounts_receivable", "end_of_period")
    revenue = inputs.series("operating_revenue", "ytd")
    receivable_then = transforms.comparable_base(
        receivable, inputs.series("accounts_receivable_growth", "end_of_period")
    )
    revenue_then = transforms.comparable_base(revenue, inputs.series("operating_revenue_growth", "ytd"))
    return transforms.turnover_days(receivable, revenue) - transforms.turnover_days(receivable_then, revenue_then)


def asset_liability_ratio(inputs: Inputs) -> Quantity:
    """Liabilities as per cent of assets: as published, else from the two levels."""
    published = inputs.series("asset_liability_ratio", "end_of_period")
    liabilities = inputs.series("total_liabilities", "end_of_period")
    return published.otherwise(100 * liabilities / inputs.series("total_assets", "end_of_period"))


# --- profit -------------------------------------------------------------------------------------------------


def change_per_revenue(inputs: Inputs, measure: str) -> Quantity:
    """Change on a year earlier of a flow per 100 yuan of revenue, both on the comparable base.

    With profit the change of the margin in percentage points, with cost that of cost per 100 yuan. Missing
    where the base of profit was a loss, for which no growth rate is published.
    """
    return transforms.ratio_change(
        inputs.series(measure, "ytd"), inputs.series(f"{measure}_growth", "ytd"),
        inputs.series("operating_revenue", "ytd"), inputs.series("operating_revenue_growth", "ytd"), 100,
    )  # fmt: skip


def return_on_assets(inputs: Inputs) -> Quantity:
    """Profit of the year so far, scaled to twelve months, as per cent of the year's mean month-end assets."""
    assets, profit = inputs.series("total_assets", "end_of_period"), inputs.series("total_profit", "ytd")
    yearly = 12 * profit / transforms.calendar_months(assets)
    return (100 * yearly / transforms.mean_so_far(assets)).with_unit("pct")


def loss_depth(inputs: Inputs) -> Quantity:
    """Losses of the enterprises that lose as per cent of the profits of those that earn.

    The earners' profits are total profit, which is net, plus the losses.
    """
    losses = inputs.series("total_losses", "ytd")
    return 100 * losses / (inputs.series("total_profit", "ytd") + losses)


# --- capacity -----------------------------------------------------------------------------------------------


def capacity_gap(inputs: Inputs, least: int = 3) -> Quantity:
    """Capacity utilisation less the median of the same quarter in all earlier years, in percentage points.

    The median, so that the first quarter of 2020 does not lower the yardstick; `least` earlier years or more.
    """
    utilisation = inputs.series("capacity_utilization", "quarter", "Q")
    return (utilisation - _same_quarter_before(utilisation, least)).with_unit("pp")


def quarters_in_decline(inputs: Inputs, window: int = 20, least: int = 4) -> Quantity:
    """How many quarters in a row utilisation was published as below a year earlier (of the last `window`)."""
    change = inputs.series("capacity_utilization_change", "quarter", "Q")
    return change.rolling(window, "run_negative", least=least).with_unit("count")


def _same_quarter_before(utilisation: Quantity, least: int) -> Quantity:
    medians = [
        utilisation.only_months([end])
        .rolling(WHOLE_HISTORY, "median", least=least, at_gaps=True)
        .lag(1)
        .only_months([end])
        for end in QUARTER_ENDS
    ]
    before = medians[0]
    for median in medians[1:]:
        before = before.otherwise(median)
    return before


# --- 'zero-sum' competition ---------------------------------------------------------------------------------


def price_war(inputs: Inputs) -> Quantity:
    """Signs of a price war, 0 to 3, year to date.

    0 while producer prices do not fall; else 1, plus 1 where volume grows, plus 1 where the profit margin
    shrinks on the comparable base.
    """
    falling = stability.price_change(inputs, "ppi", "ytd").map("negative")
    grows = volume_growth(inputs).map("positive")
    shrinks = change_per_revenue(inputs, "total_profit").map("negative")
    signs = falling * (1 + grows + shrinks)
    none = falling.where(falling.values == 0).only_months(MONTHS_WITH_ACCOUNTS)
    return signs.otherwise(none).with_unit("count")


def volume_growth(inputs: Inputs) -> Quantity:
    """Growth of volume, year to date: real value added as published, else revenue without producer prices."""
    return inputs.series("value_added_growth", "ytd").otherwise(expansion.real_revenue_growth(inputs))
