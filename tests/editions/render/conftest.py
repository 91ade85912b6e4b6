"""Small notebooks to render, written out in the tests."""

import json
from pathlib import Path

import pytest

from fourpillars.editions.render.assets import build_assets
from fourpillars.editions.render.document import assemble
from fourpillars.editions.render.page import PageContext
from fourpillars.editions.render.pandoc import convert
from fourpillars.editions.run.typst_text import string

REPORTS = Path(__file__).parents[3] / "reports"
WORDS = {
    "en": {"figure": "Figure", "table": "Table", "callouts": {"note": "Note", "warning": "Warning"}},
    "zh": {"figure": "图", "table": "表", "callouts": {"note": "注记"}},
}
CHARACTERS = "。业，制造钢铁汽车"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>'


def markdown(*lines):
    return {"cell_type": "markdown", "metadata": {}, "source": "\n".join(lines)}


def shown(source, *outputs):
    made = [{"output_type": "display_data", "metadata": {}, "data": {"text/markdown": text}} for text in outputs]
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "source": source, "outputs": made}


def chart(label, caption, alt="A blue bar.", svg=SVG):
    """A labelled chart in the form of the language copy."""
    page = f'<div class="fp-chart"><div class="fp-static" role="img" aria-label="{alt}">{svg}</div></div>'
    paper = f'#box(image(bytes({string(svg)}), format: "svg", alt: {string(alt)}))'
    marker = "<!--| quarto-html-table-processing: none -->"
    output = f"```{{=html}}\n{marker}\n{page}\n```\n\n```{{=typst}}\n{paper}\n```\n"
    return shown(f"#| label: {label}\n#| fig-cap: {json.dumps(caption)}\ndraw()", output)


def notebook(*cells, title="Steel", lang="en"):
    front = {
        "cell_type": "raw",
        "metadata": {},
        "source": f"---\ntitle: {json.dumps(title)}\nlang: {lang}\n---",
    }
    return {"cells": [front, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def body(form, *cells, lang="en"):
    """Convert cells and return the body in 'html' or 'typst'."""
    document = assemble(notebook(*cells, lang=lang))
    return convert(document, [form], WORDS[lang[:2]])[form].body


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The shared files of a site, with few Chinese characters to save time: their folder and names."""
    folder = tmp_path_factory.mktemp("site") / "assets"
    return folder, build_with_few_characters(folder)


def build_with_few_characters(folder):
    """Build the shared files for these few characters; whatever is built later has all of its own again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fourpillars.editions.render.assets.chinese_characters", lambda root: CHARACTERS)
        return build_assets(folder, REPORTS.parent)


@pytest.fixture
def page():
    return PageContext(site_title="Four Pillars", edition="2026-08", lang="en", slug="industry/C31", title="Steel")
