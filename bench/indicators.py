"""How fast are the indicators? The whole panel since 2018, and a plain loop over some of them beside it.

Run by hand: ``OPENBLAS_NUM_THREADS=1 python bench/indicators.py`` (writes into bench/results.json).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from measured import keep

from fourpillars.catalogue import Catalogue, load_catalogue
from fourpillars.catalogue.project import find_project
from fourpillars.indicators import Panel, compute
from fourpillars.observations import Observations, load_observations

LOOPED = ("profit_margin", "revenue_growth", "revenue_volatility", "margin_change")
"""Indicators the plain loop makes, cell by cell, as a script would: the same numbers."""


def seconds(function: Callable[[], object]) -> tuple[float, object]:
    """Return how long a call takes, and what it gives."""
    start = time.perf_counter()
    found = function()
    return time.perf_counter() - start, found


def whole(observations: Observations, catalogue: Catalogue) -> Panel:
    """Compute every indicator for every unit of its kinds and every period."""
    panel = compute(observations, catalogue)
    for code, indicator in catalogue.indicators.items():
        for kind in indicator.kinds:
            panel.history(code, kind)
    return panel


def loop(frame: pd.DataFrame, units: list[str]) -> dict[str, pd.DataFrame]:
    """Make four indicators for every division and month by looking each cell up in the long table."""
    np.seterr(divide="ignore", invalid="ignore")
    key = ["measure", "activity", "time_period"]
    own = frame[(frame["ref_area"].astype(str) == "CN") & (frame["ownership"].astype(str) == "")]
    own = own[own["basis"].astype(str) == "ytd"]
    cells = own[[*key, "obs_value"]].itertuples(index=False)
    value = {tuple(map(str, cell[:3])): np.float64(cell[3]) for cell in cells}
    months = [str(month) for month in pd.period_range("2018-01", max(month for *_, month in value), freq="M")]
    made: dict[str, dict[str, list[float]]] = {name: {} for name in LOOPED}
    for unit in units:

        def at(measure: str, month: str, unit: str = unit) -> float:
            return value.get((measure, unit, month), np.nan)

        growth = [at("operating_revenue_growth", month) for month in months]
        made["revenue_growth"][unit] = growth
        made["profit_margin"][unit] = [
            100 * at("total_profit", month) / at("operating_revenue", month) for month in months
        ]
        made["revenue_volatility"][unit] = [
            pd.Series(growth[max(0, place - 11) : place + 1]).std() for place in range(len(months))
        ]
        made["margin_change"][unit] = [
            100
            * (
                at("total_profit", month) / at("operating_revenue", month)
                - at("total_profit", month)
                / (1 + at("total_profit_growth", month) / 100)
                / (at("operating_revenue", month) / (1 + at("operating_revenue_growth", month) / 100))
            )
            for month in months
        ]
    return {name: pd.DataFrame(columns, index=months) for name, columns in made.items()}


def main() -> None:
    """Measure, check that both ways agree, print, and write the results."""
    root = find_project()
    catalogue, observations = load_catalogue(root), load_observations(root)
    fast, panel = seconds(lambda: whole(observations, catalogue))
    cells = sum(panel.history(code, kind).size for code, entry in catalogue.indicators.items() for kind in entry.kinds)
    few, _ = seconds(lambda: [compute(observations, catalogue).history(code, "industry") for code in LOOPED])
    slow, plain = seconds(lambda: loop(observations.frame, catalogue.units_of("industry")))
    margin = panel.history("profit_margin", "industry")
    margin = margin.set_axis(margin.index.astype(str)).reindex(plain["profit_margin"].index)
    gap = float((margin - plain["profit_margin"]).abs().max().max())
    keep("indicators", {
        "indicators": len(catalogue.indicators), "cells": int(cells), "whole_panel_seconds": round(fast, 2),
        "four_indicators_seconds": round(few, 3), "four_in_a_plain_loop_seconds": round(slow, 2),
        "largest_difference": gap,
    })  # fmt: skip


if __name__ == "__main__":
    main()
