"""The pages of a site that are no reports: the way in, the front page of an edition, what stands in for a
missing report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from fourpillars.catalogue.project import Project
from fourpillars.editions import cache, release
from fourpillars.editions.around import navigation, publication_date
from fourpillars.editions.config import LANGUAGES, EditionConfig
from fourpillars.editions.downloads.write import edition_files
from fourpillars.editions.feed import ReleaseNote, atom, read_release_notes, write_release_note
from fourpillars.editions.front import figures, findings
from fourpillars.editions.imports import code_digest
from fourpillars.editions.inputs import digest
from fourpillars.editions.manifest import Entry, Manifest
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.render.assets import build_assets
from fourpillars.editions.render.html import edition_page, load_templates, not_found, way_in
from fourpillars.editions.render.page import PREVIEW, PageContext
from fourpillars.editions.render.preview import preview_image
from fourpillars.editions.search import has_search
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text, words

INDEX = "index"


def load_ahead(project: Project) -> None:
    """Load what the pages around the reports are made with, while others make those."""
    load_templates(project.reports).get_template("edition.html.j2")
    for lang in LANGUAGES:
        words(lang)


def write_way_in(out: Path, project: Project, config: EditionConfig) -> None:
    """Write what lies outside the releases: `index.html`, which leads to the latest edition in the reader's
    language, the feeds, and the page for addresses that lead nowhere."""
    months = release.editions(out)
    if not months:
        return
    entries = [
        (lang, config.title.get(lang), f"{months[0]}/{lang}/{INDEX}.html")
        for lang in LANGUAGES
        if (out / months[0] / lang / f"{INDEX}.html").is_file()
    ]
    assets = build_assets(out / "assets", project.root)
    release.write_whole(out / "404.html", not_found(entries, project.reports, config.address or "/"))
    notes = read_release_notes(out / month for month in months)
    for lang in LANGUAGES if notes else ():
        release.write_whole(out / f"feed.{lang}.xml", atom(notes, lang, config.title.get(lang), config.address))
    page = way_in(entries, assets, project.reports, config.address, config.description.get(entries[0][0]))
    release.write_whole(out / f"{INDEX}.html", page)


def write_fronts(manifest: Manifest, tree: Path, ready: Prepared, assets: Mapping[str, str]) -> None:
    """Write into a release the front page of each language, and a page in place of each report that is
    missing."""
    found = {lang: findings(tree, lang, ready.config.front) for lang in manifest.languages}
    for lang in manifest.languages:
        missing = tuple(dict.fromkeys(entry.title for entry in manifest.missing if entry.lang == lang))
        page = _context(manifest, ready, assets, lang, INDEX, ready.config.title.get(lang), missing)
        if not manifest.preview:
            _write_preview(tree / lang / PREVIEW, page, found[lang][0].text if found[lang] else "", ready)
        if (tree / lang / f"{INDEX}.html").is_file():
            continue  # Quarto has made one
        html = edition_page(
            page,
            ready.project.reports,
            description=ready.config.description.get(lang),
            editions=_earlier(ready, lang),
            findings=found[lang],
            figures=figures(tree, lang, ready.config.front),
            files={} if manifest.preview else edition_files(manifest.edition),
            search=has_search(tree),
        )
        _write(tree / lang / f"{INDEX}.html", html)
    said = {lang: [one.text for one in found[lang]] for lang in manifest.languages}
    day = publication_date().isoformat()
    write_release_note(tree, ReleaseNote(manifest.edition, manifest.release, day, said))
    for entry in manifest.missing:
        if entry.format == "html":
            _write(tree / entry.path, _stand_in(entry, manifest, ready, assets))


def _write_preview(path: Path, page: PageContext, finding: str, ready: Prepared) -> None:
    """Write the picture of an edition; one of the same look and finding is not drawn again."""
    code = code_digest(["fourpillars.editions.render.preview"], with_parents=False)
    look = [ready.inputs[name] for name in ("look", "environment")]
    told = [page.lang, page.site_title, page.edition, page.release, finding, page.navigation, code, look]
    picture = partial(preview_image, page, finding, ready.project.reports)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cache.kept(ready.cache / "documents" / f"{digest(told)}.png", picture))


def _stand_in(entry: Entry, manifest: Manifest, ready: Prepared, assets: Mapping[str, str]) -> str:
    title = text("edition.missing_title", entry.lang, title=entry.title)
    page = _context(manifest, ready, assets, entry.lang, entry.slug, title, ())
    return edition_page(page, ready.project.reports, description=text("edition.missing_text", entry.lang))


def _context(
    manifest: Manifest,
    ready: Prepared,
    assets: Mapping[str, str],
    lang: str,
    slug: str,
    title: str,
    missing: tuple[str, ...],
) -> PageContext:
    up = "../" * slug.count("/")
    return PageContext(
        site_title=ready.config.title.get(lang),
        edition=manifest.edition,
        release=manifest.release,
        lang=lang,
        slug=slug,
        title=title,
        root=up + ("../../../" if manifest.preview else "../../"),
        languages={other: f"{up}../{other}/{slug}.html" for other in manifest.languages},
        navigation=navigation(ready.plan.reports, ready.config, lang),
        published=publication_date(),
        correction=manifest.correction.get(lang, ""),
        missing=missing,
        assets=assets,
        site_address="" if manifest.preview else ready.config.address,
        preview=manifest.preview,
        elsewhere=tuple(slug for of, slug in ready.plan.elsewhere if of == lang),
    )


def _earlier(ready: Prepared, lang: str) -> list[tuple[str, str]]:
    """Return name and address of the editions published before this one."""
    if ready.plan.preview:
        return []
    return [
        (period(month, lang), f"../../{month}/{lang}/{INDEX}.html")
        for month in release.editions(ready.out)
        if month < ready.edition and (ready.out / month / lang / f"{INDEX}.html").is_file()
    ]


def _write(path: Path, html: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")
