"""The embedded renderer: a language copy to HTML and PDF, with packages alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fourpillars.editions.render.document import assemble, read_document
from fourpillars.editions.render.html import render_page
from fourpillars.editions.render.page import PageContext
from fourpillars.editions.render.pandoc import convert
from fourpillars.editions.render.typst import compile_pdf
from fourpillars.editions.render.words import load_words
from fourpillars.errors import FourPillarsError


def render(
    notebook: Path | Mapping[str, Any],
    *,
    page: PageContext,
    html: Path | None = None,
    pdf: Path | None = None,
    reports: Path | None = None,
) -> None:
    """Render a language copy.

    pandoc and the Typst compiler are started once a process and kept: let a worker render many documents.

    Parameters
    ----------
    notebook : Path or mapping
        The language copy, or the file it is in: an executed notebook that is also a valid Quarto notebook.
    page : PageContext
        The site around the document.
    html, pdf : Path, optional
        Where to write; what is None is not made. Folders are made; a file appears whole or not at all.
    reports : Path, optional
        The folder of templates, theme and brand; default: the project's `reports`.

    Raises
    ------
    FourPillarsError
        If the document cannot be rendered: no title, an error output, a reference that leads nowhere, a glyph
        no font has.
    """
    if reports is None:
        from fourpillars.catalogue.project import find_project

        reports = find_project().reports
    words = load_words(reports, page.lang)
    in_file = isinstance(notebook, Path)
    document = read_document(notebook) if in_file else assemble(notebook)
    formats = [form for form, path in (("html", html), ("typst", pdf)) if path is not None]
    try:
        converted = convert(document, formats, words)
        if html is not None:
            _write(html, render_page(converted["html"], document, page, reports).encode())
        if pdf is not None:
            _write(pdf, compile_pdf(converted["typst"].body, document, page, reports, words))
    except FourPillarsError as error:
        name = notebook.name if in_file else f"{page.slug.rpartition('/')[2]}.ipynb"
        raise FourPillarsError(f"{name}: {error.message}", error.hint) from error


def warm_up(copy: Mapping[str, Any], reports: Path | None = None) -> None:
    """Render a language copy to nowhere: what that loads, starts and reads, the first document need not wait for.

    Without the folder `reports` only pandoc is asked.
    """
    document = assemble(copy)
    if reports is None:
        convert(document, ["html"], {"figure": "", "table": "", "callouts": {}})
        return
    page = PageContext(site_title="A", edition="2000-02", lang="en", slug="a", title="A")
    words = load_words(reports, page.lang)
    converted = convert(document, ["html", "typst"], words)
    render_page(converted["html"], document, page, reports)
    compile_pdf(converted["typst"].body, document, page, reports, words)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
