"""The figures behind a chart: a grid where two things vary, a list where more do."""

from __future__ import annotations

from lxml import html

from fourpillars.editions.run.data_table import MOST_ROWS, data_table

HEADS = {
    "activity": "Industry",
    "ref_area": "Province",
    "indicator": "Indicator",
    "time_period": "Period",
    "value": "Value",
}


def row(activity="C31", time_period="2026-08", shown="1.0", indicator="growth", ref_area="CN", value=1.0):
    return {
        "activity": activity, "time_period": time_period, "shown": shown, "indicator": indicator,
        "ref_area": ref_area, "value": value,
    }  # fmt: skip


def cells(rows):
    table = html.fragment_fromstring(data_table(rows, HEADS, lambda dimension, code: f"{dimension[0]}:{code}"))
    return [[cell.text_content() for cell in line] for line in table.iter("tr")]


def test_one_thing_varies():
    assert cells([row("C31"), row("C36", shown="8.7")]) == [
        ["Industry", "Value"], ["a:C31", "1.0"], ["a:C36", "8.7"],
    ]  # fmt: skip


def test_two_things_make_a_grid_with_the_fewer_across():
    rows = [
        row("C31", "2026-07", "1"),
        row("C31", "2026-08", "2"),
        row("C31", "2026-06", "0"),
        row("C36", "2026-08", "9"),
    ]
    assert cells(rows) == [
        ["Period", "a:C31", "a:C36"], ["t:2026-07", "1", ""], ["t:2026-08", "2", "9"], ["t:2026-06", "0", ""],
    ]  # fmt: skip


def test_three_things_make_a_grid_where_it_is_full():
    rows = [
        row(activity, period, f"{activity} {period} {indicator}", indicator)
        for period in ("2026-06", "2026-07", "2026-08")
        for activity in ("C31", "C36")
        for indicator in ("a", "b")
    ]
    assert cells(rows)[:2] == [
        ["Period", "a:C31 · i:a", "a:C31 · i:b", "a:C36 · i:a", "a:C36 · i:b"],
        ["t:2026-06", "C31 2026-06 a", "C31 2026-06 b", "C36 2026-06 a", "C36 2026-06 b"],
    ]


def test_a_row_leads_where_a_click_in_the_chart_does():
    table = data_table([row("C31"), row("C36")], HEADS, lambda d, code: code, {"C31": 'industry/C31.html?"'})
    assert '<th scope="row"><a href="industry/C31.html?&quot;">C31</a></th>' in table
    assert '<th scope="row">C36</th>' in table


def test_three_things_make_a_list():
    rows = [row("C31", "2026-07", indicator="a"), row("C36", "2026-08", indicator="b")]
    assert cells(rows)[0] == ["Industry", "Indicator", "Period", "Value"]


def test_two_values_for_one_place_make_a_list():
    rows = [row("C31", "2026-07", "1"), row("C36", "2026-08", "2"), row("C36", "2026-08", "3")]
    assert cells(rows)[1:] == [
        ["a:C31", "t:2026-07", "1"],
        ["a:C36", "t:2026-08", "2"],
        ["a:C36", "t:2026-08", "3"],
    ]


def test_names_are_escaped_and_a_missing_text_falls_back_on_the_value():
    table = data_table([row(shown="", value=None)], HEADS, lambda dimension, code: "<b>&")
    assert '<th scope="row">&lt;b&gt;&amp;</th><td></td>' in table


def test_very_long_lists_are_cut():
    assert len(cells([row(f"C{i}") for i in range(MOST_ROWS + 50)])) == MOST_ROWS + 1


def test_no_data_no_table():
    assert data_table([], HEADS, str) == ""
