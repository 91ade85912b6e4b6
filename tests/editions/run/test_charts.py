"""Charts compiled to SVG: the same every time, in our type, on no ground."""

from __future__ import annotations

import re

import pytest

from fourpillars.editions.run.charts import compile_svg, finish, spec_hash
from fourpillars.errors import FourPillarsError


@pytest.fixture
def svg(chart):
    return compile_svg(chart["vegalite"])


def test_the_same_chart_gives_the_same_bytes(chart, svg):
    assert compile_svg(chart["vegalite"]) == svg
    assert chart["vegalite"]["width"] == "container"


def test_a_chart_as_wide_as_its_container_gets_the_width_of_a_page(svg):
    assert re.match(r'<svg [^>]*width="624"', svg)


def test_the_ground_is_transparent(svg):
    assert 'fill="white"' not in svg[:400]
    assert 'fill="transparent"' not in svg[:400]


def test_every_text_names_its_weight(svg):
    texts = re.findall(r"<text\b[^>]*>", svg)
    assert texts
    assert all("font-variation-settings:'wght'" in text for text in texts)


def test_ids_are_the_charts_own(chart, svg):
    prefix = f"c{spec_hash(chart['vegalite'])[:8]}-"
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert ids
    assert all(name.startswith(prefix) for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)


def test_labels_are_text_not_markup(svg):
    assert "&lt;/script&gt;&lt;b&gt;" in svg
    assert "钢铁" in svg


@pytest.mark.parametrize(
    ("given", "finished"),
    [
        (
            '<svg><text x="9">a</text></svg>',
            "<svg><text x=\"9\" style=\"font-variation-settings:'wght' 400\">a</text></svg>",
        ),
        (
            '<svg><text style="a:1;" font-weight="600">a</text></svg>',
            "<svg><text font-weight=\"600\" style=\"a:1;font-variation-settings:'wght' 600\">a</text></svg>",
        ),
        ('<svg><g id="a" clip-path="url(#a)"/></svg>', '<svg><g id="p-0" clip-path="url(#p-0)"/></svg>'),
    ],
)  # fmt: skip
def test_finishing(given, finished):
    assert finish(given, "p-") == finished


def test_a_chart_that_cannot_be_compiled_says_so():
    with pytest.raises(FourPillarsError, match="could not be compiled"):
        compile_svg({"mark": {"type": "no such mark"}, "encoding": 3})


def test_labels_are_measured_in_the_brands_type():
    """A Chinese character is as wide as the type is high, so three more of them make a chart three times wider."""

    def width(name: str) -> float:
        label = {"labelFontSize": 12, "labelLimit": 0}
        encoding = {"y": {"field": "name", "axis": label}, "x": {"field": "value", "type": "quantitative"}}
        spec = {"data": {"values": [{"name": name, "value": 1}]}, "mark": "bar", "encoding": encoding, "width": 90}
        svg = compile_svg({**spec, "config": {"font": "Inter, Noto Sans SC"}})
        return float(re.search(r'width="([\d.]+)"', svg)[1])

    assert width("钢铁冶炼加工") - width("钢铁冶") == 3 * 12


@pytest.mark.parametrize("address", ["https://statistics.example/a.csv", "file:///etc/hosts"])
def test_nothing_is_fetched(address):
    with pytest.raises(FourPillarsError, match="could not be compiled"):
        compile_svg({"data": {"url": address}, "mark": "bar", "encoding": {"x": {"field": "a"}}})
