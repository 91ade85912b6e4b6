"""The pages of a site that are no reports: the way in, the front page of an edition, what stands in for a
missing report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fourpillars.catalogue.project import Project
from fourpillars.editions import release
from fourpillars.editions.around import navigation, publication_date
from fourpillars.editions.config import LANGUAGES, EditionConfig
from fourpillars.editions.manifest import Entry, Manifest
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.render.assets import build_assets
from fourpillars.editions.render.html import edition_page, way_in
from fourpillars.editions.render.page import PageContext
from fourpillars.exhibits.dates import period
from fourpillars.exhibits.language import text

INDEX = "index"


def write_way_in(out: Path, project: Project, config: EditionConfig) -> None:
    """Write `<out>/index.html`, which leads to the latest edition in the reader's language."""
    months = release.editions(out)
    if not months:
        return
    entries = [
        (lang, config.title.get(lang), f"{months[0]}/{lang}/{INDEX}.html")
        for lang in LANGUAGES
        if (out / months[0] / lang / f"{INDEX}.html").is_file()
    ]
    assets = build_assets(out / "assets", project.root)
    release.write_whole(out / f"{INDEX}.html", way_in(entries, assets, project.reports))


def write_fronts(manifest: Manifest, tree: Path, ready: Prepared, assets: Mapping[str, str]) -> None:
    """Write into a release the front page of each language, and a page in place of each report that is
    missing."""
    for lang in manifest.languages:
        if (tree / lang / f"{INDEX}.html").is_file():
            continue  # Quarto has made one
        missing = tuple(dict.fromkeys(entry.title for entry in manifest.missing if entry.lang == lang))
        page = _context(manifest, ready, assets, lang, INDEX, ready.config.title.get(lang), missing)
        html = edition_page(
            page,
            ready.project.reports,
            description=ready.config.description.get(lang),
            editions=_earlier(ready, lang),
        )
        _write(tree / lang / f"{INDEX}.html", html)
    for entry in manifest.missing:
        if entry.format == "html":
            _write(tree / entry.path, _stand_in(entry, manifest, ready, assets))


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
