"""Small notebooks and exhibits that several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode, v4

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
MIME = "application/vnd.fourpillars.exhibit+json"


@pytest.fixture
def notebooks() -> Path:
    return NOTEBOOKS


def _row(activity: str, value: float) -> dict:
    return {
        "indicator": "value_added_growth", "ref_area": "CN", "activity": activity, "time_period": "2026-08",
        "value": value, "unit": "pct_yoy", "shown": f"{value:.1f}",
    }  # fmt: skip


@pytest.fixture
def chart() -> dict:
    """A chart whose texts would be markup anywhere."""
    return {
        "id": "fig-growth", "kind": "chart", "lang": "en",
        "title": 'Electronics & *steel* <b>grew</b> by "17.2" % [x] $y$',
        "subtitle": "% on a year earlier & more <i>",
        "alt": 'Bar chart: electronics "17.2" %, steel 1.0 %.',
        "sources": ["S00037"], "source_line": "Bureau & Sons, #panic(1)", "periods": ["2026-08"],
        "notes": ["Steel: </script> none before 2024."],
        "data": [_row("C39", 17.2), _row("C31", 1.0)],
        "vegalite": {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": "container", "height": 100,
            "data": {"values": [{"name": "</script><b>", "value": 17.2}, {"name": "钢铁", "value": 1.0}]},
            "mark": {"type": "bar", "clip": True},
            "encoding": {
                "x": {"field": "value", "type": "quantitative"}, "y": {"field": "name", "type": "nominal"},
            },
        },
    }  # fmt: skip


@pytest.fixture
def table() -> dict:
    return {
        "id": "tbl-growth", "kind": "table", "lang": "en", "title": "All grew", "subtitle": "", "alt": "",
        "sources": ["S00037"], "source_line": "", "periods": ["2026-08"], "notes": [],
        "data": [_row("C39", 17.2)],
        "table_html": '<table class="fp"><thead><tr><th>Industry</th><th class="number">Month</th></tr>'
        '</thead><tbody><tr><th scope="row">A ``` &amp; <b>B</b></th><td class="number">17.2</td></tr>'
        "</tbody></table>",
    }  # fmt: skip


@pytest.fixture
def text() -> dict:
    return {
        "id": "txt-finding", "kind": "text", "lang": "en", "title": "t", "subtitle": "", "alt": "",
        "sources": [], "source_line": "", "periods": [], "notes": [], "data": [],
        "markdown": "Electronics grew **17.2 %** ([@fig-growth]).",
    }  # fmt: skip


def shown(exhibit: dict, source: str = "show(s)") -> NotebookNode:
    """A code cell that has shown an exhibit."""
    data = {MIME: exhibit, "text/html": "<p>alive</p>", "text/plain": exhibit["title"]}
    return v4.new_code_cell(
        source, execution_count=7, outputs=[v4.new_output("execute_result", data=data, execution_count=7)]
    )


def tagged(cell: NotebookNode, *tags: str) -> NotebookNode:
    cell.metadata["tags"] = list(tags)
    return cell


@pytest.fixture
def executed(chart: dict, table: dict, text: dict) -> NotebookNode:
    """A notebook as papermill leaves it: parameters, prose in two languages, three exhibits."""
    cells = [
        tagged(v4.new_markdown_cell("## Growth"), "en"),
        tagged(v4.new_markdown_cell("## 增速"), "zh"),
        v4.new_markdown_cell("::: {.callout-note}\nBoth.\n:::"),
        tagged(v4.new_code_cell('edition: str = ""\nlang: str = "en"\nactivity: str = "C31"'), "parameters"),
        tagged(v4.new_code_cell('edition = "2026-08"\nlang = "en"'), "injected-parameters"),
        v4.new_code_cell("print(1)", outputs=[v4.new_output("stream", name="stdout", text="1\n")]),
        shown(text),
        shown(chart, "#| label: mine\n#| echo: true\nshow(s)"),
        shown(table),
    ]
    metadata = {
        "papermill": {"parameters": {"edition": "2026-08", "lang": "en"}},
        "fourpillars": {
            "title": {"en": "{name}: {edition}", "zh": "{edition}{name}"},
            "description": {"en": 'A "quoted" one', "zh": "样本"},
        },
    }
    return v4.new_notebook(cells=cells, metadata=metadata)
