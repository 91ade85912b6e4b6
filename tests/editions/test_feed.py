from __future__ import annotations

from pathlib import Path

from lxml import etree

from fourpillars.editions.feed import ReleaseNote, atom, read_release_notes, write_release_note

NEW = ReleaseNote("2026-08", 2, "2026-09-20", {"en": ["R&D <grew>."], "zh": ["研发增长。"]})
OLD = ReleaseNote("2023-11", 1, "2026-09-01", {"en": [], "zh": []})
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def test_a_note_comes_back_as_written_and_a_release_without_one_is_passed_over(tmp_path: Path) -> None:
    write_release_note(tmp_path, NEW)
    (tmp_path / "other").mkdir()
    assert read_release_notes([tmp_path, tmp_path / "other"]) == [NEW]


def test_a_feed_has_an_entry_for_each_edition_and_its_text_is_no_markup() -> None:
    feed = etree.fromstring(atom([NEW, OLD], "en", "Pillars", "https://a.example/").encode())
    assert feed.xpath("a:entry/a:title/text()", namespaces=NAMES) == [
        "Pillars · August 2026",
        "Pillars · November 2023",
    ]
    assert feed.xpath("a:entry/a:id/text()", namespaces=NAMES)[0] == "https://a.example/2026-08.2/en/index.html"
    assert feed.xpath("string(a:updated)", namespaces=NAMES) == "2026-09-20T00:00:00Z"
    assert feed.xpath("string(a:entry/a:summary)", namespaces=NAMES) == "R&D <grew>."


def test_without_an_address_links_are_relative_and_ids_are_names() -> None:
    feed = etree.fromstring(atom([NEW], "zh", "支柱", "").encode())
    assert feed.xpath("a:entry/a:link/@href", namespaces=NAMES) == ["2026-08.2/zh/index.html"]
    assert feed.xpath("string(a:entry/a:id)", namespaces=NAMES) == "urn:fourpillars:2026-08.2:zh"
