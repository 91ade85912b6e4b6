"""Data is never markup: whatever a text holds, a reader sees just that."""

import html
import json
import re

import pypdfium2
import pytest

from fourpillars.editions.render.embedded import render

from .conftest import REPORTS, chart, markdown, notebook

HOSTILE = [
    "*a* _b_ **c** `d` ~e~ ^f^",
    '#panic("no") #set text(red) $x^2$ @fig-a <fig-a>',
    "</figcaption><script>alert(1)</script><b>bold</b>",
    "[link](javascript:alert) ![image](x.png) {.class}",
    "{{< pagebreak >}} ::: {.callout} :::",
    '"]) #import "x" // comment /* other */ \\ back\\slash',
    "1. First - second + third = fourth",
    "2026. Growth",
    "= Not a heading",
]


def escaped(text):
    """As the language copy escapes captions and found texts."""
    return re.sub(r"([\\`*_{}\[\]<>$#@^~|\"'])", r"\\\1", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_data_is_shown_as_it_is(text, tmp_path, page):
    cells = [markdown(f"Finding: {escaped(text)}"), chart("fig-a", escaped(text), alt="Alt")]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(notebook(*cells, title=text)), encoding="utf-8")
    render(path, page=page, html=tmp_path / "a.html", pdf=tmp_path / "a.pdf", reports=REPORTS)
    written = (tmp_path / "a.html").read_text(encoding="utf-8")
    for start, end in (("<h1>", "</h1>"), ("<p>Finding: ", "</p>"), ('<span class="fp-finding">', "</span>")):
        assert html.unescape(written.split(start)[1].split(end)[0]) == text
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert pdf.get_metadata_value("Title") == text
        seen = re.sub(r"\s", "", pdf[0].get_textpage().get_text_range())
    assert seen.count(re.sub(r"\s", "", text)) == 3
