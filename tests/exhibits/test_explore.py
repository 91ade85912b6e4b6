from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.exhibits import explore
from fourpillars.exhibits.explore_panel import StillPanel
from fourpillars.exhibits.explore_rows import beside_rows
from fourpillars.exhibits.explore_take import csv_of, take_html
from fourpillars.exhibits.live import VEGA
from fourpillars.exhibits.snapshots import Snapshot, snapshot

pytest.importorskip("ipywidgets")


@pytest.fixture
def panel():
    return explore.panel(snapshot("2026-08"))


def test_it_opens_on_something(panel) -> None:
    assert panel.exhibit.id == "fig-va-growth"
    assert set(panel.exhibit.data["activity"]) == {"C31", "C32", "C25"}
    assert [next(iter(output["data"])) for output in panel.picture.outputs] == ["text/html", VEGA, "text/html"]
    assert "<table" in panel.figures.value
    assert "data:text/csv" in panel.take.value


def test_another_indicator_changes_picture_table_and_code(panel) -> None:
    before = panel.picture.outputs
    panel.pillar.value = "growth"
    panel.indicator.value = "profit_margin"
    assert panel.picture.outputs != before
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
    assert said(panel) == '<p class="fp-said">Choose at least one unit.</p>'
    assert (panel.take.value, panel.figures.value, len(panel.frame)) == ("", "", 0)
    panel.units.value = ("C31",)
    assert panel.exhibit is not None


def said(panel) -> str:
    (output,) = panel.picture.outputs
    return output["data"]["text/html"]


def test_a_period_and_a_comparison_are_in_picture_table_frame_and_code(panel) -> None:
    panel.units.value = ("C31",)
    panel.between.value = ("2024-02", "2025-12")
    panel.against.value = "median"
    assert panel.code.endswith('"industry", ["C31"], since="2024-02", until="2025-12", against="median")')
    assert set(panel.exhibit.data["time_period"]) == set(panel.frame.index)
    assert (panel.frame.index[0], panel.frame.index[-1]) == ("2024-02", "2025-12")
    assert list(panel.frame.columns) == ["Iron and steel", "Median"]
    assert panel.frame.columns.name == "Value-added growth, %"
    assert "Median</th>" in panel.figures.value


def test_a_median_is_of_all_units_published_and_says_of_how_many() -> None:
    s = snapshot("2026-08")
    rows = beside_rows(s, "profit_margin", "industry", "median", pd.DataFrame(), "2026-08")
    every = s.panel.history("profit_margin", "industry").loc["2026-08"]
    assert rows["value"].tolist() == [pytest.approx(every.median())]
    assert rows["name"].tolist() == [f"Median of {every.notna().sum()}"]


def test_the_nation_stands_beside_where_it_has_a_figure() -> None:
    s = snapshot("2026-08")
    shown = explore.lines(s, "va_growth", "industry", ["C31"], since="2026-08", against="nation")
    assert shown.data["activity"].tolist() == ["C31", "B-D"]


def test_a_month_is_not_held_against_the_year_so_far() -> None:
    s = snapshot("2026-08")
    alone = explore.lines(s, "va_growth", "region", ["440000"], since="2026-01", against="nation")
    assert set(alone.data["ref_area"]) == {"440000"}
    assert alone.notes == ("There is no like figure of the nation to compare with.",)
    beside = explore.lines(s, "va_growth_month", "region", ["440000"], since="2026-01", against="nation")
    assert set(beside.data["ref_area"]) == {"440000", "CN"}


def test_what_is_saved_is_no_formula_and_names_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    s = snapshot("2026-08", "zh")
    shown = explore.lines(s, "profit_margin", "industry", ["C31"], since="2026-08")
    monkeypatch.setattr(Snapshot, "name", lambda *_, **__: '=HYPERLINK("x")<b>')
    head, row = csv.reader(io.StringIO(csv_of(s, shown).decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True))["name"] == '\'=HYPERLINK("x")<b>'
    assert 'x")<b>' not in take_html(s, shown, s.name("C31"))


def test_with_nobody_before_it_there_is_a_still_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOURPILLARS_UNATTENDED", "1")
    shown = explore.panel(snapshot("2026-08", "zh"))
    assert isinstance(shown, StillPanel)
    assert "<svg" in shown._repr_mimebundle_()["text/html"]
    assert shown.frame.columns.name == "增加值增速（%）"
    assert "fp.explore.lines" in shown.code


def test_the_title_says_the_latest_figures() -> None:
    s = snapshot("2026-08", "zh")
    shown = explore.lines(s, "va_growth", "nation", ["CN"], since="2026-01")
    last = shown.data.iloc[-1]
    assert last["time_period"] == "2026-08"
    assert shown.title == f"规模以上工业增加值增速：全国2026年1—8月为{last['shown'].removeprefix('+')}"


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
