from __future__ import annotations

import pytest

from fourpillars.exhibits import capacity, capacity_warning
from fourpillars.exhibits.snapshots import snapshot

COAL_SECOND_QUARTERS = [72.9, 70.7, 69.6, 73.1, 74.3, 74.5, 72.8, 69.3]


def test_earlier_years_same_quarter_only() -> None:
    assert capacity.same_quarters(snapshot("2026-08"), "B06", "2026-Q2").tolist() == COAL_SECOND_QUARTERS


def test_the_median_of_the_same_quarters_and_the_gap() -> None:
    """The two in the middle are 72.8 and 72.9; 61.2 % is 11.65 points below their mean."""
    data = capacity.against_history(snapshot("2026-08")).data
    coal = data[data["activity"] == "B06"].set_index(["indicator", "time_period"])["value"]
    assert coal["median:capacity_utilization", "2026-Q2"] == pytest.approx(72.85)
    assert coal["capacity_gap", "2026-Q2"] == pytest.approx(-11.65)
    assert (coal["capacity_utilization", "2025-Q2"], coal["capacity_utilization", "2023-Q2"]) == (69.3, 74.5)


@pytest.mark.parametrize(("lang", "said"), [("en", "11 of 15 industries"), ("zh", "15个行业中有11个")])
def test_the_title_counts_who_is_below(lang: str, said: str) -> None:
    assert said in capacity.against_history(snapshot("2026-08", lang)).title


def test_before_there_is_a_past_it_says_so() -> None:
    assert capacity.against_history(snapshot("2019-06")).kind == "text"


def test_the_verdict_and_its_signs_stand_with_their_figures() -> None:
    """Cement, glass and ceramics in 2026-Q2: very low use, prices and profits falling, two quarters of decline."""
    exhibit = capacity_warning.entity(snapshot("2026-08"), "C30")
    assert "Red" in exhibit.title
    assert exhibit.table_html.count("a sign<") == 3
    assert "not known" in exhibit.table_html
    assert any("National Energy Administration" in note and "conventions" in note for note in exhibit.notes)


def test_no_utilisation_no_verdict() -> None:
    exhibit = capacity_warning.entity(snapshot("2026-08", "zh"), "C19")
    assert exhibit.kind == "text"
    assert "不在其中" in exhibit.markdown


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_lists_every_industry_judged(lang: str) -> None:
    exhibit = capacity_warning.table(snapshot("2026-08", lang))
    assert exhibit.table_html.count('scope="row"') == 15
