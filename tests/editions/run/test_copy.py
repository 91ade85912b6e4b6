"""The copy in one language has the form both renderers read."""

from __future__ import annotations

import json

import nbformat
import pytest
import yaml
from nbformat import v4

from fourpillars.editions.run.copy import language_copy
from fourpillars.errors import FourPillarsError

MIME = "application/vnd.fourpillars.exhibit+json"
SVGS = {"fig-growth": "<svg width='9'></svg>"}


@pytest.fixture
def copied(executed):
    return language_copy(executed, "en", SVGS)


def test_the_first_cell_says_title_language_and_description(copied):
    first = copied.cells[0]
    assert first.cell_type == "raw"
    assert first.source.startswith("---\n")
    assert first.source.endswith("\n---")
    assert yaml.safe_load(first.source.strip("-")) == {
        "title": "Smelting and pressing of ferrous metals: August 2026",
        "lang": "en",
        "description": r"A \"quoted\" one",  # Quarto reads it as Markdown
    }


def test_only_the_prose_of_the_language_and_of_none_stays(copied):
    assert [cell.source for cell in copied.cells if cell.cell_type == "markdown"] == [
        "## Growth",
        "::: {.callout-note}\nBoth.\n:::",
        "Electronics grew **17.2 %** ([@fig-growth]).",
    ]


def test_a_heading_named_by_a_span_is_named_as_quarto_writes_it(executed):
    executed.cells[1] = v4.new_markdown_cell('## <span id="scores">Scores</span>\n\nA <span id="b">b</span>.')
    copied = language_copy(executed, "en", SVGS)
    assert '## Scores {#scores}\n\nA <span id="b">b</span>.' in [cell.source for cell in copied.cells]


def test_cells_without_exhibits_leave_nothing(copied):
    assert [cell.source.splitlines()[0] for cell in copied.cells if cell.cell_type == "code"] == [
        "#| label: fig-growth",
        "#| label: tbl-growth",
    ]


def test_ids_are_by_position_and_metadata_is_empty(copied):
    assert [cell.id for cell in copied.cells] == [f"cell-{i:02d}" for i in range(6)]
    assert all(cell.metadata == {} for cell in copied.cells)


def test_a_figure_has_label_caption_and_alternative_text(copied):
    source = copied.cells[4].source
    options = yaml.safe_load("\n".join(line[3:] for line in source.splitlines() if line.startswith("#| ")))
    assert options == {
        "label": "fig-growth",
        "fig-cap": r"Electronics & \*steel\* \<b\>grew\</b\> by \"17.2\" % \[x\] \$y\$",
        "fig-alt": 'Bar chart: electronics "17.2" %, steel 1.0 %.',
    }
    assert source.splitlines()[-1] == "show(s)"


def test_an_exhibit_is_one_output_without_html(copied):
    (output,) = copied.cells[4].outputs
    assert output.output_type == "display_data"
    assert sorted(output.data) == [MIME, "text/markdown", "text/plain"]
    assert output.metadata == {}


def test_it_is_a_valid_notebook_written_as_lists_of_lines(copied, tmp_path):
    path = tmp_path / "copy.ipynb"
    nbformat.write(copied, path)
    nbformat.validate(nbformat.read(path, 4))
    assert isinstance(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"], list)


def test_equal_notebooks_give_equal_bytes(executed, copied):
    executed.cells[5].metadata["papermill"] = {"start_time": "2026-11-22T21:00:00"}
    executed.metadata["papermill"]["duration"] = 3.2
    assert nbformat.writes(language_copy(executed, "en", SVGS)) == nbformat.writes(copied)


def test_chinese_is_tagged_for_mainland_china(executed):
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                output.data[MIME]["lang"] = "zh"
    copied = language_copy(executed, "zh", SVGS)
    assert "lang: zh-CN" in copied.cells[0].source.splitlines()
    assert 'title: "2026年8月黑色金属冶炼和压延加工业"' in copied.cells[0].source.splitlines()
    assert copied.cells[1].source == "## 增速"


def test_a_given_title_replaces_the_notebooks(executed):
    assert 'title: "Other"' in language_copy(executed, "en", SVGS, title="Other").cells[0].source


def test_an_exhibit_in_another_language_is_refused(executed):
    with pytest.raises(FourPillarsError, match="is in 'en', the document in 'zh'"):
        language_copy(executed, "zh", SVGS)


def test_a_chart_without_svg_is_refused(executed):
    with pytest.raises(FourPillarsError, match="'fig-growth' was not compiled"):
        language_copy(executed, "en", {})


def test_an_error_stops_the_document(executed):
    executed.cells[5].outputs = [v4.new_output("error", ename="E", evalue="x", traceback=[])]
    with pytest.raises(FourPillarsError, match="ended with E"):
        language_copy(executed, "en", SVGS)


def test_a_notebook_without_title_is_refused(executed):
    del executed.metadata["fourpillars"]
    with pytest.raises(FourPillarsError, match="no title"):
        language_copy(executed, "en", SVGS)
