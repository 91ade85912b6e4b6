from __future__ import annotations

import pytest

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.exhibits import explore
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.snapshot import snapshot

pytest.importorskip("ipywidgets")


@pytest.fixture
def panel():
    return explore.panel(snapshot("2026-08"))


def test_it_opens_on_something(panel) -> None:
    assert panel.exhibit.id == "fig-va-growth"
    assert set(panel.exhibit.data["activity"]) == {"C31", "C32", "C25"}
    assert "<svg" in panel.picture.value
    assert "<table" in panel.figures.value


def test_another_indicator_changes_picture_table_and_code(panel) -> None:
    before = panel.picture.value
    panel.pillar.value = "growth"
    panel.indicator.value = "profit_margin"
    assert panel.picture.value != before
    assert panel.exhibit.id == "fig-profit-margin"
    assert panel.code == (
        'import fourpillars.exhibits as fp; s = fp.snapshot("2026-08", "en")\n'
        'fp.explore.lines(s, "profit_margin", "industry", ["C31", "C32", "C25"], since="2021-01")'
    )


def test_the_code_makes_the_same_again(panel) -> None:
    panel.kind.value, panel.chart.value = "region", "ranking"
    first, second = panel.code.split("\n")
    names: dict = {}
    exec(first, names)
    again = eval(second, names)
    assert again.to_json() == panel.exhibit.to_json()


def test_an_indicator_stays_where_the_kind_has_it(panel) -> None:
    panel.indicator.value = "va_growth_month"
    panel.kind.value = "region"
    assert panel.indicator.value == "va_growth_month"
    assert set(panel.exhibit.data["ref_area"]) == {"440000", "320000", "370000"}


def test_units_chosen_for_one_kind_wait_for_its_return(panel) -> None:
    panel.units.value = ("C39",)
    panel.kind.value = "nation"
    assert panel.units.disabled
    panel.kind.value = "industry"
    assert panel.units.value == ("C39",)


def test_a_search_keeps_what_is_chosen(panel) -> None:
    panel.units.value = ("C31",)
    panel.search.value = "AUTO"
    assert [code for _, code in panel.units.options] == ["C31", "C36"]
    assert panel.units.value == ("C31",)
    panel.search.value = "c4"
    assert "C41" in [code for _, code in panel.units.options]


def test_nothing_to_show_is_said_in_a_sentence(panel) -> None:
    panel.units.value = ()
    assert panel.exhibit is None
    assert panel.picture.value == '<p class="fp-said">Choose at least one unit.</p>'
    panel.units.value = ("C31",)
    assert panel.exhibit is not None


def test_an_edition_gets_a_still_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOURPILLARS_STATIC", "1")
    assert isinstance(explore.panel(snapshot("2026-08", "zh")), Exhibit)


def test_the_title_says_the_latest_figures() -> None:
    s = snapshot("2026-08", "zh")
    shown = explore.lines(s, "va_growth", "nation", ["CN"], since="2026-01")
    last = shown.data.iloc[-1]
    assert last["time_period"] == "2026-08"
    assert shown.title == f"规模以上工业增加值增速：全国2026年8月为{last['shown'].removeprefix('+')}"


def test_a_unit_without_figures_is_named() -> None:
    shown = explore.lines(snapshot("2026-08"), "capacity_utilization", "industry", ["C31", "B08"])
    assert shown.notes == ("Nothing is published for Ferrous ore mining.",)


def test_many_units_are_listed_in_part() -> None:
    s = snapshot("2026-08")
    shown = explore.table(s, "profit_margin", "industry", s.catalogue.units_of("industry"))
    assert shown.notes[0] == "35 more units are in the chart only."
    assert shown.table_html.count('scope="col"') == 7


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("va_grwth", "industry", ["C31"]), UnknownNameError, "va_growth"),
        (("va_growth", "industy", ["C31"]), UnknownNameError, "industry"),
        (("va_growth", "industry", ["440000"]), UnknownNameError, "440000"),
        (("capacity_utilization", "industry", ["B08"]), FourPillarsError, "nothing is published"),
        (("pmi", "industry", ["C31"]), FourPillarsError, "not defined for the kind"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(arguments, error, said: str) -> None:
    with pytest.raises(error, match=said):
        explore.lines(snapshot("2026-08"), *arguments)
