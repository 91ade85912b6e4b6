from __future__ import annotations

import pytest

from fourpillars.exhibits import pricewar
from fourpillars.exhibits.snapshots import snapshot


@pytest.mark.parametrize(("edition", "count"), [("2026-08", 10), ("2023-11", 10)])
def test_every_industry_listed_has_falling_prices(edition: str, count: int) -> None:
    shown = pricewar.table(snapshot(edition))
    prices = shown.data[shown.data["indicator"] == "ppi"]
    assert len(prices) >= count
    assert prices["shown"].str.startswith("−").all()
    signals = shown.data[shown.data["indicator"] == "price_war"]
    assert (signals["value"] == 3).sum() == count


def test_those_with_all_three_signs_have_them() -> None:
    data = pricewar.table(snapshot("2026-08")).data
    strong = set(data.loc[(data["indicator"] == "price_war") & (data["value"] == 3), "activity"])
    margins = data[(data["indicator"] == "margin_change") & data["activity"].isin(strong)]
    volumes = data[data["indicator"].isin(["va_growth", "real_revenue_growth"]) & data["activity"].isin(strong)]
    assert len(margins) == len(volumes) == len(strong)
    assert (margins["value"] < 0).all()
    assert (volumes["value"] > 0).all()
