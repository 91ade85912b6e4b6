"""Light: a page within 400 kB and 150 kB compressed, an edition, every file counted, within its budget."""

from __future__ import annotations

import gzip
from pathlib import Path

RAW, COMPRESSED = 400_000, 150_000
EDITION = 80_000_000


def test_no_page_is_heavier_than_it_may_be(edition: Path) -> None:
    pages = {path: path.read_bytes() for path in sorted(edition.rglob("*.html"))}
    heavy = {
        str(path.relative_to(edition)): (len(page), len(gzip.compress(page, 6)))
        for path, page in pages.items()
        if len(page) > RAW or len(gzip.compress(page, 6)) > COMPRESSED
    }
    assert heavy == {}


def test_an_edition_is_no_heavier_than_it_may_be(edition: Path) -> None:
    assets = edition.parent / "assets"
    files = [path for folder in (edition, assets) for path in folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= EDITION
