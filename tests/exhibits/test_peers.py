from __future__ import annotations

import math

import pandas as pd
import pytest

from fourpillars.exhibits import peers
from fourpillars.exhibits.snapshots import snapshot
from fourpillars.indicators.peers import nearest, structure


def test_the_distance_is_the_root_mean_square() -> None:
    table = pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [0.0, 1.0, 0.0]}, index=["x", "y", "z"])
    assert nearest(table, "x").to_dict() == pytest.approx({"y": 1.0, "z": math.sqrt(2)})


def test_only_the_dimensions_of_the_unit_count() -> None:
    table = pd.DataFrame({"a": [0.0, 3.0, 1.0], "b": [math.nan, 9.0, math.nan]}, index=["x", "y", "z"])
    assert nearest(table, "x").to_dict() == {"z": 1.0, "y": 3.0}
    assert nearest(table, "y").empty


def test_ties_stand_in_the_order_of_codes() -> None:
    table = pd.DataFrame({"a": [0.0, 1.0, -1.0]}, index=["x", "z", "y"])
    assert list(nearest(table, "x").index) == ["y", "z"]


def test_a_dimension_counts_where_most_units_have_it() -> None:
    now, then = snapshot("2026-08"), snapshot("2023-11")
    units = now.catalogue.divisions()
    recent = structure(now.frame, now.observations, "industry", units)
    # Exports, liabilities and employees by division end in 2023.
    assert list(recent.columns) == ["revenue_share", "profit_margin", "cost_per_100", "rd_intensity"]
    assert {"export_share", "asset_liability_ratio"} <= set(
        structure(then.frame, then.observations, "industry", units).columns
    )
    assert recent.mean().abs().max() == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("unit", ["C31", "B12", "440000", "540000"])
def test_five_peers_each_with_its_distance(unit: str) -> None:
    table = peers.table(snapshot("2026-08"), unit)
    distances = table.data[table.data["indicator"] == "distance:structure"]
    assert len(distances) == 5
    assert list(distances["value"]) == sorted(distances["value"])
    assert f"{unit}.html" not in table.table_html
