import json
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from fourpillars.editions.render.embedded import render
from fourpillars.editions.render.page import Group
from fourpillars.editions.render.policy import POLICY, declared
from fourpillars.errors import FourPillarsError

from .conftest import REPORTS, chart, markdown, notebook

CELLS = {
    "en": [
        markdown("Steel grew ([@fig-a])."),
        markdown("## Growth"),
        chart("fig-a", "Steel grew by 1.0 %", "Bar: 1.0 %"),
    ],
    "zh-CN": [
        markdown("钢铁增长（见[@fig-a]）。"),
        markdown("## 增速"),
        chart("fig-a", "钢铁增长1.0%", "条形图：1.0%"),
    ],
}


@pytest.fixture
def made(tmp_path, page):
    def make(lang="en", name="a", cells=None, **changes):
        source = tmp_path / f"{name}.ipynb"
        title = "Steel, August 2026" if lang == "en" else "2026年8月钢铁"
        source.write_text(json.dumps(notebook(*(cells or CELLS[lang]), title=title, lang=lang)), encoding="utf-8")
        html, pdf = tmp_path / f"{name}.html", tmp_path / f"{name}.pdf"
        render(source, page=replace(page, lang=lang[:2], **changes), html=html, pdf=pdf, reports=REPORTS)
        return html, pdf

    return make


@pytest.mark.parametrize(("lang", "title"), [("en", "Steel, August 2026"), ("zh-CN", "2026年8月钢铁")])
def test_the_pdf_is_tagged_and_says_what_it_is(made, lang, title):
    _, path = made(lang, published=date(2026, 9, 20), keywords=("C31", "steel"))
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Lang == lang
        assert pdf.Root.MarkInfo.Marked
        assert pdf.docinfo["/Title"] == title
        assert pdf.docinfo["/Author"] == "Four Pillars"
        assert pdf.docinfo["/Keywords"] == "C31, steel"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260920")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        metadata = pdf.open_metadata()
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == (
            "1",
            "2",
            "A",
        )
        alternatives = {str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}
    assert alternatives & {"Bar: 1.0 %", "条形图：1.0%"}


def test_the_pdf_has_real_text_and_embedded_fonts(made):
    _, path = made("zh-CN")
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert "2026年8月钢铁" in text
    assert "钢铁增长1.0%" in text
    assert "第1页，共1页" in text
    with pikepdf.open(path) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_equal_inputs_give_equal_bytes(made, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    first, second = made(name="one"), made(name="two")
    assert first[0].read_bytes() == second[0].read_bytes()
    assert first[1].read_bytes() == second[1].read_bytes()


def test_source_date_epoch_dates_the_page(made, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 2026-09-21 14:13:20 UTC
    html, pdf = made()
    assert "Published 21 September 2026" in html.read_text(encoding="utf-8")
    with pikepdf.open(pdf) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260921")


def test_the_page_finds_its_neighbours(made):
    html, _ = made(
        root="../../../", languages={"en": "", "zh": "../../zh/industry/C31.html"}, pdf="C31.pdf",
        navigation=(Group("industries", "Industries", (("industry/C31", "Steel"), ("industry/C32", "R&D"))),),
        next=("industry/C32", "R&D"), correction="Revenue was revised.", missing=("Coal",), release=2,
    )  # fmt: skip
    text = html.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert '<a class="skip" href="#main">Skip to content</a>' in text
    assert '<a href="../../zh/industry/C31.html" hreflang="zh-CN" lang="zh-CN">中文</a>' in text
    assert 'href="C31.pdf"' in text
    assert '<a class="next" rel="next" href="../industry/C32.html"><span>Next</span> R&amp;D</a>' in text
    assert "Revenue was revised." in text
    assert "<li>Coal</li>" in text
    assert "August 2026 · Release 2" in text


def test_a_page_asks_for_nothing_outside_and_runs_no_inline_script(made):
    text = made(root="../", assets={"style": "site.1.css", "charts": "charts.1.js", "vega": "vega.1.js"})[0].read_text()
    assert "://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert '<script defer src="../assets/charts.1.js"></script>' in text
    assert "<script>" not in text
    assert declared(text) == POLICY
    assert text.index("Content-Security-Policy") < text.index("<title>")


def test_what_fails_is_named_and_leaves_nothing_behind(made, tmp_path):
    with pytest.raises(FourPillarsError, match=r"bad\.ipynb: There is no figure or table 'fig-x'"):
        made(name="bad", cells=[markdown("[@fig-x]")])
    assert not (tmp_path / "bad.html").exists()
    assert not (tmp_path / "bad.pdf").exists()


def test_a_skipped_heading_level_fails_the_pdf(made):
    with pytest.raises(FourPillarsError, match="heading"):
        made(name="skip", cells=[markdown("## A", "", "#### B")])


def test_a_glyph_no_font_has_fails_the_pdf(made):
    with pytest.raises(FourPillarsError, match="Typst"):
        made(name="glyph", cells=[markdown("\U0001f9ff")])
