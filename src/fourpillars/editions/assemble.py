"""A release put together: what was built, what is kept of the one before, and what stands in for what failed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from fourpillars.editions import release, site
from fourpillars.editions.built import Built
from fourpillars.editions.downloads.write import has_downloads, write_downloads
from fourpillars.editions.failures import Failure
from fourpillars.editions.inputs import digest, file_sha256
from fourpillars.editions.manifest import Entry, Manifest
from fourpillars.editions.plan import PlannedPage
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.revisions import REVISED
from fourpillars.editions.sbom import write_sbom
from fourpillars.editions.search import write_search
from fourpillars.editions.shown import SHOWN


def assemble(ready: Prepared, built: Built, failures: tuple[Failure, ...], tree: Path) -> Manifest:
    """Complete the tree with what is unchanged and what stands in for what is missing, and return its manifest."""
    tree.mkdir(exist_ok=True)
    before = ready.out / ready.edition
    kept = ready.plan.kept
    release.link_files([entry.path for entry in kept], before, tree)
    keys = {f"data/{entry.lang}/{entry.slug}" for entry in kept}
    release.link_files({f"{key}{suffix}" for key in keys for suffix in (SHOWN, REVISED)}, before, tree)
    release.link_shared(before, tree)
    entries = list(kept)
    read = dict(ready.plan.published.reads) if ready.plan.published else {}
    read |= {digest(list(names)): list(names) for names in built.reads.values()}
    causes = {failure.key: failure.cause for failure in failures}
    for item in ready.plan.to_build:
        entries += _entries(item, ready, built, causes.get(item.page.key), tree)
    manifest = Manifest(
        edition=ready.edition,
        release=built.number,
        title=ready.config.title.model_dump(),
        documents=tuple(entries),
        statistics=ready.statistics,
        reads={name: read[name] for name in sorted({entry.reads for entry in entries} & set(read))},
        observed=ready.observed,
        correction=built.correction,
        preview=ready.plan.preview,
    )
    if not _is_published(manifest, ready):
        _write_around(manifest, ready, built, tree)
    if not manifest.preview:
        manifest = replace(manifest, sbom=write_sbom(tree, ready.renderer.identity))
    return manifest


def _is_published(manifest: Manifest, ready: Prepared) -> bool:
    """Say whether readers have every document as it is now, and all that is made of the documents together."""
    published = ready.plan.published
    same = published is not None and manifest.contents() == published.contents()
    return same and has_downloads(manifest, ready.out / ready.edition)


def _write_around(manifest: Manifest, ready: Prepared, built: Built, tree: Path) -> None:
    """Write what is made of all documents together: downloads, the index for searches, front pages."""
    with ThreadPoolExecutor(1) as beside:  # pagefind is a process of its own
        searchable = not manifest.preview and ready.renderer.name == "embedded"  # Quarto brings a search of its own
        searched = beside.submit(write_search, tree) if searchable else None
        write_downloads(manifest, tree, ready)
        if searched is not None:
            searched.result()
    site.write_fronts(manifest, tree, ready, built.assets)


def _entries(item: PlannedPage, ready: Prepared, built: Built, cause: str | None, tree: Path) -> Iterator[Entry]:
    """Describe the documents of a page that was built, or left out because of `cause`."""
    page, result = item.page, built.results.get(item.page.key)
    before = ready.plan.published.by_id() if ready.plan.published else {}
    for format in item.formats:
        path = page.path(format)
        entry = Entry(
            id=path,
            slug=page.report.slug,
            lang=page.lang,
            format=format,
            title=page.title,
            notebook=ready.project.relative(page.report.notebook),
            parameters=page.parameters(ready.edition),
            path=path,
            renderer=ready.renderer.identity,
            inputs=item.inputs,
            release=built.number,
        )
        if result is None:
            yield replace(entry, status="missing", reason=cause or "not built")
            continue
        if format in result.unchanged:
            release.link_files([path], ready.out / ready.edition, tree)
            entry = replace(entry, release=before[path].release)
        file = tree / path
        yield replace(
            entry,
            sha256=file_sha256(file),
            bytes=file.stat().st_size,
            charts=result.charts,
            exhibits=result.exhibits,
            reads=digest(list(built.reads[page.key])),
            content=result.content[format],
        )
