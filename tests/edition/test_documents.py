"""Every document of the plan is there, whole, and says nothing a reader should not see."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup

from fourpillars.editions.manifest import Manifest

from .conftest import SAMPLE

REPORTS = 5 + 41 + 31 + 2 + 1
LANGUAGES, FORMATS = 2, 2


def test_every_document_of_the_plan_is_on_disk_as_the_manifest_says(edition: Path, manifest: Manifest) -> None:
    reports = len(SAMPLE) if manifest.preview else REPORTS
    assert len(manifest.documents) == reports * LANGUAGES * FORMATS
    for entry in manifest.documents:
        content = (edition / entry.path).read_bytes()
        assert entry.status == "ok", entry.path
        assert hashlib.sha256(content).hexdigest() == entry.sha256, entry.path


def test_no_page_shows_what_a_program_calls_nothing(edition: Path, leaked: re.Pattern[str]) -> None:
    pages = sorted(edition.rglob("*.html"))
    leaks = {str(page.relative_to(edition)): found.group() for page in pages
             if (found := leaked.search(page.read_text(encoding="utf-8")))}  # fmt: skip
    assert leaks == {}


@pytest.mark.usefixtures("whole")
def test_every_link_inside_the_site_leads_somewhere(site: Path, edition: Path) -> None:
    pages = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "lxml") for path in sorted(edition.rglob("*.html"))}
    anchors = {path.resolve(): {tag["id"] for tag in page.find_all(id=True)} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for tag, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
            for found in page.find_all(tag, **{attribute: True}):
                address, fragment = urldefrag(unquote(found[attribute]))
                if re.match(r"[a-z]+:", address):
                    broken += [(path.name, address)] if tag != "a" else []
                    continue
                target = (path.parent / address).resolve() if address else path.resolve()
                if not target.is_file() or (fragment and fragment not in anchors.get(target, {fragment})):
                    broken.append((str(path.relative_to(edition)), found[attribute]))
    assert broken == []
    assert (site / "index.html").is_file()
