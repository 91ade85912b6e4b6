"""PDFs compared: what they say counts, not on which page and under which heads it stands."""

import re
import shutil

import pikepdf
import pytest
import typst as typst_package

from fourpillars.editions.compare import compare_sites
from fourpillars.editions.pdf_text import tagged_pieces
from fourpillars.editions.render import typst
from fourpillars.editions.render.embedded import render
from fourpillars.editions.render.page import PageContext
from fourpillars.editions.run.exhibit_form import cell_options

from .conftest import REPORTS, chart, markdown, notebook, shown

TALL = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="500"><text x="9" y="90">{}</text></svg>'
TEXT = "Output in key industries grew by 5.2 % on a year earlier, at enterprises by 3.1 %, in provinces by 2.4 %. " * 9
ROWS = ", ".join(f'"{month}", "{month / 10}"' for month in range(1, 90))


def section(number, text=TEXT, table=" and [@tbl-all]"):
    return [
        markdown(f"## Section {number}", "", f"What section {number} shows."),
        chart(f"fig-{number}", f"Finding {number}: it's _so_", f"Bar {number}", TALL.format(number)),
        markdown(f"{text} See [@fig-{number}]{table}."),
    ]


def table(title="All months"):
    paper = f'#table(columns: 2, table.header("Month of the year", "Growth"), {ROWS})'
    head = cell_options({"id": "tbl-all", "title": title, "kind": "table"})
    return shown(f"{head}\ntable()", f"```{{=typst}}\n{paper}\n```\n")


WHOLE = [*section(1), *section(2), *section(3), table()]


@pytest.fixture
def wide(tmp_path):
    """The same look on other paper: larger type, always a list of contents, other heads, figures where they are
    written."""
    reports = tmp_path / "wide"
    shutil.copytree(REPORTS / "brand", reports / "brand")
    shutil.copytree(REPORTS / "templates", reports / "templates")
    path = reports / "templates" / "report.typ"
    look = path.read_text()
    for here, there in (
        ('paper: "a4"', 'paper: "a3"'),
        ("size: 10pt, fill: colours.ink", "size: 13pt, fill: colours.ink"),
        ("\n  title-block()\n", "\n  title-block()\n  table-of-contents(3)\n"),
        ("placement: if floats != none and not in-place { auto }", "placement: none"),
        ("page-data.edition-line,\n    fill-in", '"Printed large",\n    fill-in'),
    ):
        assert here in look
        look = look.replace(here, there)
    path.write_text(look)
    return reports


@pytest.fixture
def differences(tmp_path, page):
    """Return what differs between the PDF of `WHOLE` and one of other cells or another look."""

    def compare(cells=WHOLE, reports=REPORTS):
        for name, some, look in (("one", WHOLE, REPORTS), ("other", cells, reports)):
            made = notebook(*some, title="Steel, August 2026")
            render(made, page=page, pdf=tmp_path / name / "en" / "steel.pdf", reports=look)
        return {one.what: (one.first, one.second) for one in compare_sites(tmp_path / "one", tmp_path / "other").found}

    return compare


def test_another_layout_says_the_same(differences, wide, tmp_path):
    assert differences(reports=wide) == {}
    said = [piece.text for piece in tagged_pieces(tmp_path / "one" / "en" / "steel.pdf")]
    assert "Figure\xa01, on page …" in said
    assert not any("Contents" in text or re.search(r"\d of \d", text) for text in said)
    assert said.count("Month of the year") == 1


def test_a_changed_number_is_named(differences):
    cells = [*section(1), *section(2, TEXT.replace("3.1 %", "3.2 %", 1)), *section(3), table()]
    found = differences(cells)
    assert set(found) == {"text", "numbers"}
    assert found["text"] == ("3.1", "3.2")


def test_sections_in_another_order_are_named(differences):
    found = differences([*section(2), *section(1), *section(3), table()])
    assert found["order"][0] != found["order"][1]
    assert "Section" in "".join(found["order"])


def test_a_missing_caption_or_exhibit_is_named(differences):
    assert "All months" in differences([*section(1), *section(2), *section(3), table("")])["captions"][0]
    cells = [*section(1), *section(2)[:1], markdown(f"{TEXT} See [@tbl-all]."), *section(3), table()]
    assert "Figure 2 Finding 2: it’s so" in differences(cells)["captions"][0]


def test_without_tags_the_words_count(tmp_path, page):
    for name, growth in (("one", "5.2 %"), ("same", "5.2 %"), ("other", "5.3 %")):
        made = notebook(*section(1, TEXT.replace("5.2 %", growth, 1), table=""), title="Steel, August 2026")
        path = tmp_path / name / "en" / "steel.pdf"
        render(made, page=page, pdf=path, reports=REPORTS)
        if name != "one":
            with pikepdf.open(path, allow_overwriting_input=True) as pdf:
                del pdf.Root.StructTreeRoot
                pdf.save(path)
    assert compare_sites(tmp_path / "one", tmp_path / "same").found == ()
    text, numbers = compare_sites(tmp_path / "same", tmp_path / "other").found
    assert (text.what, numbers.first, numbers.second) == ("text", "5.2", "5.3")


class Fragile:
    """A compiler that ends so where figures float, as Typst does in some layouts."""

    def __init__(self, compiler):
        self.compiler = compiler

    def compile(self, **how):
        if "sys_inputs" in how and "in-place" not in how["sys_inputs"]["page"]:
            error = typst_package.TypstError()
            error.message, error.hints = "internal error: parent group", []
            raise error
        return self.compiler.compile(**how)


def test_figures_that_cannot_float_stay_where_they_are_written(tmp_path, monkeypatch):
    made = notebook(*WHOLE, title="Steel, August 2026")
    page = PageContext(site_title="", edition="2026-08", lang="en", slug="steel", title="")
    render(made, page=page, pdf=tmp_path / "floats" / "en" / "steel.pdf", reports=REPORTS)
    monkeypatch.setattr(typst, "compiler", lambda reports, compiler=typst.compiler: Fragile(compiler(reports)))
    render(made, page=page, pdf=tmp_path / "stays" / "en" / "steel.pdf", reports=REPORTS)
    found = compare_sites(tmp_path / "floats", tmp_path / "stays").found
    assert [(one.what, one.first) for one in found][:1] == [("text", "Figure 1, on page …")]
    assert {one.what for one in found} == {"text", "numbers"}  # neither captions nor order
