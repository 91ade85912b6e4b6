"""Every document of the plan is there, whole, and says nothing a reader should not see."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html

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
    is_file = cache(os.path.isfile)
    pages = {path: html.fromstring(path.read_bytes()) for path in sorted(edition.resolve().rglob("*.html"))}
    anchors = {str(path): set(page.xpath("//@id")) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for found in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            address, fragment = urldefrag(unquote(found))
            if re.match(r"[a-z]+:", address):
                broken += [(path.name, address)] if found.getparent().tag != "a" else []
                continue
            target = os.path.normpath(f"{path.parent}/{address}") if address else str(path)
            if not is_file(target) or (fragment and fragment not in anchors.get(target, {fragment})):
                broken.append((str(path), str(found)))
    assert broken == []
    assert (site / "index.html").is_file()
