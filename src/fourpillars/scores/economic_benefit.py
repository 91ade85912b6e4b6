"""The economic-benefit index of industrial enterprises, as China's statistics bureau makes it (1998).

Seven indicators, each over its national standard value times its weight. The asset–liability ratio is
turned round: full marks up to its standard of 60 %, none at 100 %. 100 is an enterprise sector at every
standard.

The bureau's own text of the rule is not at hand. Weights, standards and the rule for debts are those in
general use, checked against what a bureau printed: nine of ten columns that Guangdong published for 2004 and
2011 follow from the indicators beside them within rounding (tests/published). The bureau no longer publishes
the index, and several of the indicators no longer appear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from fourpillars.scores.aggregate import Aggregate
from fourpillars.scores.errors import ScoresError, listed
from fourpillars.scores.framework import Framework
from fourpillars.scores.rank import Rank
from fourpillars.scores.recipe import Recipe
from fourpillars.scores.step import Context, Stage

ECONOMIC_BENEFIT = pd.DataFrame(
    [
        ("total_asset_contribution_rate", "Contribution rate of total assets (%)", 20, 10.7),
        ("capital_preservation_rate", "Rate of capital preservation and appreciation (%)", 16, 120.0),
        ("asset_liability_ratio", "Asset–liability ratio (%)", 12, 60.0),
        ("current_asset_turnover", "Turnover of current assets (times a year)", 15, 1.52),
        ("cost_profit_rate", "Profit on costs and expenses (%)", 14, 3.71),
        ("labour_productivity", "Labour productivity (yuan of value added a person)", 10, 16500.0),
        ("product_sales_rate", "Product sales rate (%)", 13, 96.0),
    ],
    columns=["code", "name", "weight", "target"],
)


@dataclass(frozen=True)
class StandardValues:
    """Normalise by standard values: 100 × x / standard (the framework's `target`).

    Parameters
    ----------
    falling : Mapping[str, float]
        Indicators of which less is better, with the value that earns nothing: 100 × (limit − x) / (limit −
        standard), at most 100.
    capped : tuple of str
        Indicators held at 100.
    floor : float, optional
        The least score of any indicator; None lets scores fall below zero.

    Examples
    --------
    >>> framework = Framework(pd.DataFrame({"code": ["debts"], "target": [60.0]}))
    >>> data = pd.DataFrame({"debts": [50.0, 80.0, 100.0]})
    >>> step = StandardValues(falling={"debts": 100.0})
    >>> step.apply(data, Context(framework, data)).values["debts"].tolist()
    [100.0, 50.0, 0.0]
    """

    falling: Mapping[str, float] = field(default_factory=dict)
    capped: tuple[str, ...] = ()
    floor: float | None = None

    def apply(self, values: pd.DataFrame, context: Context) -> Stage:
        """Return each value over its standard, times 100."""
        standard = context.framework.table["target"][values.columns]
        bad = list(standard.index[~(standard > 0)])
        if bad:
            raise ScoresError(f"No standard value above 0 for {listed(bad)}.", hint="Give it as `target`.")
        result = {}
        for code in values.columns:
            if code in self.falling:
                limit = self.falling[code]
                result[code] = (100 * (limit - values[code]) / (limit - standard[code])).clip(upper=100.0)
            else:
                score = 100 * values[code] / standard[code]
                result[code] = score.clip(upper=100.0) if code in self.capped else score
        frame = pd.DataFrame(result, index=values.index)
        return Stage(frame if self.floor is None else frame.clip(lower=self.floor))


def economic_benefit(standards: Mapping[str, float] | None = None) -> tuple[Framework, Recipe]:
    """Return the framework and recipe of the economic-benefit index.

    Parameters
    ----------
    standards : Mapping[str, float], optional
        Other standard values by indicator.

    Examples
    --------
    Enterprises at every standard have 100; with twice the labour productivity, 110:

    >>> from fourpillars.scores import build
    >>> framework, recipe = economic_benefit()
    >>> standard = ECONOMIC_BENEFIT.set_index("code")["target"]
    >>> data = pd.DataFrame([standard, standard.mask(standard.index == "labour_productivity", 33000.0)])
    >>> build(data.reset_index(drop=True), framework, recipe).scores["economic_benefit"].round(6).tolist()
    [100.0, 110.0]
    """
    table = ECONOMIC_BENEFIT.assign(parent="economic_benefit", level=1)
    table["target"] = [
        (standards or {}).get(code, value) for code, value in zip(table["code"], table["target"], strict=True)
    ]
    top = pd.DataFrame([{"code": "economic_benefit", "name": "Economic-benefit index", "level": 2}])
    falling = {"asset_liability_ratio": 100.0}
    recipe = Recipe(normalise=StandardValues(falling=falling), aggregate=Aggregate("arithmetic"), rank=Rank(decimals=2))
    return Framework(pd.concat([table, top], ignore_index=True)), recipe
