"""Texts of an exhibit are data on the page and in Typst: never markup, never the end of their block."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html

from fourpillars.editions.run.exhibit_form import exhibit_markdown

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>a "b" \\ </text></svg>'


def blocks(markdown: str) -> dict[str, str]:
    found = re.findall(r"^(`{3,})\{=(\w+)\}\n(.*?)\n\1$", markdown, re.DOTALL | re.MULTILINE)
    return {form: text for _, form, text in found}


@pytest.fixture
def page(chart):
    return html.fragment_fromstring(blocks(exhibit_markdown(chart, SVG))["html"], create_parent="div")


def test_a_chart_is_two_raw_blocks(chart):
    assert list(blocks(exhibit_markdown(chart, SVG))) == ["html", "typst"]


def test_quarto_is_told_to_leave_tables_alone(chart):
    text = blocks(exhibit_markdown(chart, SVG))["html"]
    assert text.splitlines()[0] == "<!--| quarto-html-table-processing: none -->"


def test_the_static_chart_is_an_image_with_its_text(page, chart):
    (still,) = page.xpath(".//div[@class='fp-chart']/div[@class='fp-static']")
    assert (still.get("role"), still.get("aria-label")) == ("img", chart["alt"])
    assert still.find("svg") is not None


def test_the_specification_survives_as_json(page, chart):
    (script,) = page.xpath('.//script[@class="fp-spec"]')
    assert json.loads(script.text) == chart["vegalite"]


def test_the_data_are_a_table_anyone_can_reach(page):
    (region,) = page.xpath('.//details[@class="fp-data"]/div[@tabindex="0"][@role="region"]')
    assert region.get("aria-label").startswith("Data: Electronics & *steel*")
    rows = [[cell.text_content() for cell in row] for row in region.iter("tr")]
    assert rows == [["Industry", "Value"], ["Electronics", "17.2"], ["Iron and steel", "1.0"]]


def test_subtitle_notes_and_source_are_plain_text(page, chart):
    texts = {
        name: page.xpath(f'.//p[@class="fp-{name}"]')[0].text_content() for name in ("subtitle", "notes", "source")
    }
    assert texts == {
        "subtitle": chart["subtitle"],
        "notes": chart["notes"][0],
        "source": f"Source: {chart['source_line']}",
    }


def test_typst_holds_the_chart_and_its_texts_as_strings(chart):
    typst = blocks(exhibit_markdown(chart, SVG))["typst"]
    assert r'image(bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"' in typst
    assert r"a \"b\" \\ </text></svg>" in typst
    assert r'alt: "Bar chart: electronics \"17.2\" %, steel 1.0 %."' in typst
    assert '"Source: Bureau & Sons, #panic(1)"' in typst


def test_a_fence_is_longer_than_any_run_of_backticks(table):
    markdown = exhibit_markdown(table)
    assert markdown.startswith("````{=html}\n")
    assert list(blocks(markdown)) == ["html", "typst"]
