"""Pages: a converted document, or a list of reports, in the site's frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions.render.document import Document
from fourpillars.editions.render.elsewhere import with_links_that_lead
from fourpillars.editions.render.packed import pack_charts
from fourpillars.editions.render.page import PREVIEW, PageContext
from fourpillars.editions.render.pandoc import Converted
from fourpillars.editions.render.policy import POLICY
from fourpillars.editions.render.typst import edition_line, published
from fourpillars.editions.render.words import load_words
from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.dates import date, period
from fourpillars.exhibits.language import text

if TYPE_CHECKING:
    from fourpillars.editions.front import Finding

TAGS = {"en": "en", "zh": "zh-CN"}
_BARE = dict.fromkeys(("style", "charts", "vega", "icon", "logo", "logo_dark"), "")


def render_page(converted: Converted, document: Document, page: PageContext, reports: Path) -> str:
    """Return the whole HTML page of a document."""
    return _fill(
        "page.html.j2",
        reports,
        page,
        title=document.title,
        description=document.description,
        body=pack_charts(with_links_that_lead(converted.body, page)),
        contents=[heading for heading in converted.headings if heading["level"] == 2],
        has_charts="fp-spec" in converted.body,
    )


def edition_page(
    page: PageContext,
    reports: Path,
    *,
    description: str = "",
    summaries: Mapping[str, str] | None = None,
    editions: Sequence[tuple[str, str]] = (),
    findings: Sequence[Finding] = (),
    figures: Sequence[str] = (),
    files: Mapping[str, str] | None = None,
    search: bool = False,
) -> str:
    """Return the front page of an edition in one language: every report, by group.

    Parameters
    ----------
    page : PageContext
        With slug 'index'.
    reports : Path
        The folder of templates and theme.
    description : str
        What the edition is.
    summaries : mapping
        One sentence by slug, shown under the report's name.
    editions : sequence of (str, str)
        Name and address of earlier editions.
    findings : sequence of Finding
        What the edition finds, and where more of it stands.
    figures : sequence of str
        Charts that lead to reports, HTML.
    files : mapping
        The edition's files below `data/` by what they are.
    search : bool
        Whether there is an index to search.
    """
    labels = {slug: label for group in page.navigation for slug, label in group.reports}
    return _fill(
        "edition.html.j2",
        reports,
        page,
        title=page.title,
        description=description,
        summaries=dict(summaries or {}),
        editions=list(editions),
        findings=[finding for finding in findings if finding.slug in labels],
        labels=labels,
        figures=[with_links_that_lead(figure, page) for figure in figures],
        files=dict(files or {}),
        search=search,
    )


def status_page(page: PageContext, reports: Path, **own: Any) -> str:
    """Return the page that tells of the last runs; `own` is what the template `status.html.j2` shows."""
    return _fill("status.html.j2", reports, page, title=page.title, **own)


def way_in(
    entries: Sequence[tuple[str, str, str]],
    assets: Mapping[str, str],
    reports: Path,
    site_address: str = "",
    description: str = "",
) -> str:
    """Return `<out>/index.html`, which leads to the latest edition in the reader's language.

    Where scripts are off it offers the links.

    Parameters
    ----------
    entries : sequence of (str, str, str)
        Language, site title and address of the edition's front page.
    assets : mapping
        As `build_assets` gives it.
    reports : Path
        The folder of templates and theme.
    site_address : str
        Where the site is to be found, ending in a slash; '' where that is not known.
    description : str
        What the site is, in the first language.
    """
    template = _environment(str(reports / "templates")).get_template("index.html.j2")
    return template.render(
        entries=_listed(entries, reports),
        assets=assets,
        tags=TAGS,
        site_address=site_address,
        description=description,
        image=f"{site_address}{entries[0][2].rpartition('/')[0]}/{PREVIEW}",
    )


def not_found(entries: Sequence[tuple[str, str, str]], reports: Path, root: str) -> str:
    """Return the page that stands for every address that leads nowhere.

    It is asked for at any depth, so it needs no other file, and its links begin with `root`: '/' or the
    site's whole address. `entries` are as in `way_in`.
    """
    brand = load_brand(reports / "brand" / "_brand.yml")
    accent = next((name for name, colour in brand.colours.items() if colour == brand.accent), "")
    template = _environment(str(reports / "templates")).get_template("404.html.j2")
    return template.render(
        entries=_listed(entries, reports),
        tags=TAGS,
        root=root,
        ink=brand.colours["ink"],
        paper=brand.colours["paper"],
        accent=brand.accent,
        dark={**brand.dark, "accent": brand.dark.get(accent, brand.accent)},
    )


def _listed(entries: Sequence[tuple[str, str, str]], reports: Path) -> list[dict[str, Any]]:
    return [
        {"lang": lang, "title": title, "address": address, "words": load_words(reports, lang)}
        for lang, title, address in entries
    ]


def _fill(template: str, reports: Path, page: PageContext, **own: Any) -> str:
    words = load_words(reports, page.lang)
    day = published(page)
    return (
        load_templates(reports)
        .get_template(template)
        .render(
            page=page,
            words=words,
            lang=TAGS[page.lang],
            tags=TAGS,
            languages={code: load_words(reports, code)["language"] for code in page.languages},
            locales={code: load_words(reports, code)["locale"] for code in page.languages},
            assets={**_BARE, **page.assets},
            edition_line=edition_line(page, words),
            published=date(day.isoformat(), page.lang) if day else "",
            cited=text(
                "download.citation",
                page.lang,
                title=page.site_title,
                month=period(page.edition, page.lang),
                release=f"{page.edition}.{page.release}",
            ),
            **own,
        )
    )


def load_templates(reports: Path) -> Any:
    """Return what fills templates in, loaded once a process."""
    return _environment(str(reports / "templates"))


@cache
def _environment(templates: str) -> Any:
    from fourpillars.editions.render.templates import environment_of

    environment = environment_of(templates)
    environment.globals["policy"] = POLICY
    return environment
