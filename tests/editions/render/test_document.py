import pytest

from fourpillars.editions.render.document import assemble, bracket_references, read_document
from fourpillars.errors import FourPillarsError

from .conftest import chart, markdown, notebook, shown


def test_cells_follow_each_other_and_code_is_left_out():
    document = assemble(notebook(markdown("One."), shown("x = 1"), markdown("Two.")))
    assert document.markdown == "One.\n\nTwo.\n"


def test_a_labelled_output_becomes_a_div_and_its_caption_is_kept():
    document = assemble(notebook(shown('#| label: tbl-a\n#| tbl-cap: "A: *b*"\nx', "| a |\n|---|\n| 1 |\n")))
    assert document.markdown == "::: {#tbl-a .fp-exhibit}\n\n| a |\n|---|\n| 1 |\n\n\n:::\n"
    assert document.captions == {"tbl-a": "A: *b*"}


def test_source_as_a_list_of_lines_is_the_same():
    cells = notebook({"cell_type": "markdown", "metadata": {}, "source": ["## A\n", "b"]})
    assert assemble(cells).markdown == "## A\nb\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("见@fig-a。", "见[@fig-a]。"),
        ("见@fig-a和@tbl-b。", "见[@fig-a]和[@tbl-b]。"),
        ("@fig-a显示", "[@fig-a]显示"),
        ("见[@fig-a]。", "见[@fig-a]。"),
        ("see @fig-a.", "see @fig-a."),
        (r"钢\@fig-a", r"钢\@fig-a"),
        ("`钢@fig-a`", "`钢@fig-a`"),
        ("a@fig-a钢", "a@fig-a钢"),
    ],
)
def test_references_beside_chinese_characters_get_brackets(written, read):
    assert bracket_references(written) == read


def test_a_title_is_required():
    with pytest.raises(FourPillarsError, match="no title"):
        assemble({"cells": [markdown("## A")]})


def test_an_error_output_is_refused():
    cell = shown("1/0")
    cell["outputs"] = [{"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero"}]
    with pytest.raises(FourPillarsError, match="Cell 1 ended with ZeroDivisionError: division by zero"):
        assemble(notebook(cell))


def test_a_label_used_twice_is_refused():
    with pytest.raises(FourPillarsError, match="'fig-a' is used twice"):
        assemble(notebook(chart("fig-a", "A"), chart("fig-a", "B")))


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "broken.ipynb"
    path.write_text("{")
    with pytest.raises(FourPillarsError, match=r"broken\.ipynb is not a readable notebook"):
        read_document(path)
