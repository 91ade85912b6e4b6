"""The feed of editions: Atom, one a language, an entry for each month with its findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import document_tag

RELEASE = "release.json"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  #: in XML


@dataclass(frozen=True)
class ReleaseNote:
    """What a feed says of a release: edition, number, day of publication, findings by language."""

    edition: str
    release: int
    published: str
    findings: Mapping[str, Sequence[str]]


def write_release_note(tree: Path, note: ReleaseNote) -> None:
    """Write into a release what the feed will say of it."""
    text = json.dumps(asdict(note), ensure_ascii=False, indent=1, sort_keys=True)
    (tree / RELEASE).write_text(text + "\n", encoding="utf-8")


def read_release_notes(folders: Iterable[Path]) -> list[ReleaseNote]:
    """Return the notes of the releases in `folders` that have one."""
    paths = [folder / RELEASE for folder in folders]
    return [ReleaseNote(**json.loads(path.read_text(encoding="utf-8"))) for path in paths if path.is_file()]


def atom(notes: Sequence[ReleaseNote], lang: str, title: str, address: str) -> str:
    """Return the feed of a language, latest edition first.

    Parameters
    ----------
    notes : sequence of ReleaseNote
        The latest edition first; not empty.
    lang : {'en', 'zh'}
    title : str
        The site's.
    address : str
        Where the site is to be found, ending in a slash; with '' addresses are relative to the feed.
    """
    from lxml import etree

    feed = etree.Element("feed", nsmap={None: "http://www.w3.org/2005/Atom"})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", document_tag(lang))
    _add(feed, "id", f"{address}feed.{lang}.xml" if address else f"urn:fourpillars:feed:{lang}")
    _add(feed, "title", title)
    _add(feed, "updated", _moment(max(note.published for note in notes)))
    _add(_add(feed, "author"), "name", title)
    _add(feed, "link", rel="self", href=f"{address}feed.{lang}.xml")
    for note in notes:
        _entry(_add(feed, "entry"), note, lang, title, address)
    text = etree.tostring(feed, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def _entry(entry: Any, note: ReleaseNote, lang: str, title: str, address: str) -> None:
    page = f"{address}{note.edition}.{note.release}/{lang}/index.html"
    _add(entry, "id", page if address else f"urn:fourpillars:{note.edition}.{note.release}:{lang}")
    _add(entry, "title", f"{title} · {period(note.edition, lang)}")
    _add(entry, "updated", _moment(note.published))
    _add(entry, "link", rel="alternate", type="text/html", href=page)
    _add(entry, "summary", "\n".join(note.findings.get(lang, ())))


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    from lxml import etree

    element = etree.SubElement(parent, name, attributes)
    element.text = text and _ILLEGAL.sub("", text)
    return element
