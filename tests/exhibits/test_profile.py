from __future__ import annotations

import re

import pytest

from fourpillars.exhibits import lights, position, profile, targets
from fourpillars.exhibits.figures import figures, nation_rows
from fourpillars.exhibits.markdown import literal
from fourpillars.exhibits.snapshots import Snapshot, snapshot

FORBIDDEN = re.compile(r"(?<![A-Za-z])(nan|NaN|NaT|None|inf|undefined|null)(?![A-Za-z])")


@pytest.fixture(scope="module")
def s() -> Snapshot:
    return snapshot("2026-08")


def row_of(s: Snapshot, unit: str, indicator: str) -> dict:
    return figures(s, unit).set_index("indicator").loc[indicator].to_dict()


def test_the_rank_counts_the_units_of_the_same_period(s: Snapshot) -> None:
    # The release of August 2026 names 20 divisions; 16 grew faster than iron and steel's 1.7.
    found = row_of(s, "C31", "va_growth")
    assert (found["value"], found["place"], found["of"]) == (1.7, 17, 20)
    assert (found["low"], found["high"]) == (-3.0, 15.7)


def test_less_is_better_ranks_the_least_first(s: Snapshot) -> None:
    # 100 × 46993.8 / 49288.6 is the highest cost of all 41 per 100 yuan of revenue.
    found = row_of(s, "C31", "cost_per_100")
    assert found["value"] == pytest.approx(95.344, abs=1e-3)
    assert (found["place"], found["of"]) == (41, 41)


def test_an_indicator_without_a_better_direction_has_no_rank(s: Snapshot) -> None:
    assert row_of(s, "C31", "producer_prices")["place"] != row_of(s, "C31", "producer_prices")["place"]


def test_the_nation_is_left_out_where_its_basis_differs(s: Snapshot) -> None:
    # Guangdong's 3.2 of June is the month's; the nation's rate of the same code is the year's so far.
    rows = figures(s, "440000")
    national = nation_rows(s, rows).set_index("indicator")["value"]
    assert national["va_growth"] != national["va_growth"]
    assert national["va_growth_month"] == national["va_growth_month"]


def test_the_headline_holds_its_figures_in_its_data(s: Snapshot) -> None:
    said = profile.headline(s, "C31")
    for shown in said.data["shown"]:
        assert literal(shown) in said.markdown or shown in said.markdown
    for figure in ("+1.7%", "+5.3%", "−62.4%", "0.60%", "17 of 20"):
        assert figure in said.markdown


def test_a_margin_is_of_the_year_so_far(s: Snapshot) -> None:
    # 294.3 / 49288.6 = 0.597 %
    assert "0.60% in January–August 2026" in profile.headline(s, "C31").markdown


def test_series_that_ended_are_named_with_their_last_period_not_listed(s: Snapshot) -> None:
    table = profile.table(s, "B12")
    assert any("Value-added growth" in note and "December 2023" in note for note in table.notes)
    assert "Value-added growth" not in table.table_html


def test_ended_series_are_drawn_last(s: Snapshot) -> None:
    drawn = list(dict.fromkeys(profile.history(s, "C31").data["indicator"]))
    assert drawn.index("va_growth") < drawn.index("export_growth")


def test_targets_of_steel_are_those_of_its_plan(s: Snapshot) -> None:
    data = targets.entity(s, "C31").data.set_index("indicator")
    assert data.at["target:T001", "shown"] == "about 4%"
    # 2024 ended at 4.0 where more than 4 was asked.
    assert data.at["distance:T028", "value"] == pytest.approx(0.0)
    assert "actual:T002" not in data.index


def test_a_target_issued_later_is_not_known() -> None:
    earlier = targets.known(snapshot("2023-11"))
    assert "T027" in set(earlier["target_id"])
    assert "T001" not in set(earlier["target_id"])


def test_a_unit_without_targets_says_so(s: Snapshot) -> None:
    assert targets.entity(s, "B12").kind == "text"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("edition", ["2026-08", "2023-11"])
@pytest.mark.parametrize("unit", ["B12", "C39", "D46", "540000", "310000"])
def test_every_exhibit_of_a_unit_is_made(edition: str, lang: str, unit: str) -> None:
    s = snapshot(edition, lang)
    made = [
        topic(s, unit)
        for topic in (
            profile.headline,
            profile.table,
            profile.history,
            position.position,
            position.spine,
            lights.strip,
            targets.entity,
        )
    ]
    for exhibit in made:
        said = [exhibit.title, exhibit.alt, exhibit.table_html or "", exhibit.markdown or "", *exhibit.notes]
        assert not FORBIDDEN.search(" ".join([*said, *exhibit.data["shown"]])), exhibit.id


def test_the_strip_has_everyone_and_the_rank_of_one(s: Snapshot) -> None:
    drawn = position.position(s, "C31")
    assert drawn.data[drawn.data["indicator"] == "stability"]["activity"].nunique() == 41
    assert set(drawn.data[drawn.data["indicator"].str.startswith("rank:")]["activity"]) == {"C31"}


def test_a_quarter_lights_its_three_months(s: Snapshot) -> None:
    data = lights.strip(s, "C31").data
    assert "2026-Q2" in set(data[data["indicator"] == "capacity_utilization"]["time_period"])
