"""Every PDF: its title and sources as text, fonts inside, no missing glyph, tagged, in its language."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2

from fourpillars.editions.manifest import Manifest

SOURCES = {"en": "Source", "zh": "来源"}
CITED = {"en": "To cite", "zh": "引用格式"}


def squeezed(text: str) -> str:
    """Return a text without its line breaks and spaces: a PDF wraps where it must."""
    return re.sub(r"\s+", "", text)


def test_every_pdf_holds_its_title_and_sources_and_no_hole(
    edition: Path, manifest: Manifest, leaked: re.Pattern[str]
) -> None:
    problems = []
    for entry in (entry for entry in manifest.documents if entry.format == "pdf"):
        document = pypdfium2.PdfDocument(edition / entry.path)
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        problems += [f"{entry.path}: no title"] * (squeezed(entry.title) not in squeezed(text))
        problems += [f"{entry.path}: no sources"] * (SOURCES[entry.lang] not in text)
        if not manifest.preview:
            problems += [f"{entry.path}: not how to cite it"] * (CITED[entry.lang] not in text)
            address = f"{manifest.edition}.{entry.release}/{entry.lang}/{entry.slug}.html"
            problems += [f"{entry.path}: no permanent address"] * (address not in squeezed(text))
        problems += [f"{entry.path}: a missing glyph"] * ("\ufffd" in text)
        problems += [f"{entry.path}: {found.group()}" for found in [leaked.search(text)] if found]
    assert problems == []


def test_every_pdf_is_tagged_titled_and_carries_its_fonts(edition: Path, manifest: Manifest) -> None:
    problems = []
    for entry in (entry for entry in manifest.documents if entry.format == "pdf"):
        with pikepdf.open(edition / entry.path) as document:
            problems += [f"{entry.path}: not tagged"] * ("/StructTreeRoot" not in document.Root)
            problems += [f"{entry.path}: language {document.Root.get('/Lang')}"] * (
                not str(document.Root.get("/Lang", "")).startswith(entry.lang)
            )
            problems += [f"{entry.path}: {name} not inside" for name in _outside(document)]
    assert problems == []


def _outside(document: pikepdf.Pdf) -> list[str]:
    """Return the fonts that are named but not embedded."""
    missing = []
    for font in document.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/FontDescriptor":
            continue
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()):
            missing.append(str(font.get("/FontName")))
    return missing
