"""The PDF by Quarto: pandoc on what Quarto's notebook reader makes, with the project's filter and template."""

import json
import re
import subprocess
from types import SimpleNamespace

import pypandoc
import pytest
import typst

from fourpillars.editions.compare import compare_sites
from fourpillars.editions.quarto_paper import SETTINGS, furnish_paper, tell_of_page
from fourpillars.editions.render.document import cell_options
from fourpillars.editions.render.embedded import render
from fourpillars.exhibits.fonts import font_directories

from .conftest import REPORTS, chart, markdown, notebook, shown
from .test_compare_pdf import TALL, TEXT, table

PRELUDE = """
quarto = {{ doc = {{ input_file = "{source}" }}, project = {{ directory = "{project}" }} }}
PANDOC_SCRIPT_FILE = "{project}/{filter}"
return {{ dofile(PANDOC_SCRIPT_FILE) }}
"""
EN = [
    markdown('It\'s "so" -- see [@fig-high], [-@fig-low; @tbl-all].', "", "{{< pagebreak >}}"),
    markdown("## First"),
    markdown("What it shows."),
    chart("fig-high", "Steel's \\*growth\\* by 5.2 %", "High bar", TALL.format("5.2")),
    markdown(f"{TEXT}[A note.]{{.fp-notes}}[^1]", "", "[^1]: A footnote."),
    markdown("## Second {#second}"),
    chart("fig-low", "R&D grew", "Low bar"),
    table("10 thresholds, of each series' *own* \\ past"),
    shown("show()", "Shown **without** a label.\n"),
    markdown("::: {.callout-note title='Read'}\nIn a box, [there](#second).\n:::"),
    markdown("::: {.panel-tabset}\n### One\nfirst\n\n### Two\nsecond\n:::"),
    markdown("::: {.columns}\n::: {.column width='40%'}\nleft\n:::\n::: {.column width='60%'}\nright\n:::\n:::"),
    markdown('::: {.content-visible when-format="typst"}\n::: {.fp-colophon}\n**To cite**: so.\n:::\n:::'),
    markdown('::: {.content-visible when-format="html"}\non the page only\n:::'),
]
ZH = [
    markdown("钢铁增长，", "见[@fig-high]，另见 @tbl-all。"),
    chart("fig-high", "钢铁增长5.2%", "图", TALL.format("5.2")),
    table("所有月份"),
]


def as_quarto_reads(made):
    """Return a notebook as the Markdown that Quarto makes of it; a shortcode as its reader leaves it."""
    parts = []
    for cell in made["cells"]:
        source = cell["source"]
        if cell["cell_type"] != "code":
            parts.append(re.sub(r"({{<.*>}})", r'[]{data-is-shortcode="1" data-raw="\1"}', source))
            continue
        options, outputs = cell_options(source), [o["data"]["text/markdown"] for o in cell["outputs"]]
        label, of_table = options.get("label", ""), "tbl-cap" in options
        caption = options.get("tbl-cap", "").replace("'", "\\'")
        cell_id, output_id = (f"#{label} ", "") if of_table else ("", f"#{label} " if label else "")
        attributes = f" tbl-cap='{caption}'" if of_table else ""
        below = f"\n\n{options['fig-cap']}\n" if "fig-cap" in options else ""
        inner = [f"::: {{{output_id}.cell-output .cell-output-display}}\n{o}{below}\n:::" for o in outputs]
        parts.append(f"::: {{{cell_id}.cell{attributes}}}\n\n" + "\n\n".join(inner) + "\n:::")
    return "\n\n".join(parts)


@pytest.fixture
def by_quarto(tmp_path):
    """Set a notebook as Quarto does in a project furnished for it."""
    project = tmp_path / "project"

    def make(made, page, into):
        ready = SimpleNamespace(project=SimpleNamespace(reports=REPORTS))
        copy = project / page.lang / "industry" / "C31.ipynb"
        copy.parent.mkdir(parents=True)
        copy.write_text(json.dumps(made), encoding="utf-8")
        furnish_paper(project, ready)
        tell_of_page(SimpleNamespace(copy=copy, context=page), ready)
        script = tmp_path / "prelude.lua"
        (settings,) = SETTINGS["filters"]
        script.write_text(PRELUDE.format(source=copy, project=project, filter=settings["path"]))
        source = copy.with_suffix(".typ")
        template = project / SETTINGS["template"]
        read = ["--from", "markdown+east_asian_line_breaks", "--shift-heading-level-by", "-1"]
        write = ["--to", "typst", "--template", template, "--lua-filter", script, "--output", source]
        command = [pypandoc.get_pandoc_path(), *read, *write]
        subprocess.run(command, input=as_quarto_reads(made), text=True, check=True)
        into.parent.mkdir(parents=True)
        standards = SETTINGS["pdf-standard"]
        into.write_bytes(typst.compile(source, root=project, font_paths=font_directories(), pdf_standards=standards))

    return make


@pytest.mark.parametrize(("lang", "cells"), [("en", EN), ("zh-CN", ZH)])
def test_quarto_sets_what_the_embedded_renderer_sets(by_quarto, tmp_path, page, lang, cells):
    from dataclasses import replace

    page = replace(page, lang=lang[:2], correction="Table 1 is corrected.")
    made = notebook(*cells, title="Steel, August 2026", lang=lang)
    name = f"{lang[:2]}/industry/C31.pdf"
    render(made, page=page, pdf=tmp_path / "embedded" / name, reports=REPORTS)
    by_quarto(made, page, tmp_path / "quarto" / name)
    compared = compare_sites(tmp_path / "embedded", tmp_path / "quarto")
    assert [str(difference) for difference in compared.found] == []
