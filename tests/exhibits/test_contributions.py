from __future__ import annotations

import pytest

from fourpillars.exhibits import contributions
from fourpillars.exhibits.snapshots import snapshot


def value(exhibit, indicator: str, activity: str) -> float:
    rows = exhibit.data[(exhibit.data["indicator"] == indicator) & (exhibit.data["activity"] == activity)]
    return rows["value"].iloc[0]


def test_a_contribution_is_on_the_comparable_base() -> None:
    """Electronics, January to November 2023: revenue 135,304 at −1.8 %; all industry 1,200,360 at +1 %."""
    shown = contributions.bars(snapshot("2023-11"), "operating_revenue")
    by_hand = 100 * (135304 - 135304 / 0.982) / (1200360 / 1.01)
    assert value(shown, "revenue_contribution", "C39") == pytest.approx(by_hand)


def test_the_bars_and_the_rest_add_up_to_the_growth_of_the_total() -> None:
    shown = contributions.bars(snapshot("2026-08"), "operating_revenue").data
    parts = shown[shown["indicator"].isin(["revenue_contribution", "sum:revenue_contribution"])]
    assert len(parts) == 2 * contributions.EACH_END + 1
    assert parts["value"].sum() == pytest.approx(6.6, abs=0.05)
    assert value(contributions.bars(snapshot("2026-08"), "operating_revenue"), "revenue_growth", "B-D") == 6.6


@pytest.mark.parametrize(("lang", "said"), [("en", "fell by 4.4%"), ("zh", "下降4.4%")])
def test_profit_that_fell_is_said_to_have_fallen(lang: str, said: str) -> None:
    assert said in contributions.bars(snapshot("2023-11", lang), "total_profit").title


def test_an_industry_without_a_rate_is_named() -> None:
    """Petroleum made a loss in 2025, so that no growth of its profit is published."""
    notes = contributions.bars(snapshot("2026-08"), "total_profit").notes
    assert any("Petroleum and coal fuels" in note and "loss the year before" in note for note in notes)


@pytest.mark.parametrize("edition", ["2026-08", "2023-11"])
def test_the_set_makes_eighty_percent_and_no_smaller_set_does(edition: str) -> None:
    data = contributions.eighty_percent(snapshot(edition)).data
    size = int(data.loc[data["indicator"] == "top80_industries", "value"].iloc[0])
    shares = data.loc[data["indicator"] == "revenue_share", "value"]
    assert len(shares) == size
    assert shares.sum() >= 80 > shares.sum() - shares.min()
