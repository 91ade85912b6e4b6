from __future__ import annotations

import pytest

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits import comparison
from fourpillars.exhibits.snapshots import Snapshot, snapshot

STEEL = ["C31", "C36", "C39"]


@pytest.fixture(scope="module")
def s() -> Snapshot:
    return snapshot("2026-08")


def test_industries_and_provinces_do_not_mix(s: Snapshot) -> None:
    with pytest.raises(FourPillarsError, match="both industries and provinces"):
        comparison.table(s, ["C31"], ["440000"])
    with pytest.raises(FourPillarsError, match="neither"):
        comparison.table(s, [], [])


def test_the_headline_names_the_ends(s: Snapshot) -> None:
    said = comparison.headline(s, STEEL, [])
    # Published for January–August 2026: 1.7, 7.4, 15.7; all industry 5.3.
    assert "from +1.7% in Iron and steel to +15.7% in Electronics; the nation +5.3%" in said.markdown
    plain = said.markdown.replace("\\[", "[").replace("\\]", "]")
    for shown in said.data["shown"]:
        assert shown in plain


def test_a_row_of_the_table_is_of_one_period(s: Snapshot) -> None:
    data = comparison.table(s, STEEL, []).data
    assert data.groupby("indicator")["time_period"].nunique().max() == 1
    growth = data[data["indicator"] == "revenue_growth"].set_index("activity")["shown"]
    assert growth["C31"] == "−1.1"


def test_scores_show_the_chosen_among_all(s: Snapshot) -> None:
    drawn = comparison.scores(s, [], ["440000", "540000"])
    assert drawn.data["ref_area"].nunique() == 31


def test_history_has_a_line_for_each_and_the_nation(s: Snapshot) -> None:
    data = comparison.history(s, STEEL, []).data
    assert set(data["activity"]) == {*STEEL, "B-D"}
    last = data[(data["activity"] == "C31") & (data["time_period"] == "2026-08")]
    assert list(last["value"]) == [-1.1]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("edition", ["2026-08", "2023-11"])
@pytest.mark.parametrize(("activities", "ref_areas"), [(["B12"], []), (["B12", "C39"], []), ([], ["540000"])])
def test_every_exhibit_is_made(edition: str, lang: str, activities: list[str], ref_areas: list[str]) -> None:
    s = snapshot(edition, lang)
    for topic in (
        comparison.headline,
        comparison.scores,
        comparison.heatmap,
        comparison.history,
        comparison.table,
    ):
        assert topic(s, activities, ref_areas).title
