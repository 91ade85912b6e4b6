"""The words around a report: a project whose own words lack one is told which."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.catalogue.project import find_project
from fourpillars.editions.render.document import Document
from fourpillars.editions.render.page import PageContext
from fourpillars.editions.render.typst import compile_pdf
from fourpillars.editions.render.words import load_words
from fourpillars.errors import FourPillarsError


def test_a_word_that_is_missing_is_named_before_anything_is_compiled() -> None:
    reports: Path = find_project().reports
    words = {name: word for name, word in load_words(reports, "en").items() if name != "on_page"}
    page = PageContext(site_title="", edition="2026-08", lang="en", slug="overview", title="")
    document = Document(title="", lang="en", description="", markdown="", captions={}, metadata={})
    with pytest.raises(FourPillarsError, match=r"words\.yml has no word 'on_page' for 'en'"):
        compile_pdf("", document, page, reports, words)
