"""The PDF: one Typst compiler a process, told everything about a page as data."""

from __future__ import annotations

import json
import os
from calendar import monthrange
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fourpillars.editions.render.compact import compact
from fourpillars.editions.render.document import Document
from fourpillars.editions.render.page import PageContext
from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.brand import Brand, load_brand
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.fonts import font_directories

STANDARDS = ("ua-1", "a-2a")
_WORDS = ("contents", "page_of", "on_page", "correction")
_SOON = 3  #: empty documents after each: what it was set from is forgotten after three
_MAIN = '#import "/templates/report.typ": *\n#show: report\n\n'


def compile_pdf(body: str, document: Document, page: PageContext, reports: Path, words: dict[str, Any]) -> bytes:
    """Set a body in Typst markup as a tagged PDF (PDF/UA-1 and PDF/A-2a in one file).

    Parameters
    ----------
    body : str
        Typst markup, as `pandoc.convert` gives it.
    document, page : Document, PageContext
        Title, language and description; site, edition and release.
    reports : Path
        The folder with `templates/report.typ` and the brand.
    words : dict
        The words of the language.

    Raises
    ------
    FourPillarsError
        With Typst's own message: a missing glyph, a skipped heading level, a label that is not there.
    """
    import typst

    def compiled(data: dict[str, Any]) -> bytes:
        return compiler(reports).compile(
            input=(_MAIN + body).encode(),
            format="pdf",
            sys_inputs={"page": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards=list(STANDARDS),
            timestamp=_timestamp(page),
        )

    data = page_data(document, page, reports, words)
    try:
        try:
            pdf = compiled(data)
        except typst.TypstError as error:
            if not error.message.startswith("internal error"):
                raise
            pdf = compiled({**data, "in-place": True})  # floats may be its cause: typst/typst, issue 8487
    except typst.TypstError as error:
        hints = " ".join(str(hint) for hint in error.hints)
        raise FourPillarsError(f"Typst: {error.message}", hints) from None
    _forget(compiler(reports))
    return compact(pdf)


def published(page: PageContext) -> date | None:
    """Return the date of publication: the page's, else SOURCE_DATE_EPOCH's, else none.

    Examples
    --------
    >>> day = date(2026, 9, 20)
    >>> published(PageContext(site_title="", edition="2026-08", lang="en", slug="a", title="", published=day))
    datetime.date(2026, 9, 20)
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if page.published is None and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return page.published


def edition_line(page: PageContext, words: dict[str, Any]) -> str:
    """Return the line that names edition and release: 'August 2026' or 'August 2026 · Release 2'."""
    month = period(page.edition, page.lang)
    return month if page.release <= 1 else f"{month} · {words['release'].format(number=page.release)}"


def compiler(reports: Path) -> Any:
    """Return this process's compiler of what is set by the templates in `reports`, from which paths count."""
    return _compiler(str(reports), os.getpid())


@cache
def _compiler(root: str, _pid: int) -> Any:
    import typst

    return typst.Compiler(
        root=root, font_paths=[str(folder) for folder in font_directories()], ignore_system_fonts=True
    )


def _forget(compiler: Any) -> None:
    """Let the compiler forget what it has set: it keeps that for ten compilations, for the sake of those who set one
    document again and again. Here each is another, and two hundred megabytes would be kept of the last ten."""
    for _ in range(_SOON):
        compiler.compile(input=b"", format="svg")


def _dated(page: PageContext) -> date:
    """Return the PDF's date, which PDF/A demands: of publication, else the edition's last day."""
    year, month = map(int, page.edition.split("-"))
    return published(page) or date(year, month, monthrange(year, month)[1])


def _timestamp(page: PageContext) -> int:
    day = _dated(page)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _words_on_paper(words: dict[str, Any], lang: str) -> dict[str, str]:
    missing = [name for name in _WORDS if name not in words]
    if missing:
        raise FourPillarsError(
            f"reports/templates/words.yml has no word {missing[0]!r} for {lang!r}.",
            "Add it, as the words.yml that came with this version has it.",
        )
    return {name: words[name] for name in _WORDS}


def page_data(document: Document, page: PageContext, reports: Path, words: dict[str, Any]) -> dict[str, Any]:
    """Return what `templates/report.typ` is told of a page."""
    brand = load_brand(reports / "brand" / "_brand.yml")
    day = _dated(page)
    return {
        "title": document.title,
        "description": document.description,
        "lang": document.lang,
        "site-title": page.site_title,
        "edition-line": edition_line(page, words),
        "correction": page.correction,
        "keywords": list(page.keywords),
        "date": [day.year, day.month, day.day],
        "words": _words_on_paper(words, document.lang),
        "colours": {**brand.colours, "accent": brand.accent},
        "base": brand.base,
        "headings": brand.headings,
        "fallback": brand.fallback,
        "logo": logo_path(brand, reports),
    }


def logo_path(brand: Brand, reports: Path) -> str:
    """Return where the compiler finds the logo, '' where there is none."""
    return f"/{brand.logo[0].relative_to(reports).as_posix()}" if brand.logo else ""
