"""Charts compiled to SVG: the same every time, in our type, on no ground."""

from __future__ import annotations

import json
import re
import subprocess
import sys

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


def test_small_faces_measure_as_the_whole_ones_do() -> None:
    rows = [{"name": name, "value": 1} for name in ("Steel −1.0%", "钢铁冶炼", "镕錢 Ωж")]
    encoding = {"y": {"field": "name"}, "x": {"field": "value", "type": "quantitative"}}
    spec = {"data": {"values": rows}, "mark": "bar", "encoding": encoding, "config": {"font": "Inter, Noto Sans SC"}}
    whole = (
        "import json, sys; from fourpillars.editions.run import charts; from fourpillars.exhibits import fonts; "
        "charts.register_chart_fonts = fonts.register_fonts; print(charts.compile_svg(json.loads(sys.argv[1])))"
    )
    said = subprocess.run([sys.executable, "-c", whole, json.dumps(spec)], capture_output=True, text=True, check=True)
    assert compile_svg(spec) == said.stdout.strip()
