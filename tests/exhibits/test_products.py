from __future__ import annotations

import pytest

from fourpillars.exhibits import products
from fourpillars.exhibits.snapshots import snapshot


def test_growth_is_the_published_rate_of_the_year_so_far() -> None:
    data = products.growth(snapshot("2026-08")).data.set_index("indicator")
    assert data.loc["output_industrial_robots", "value"] == 29.0
    assert data.loc["output_microcomputers", "value"] == -14.7
    assert data.loc["output_industrial_robots", "time_period"] == "2026-08"


@pytest.mark.parametrize(("lang", "said"), [("en", "December 2023"), ("zh", "2023年12月")])
def test_a_series_that_has_ended_is_named(lang: str, said: str) -> None:
    shown = products.growth(snapshot("2026-08", lang))
    assert any(said in note for note in shown.notes)
    assert products.growth(snapshot("2023-11", lang)).data["value"].notna().sum() == 8


def test_without_a_figure_it_says_so() -> None:
    assert products.history(snapshot("2019-03")).kind == "text"
