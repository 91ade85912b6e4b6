"""What a render worker is told of each page."""

from __future__ import annotations

from pathlib import Path

from fourpillars.editions import finished, release
from fourpillars.editions.around import context_of
from fourpillars.editions.built import Built
from fourpillars.editions.imports import code_of_rendering
from fourpillars.editions.inputs import digest
from fourpillars.editions.page_task import PageTask, Rendered
from fourpillars.editions.plan import PlannedPage
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.revisions import Before, read_before


def tasks_of(planned: dict[str, PlannedPage], ready: Prepared, folder: Path, built: Built) -> dict[str, PageTask]:
    """Return what is to be done for each page, by key."""
    site = _site_digest(ready)
    published = _published(ready)
    return {key: _task(item, ready, folder, built, site, published) for key, item in planned.items()}


def _published(ready: Prepared) -> dict[str, Rendered]:
    """Return what each published document that is still there was rendered from, and for which release."""
    if ready.plan.published is None:
        return {}
    folder = ready.out / ready.edition
    corrections = {
        number: release.corrections(ready.out, ready.edition, number)
        for number in {entry.release for entry in ready.plan.published.documents}
    }
    return {
        entry.path: Rendered(entry.content, entry.release, corrections[entry.release].get(entry.lang, ""))
        for entry in ready.plan.published.documents
        if entry.content and (folder / entry.path).is_file()
    }


def _task(
    item: PlannedPage,
    ready: Prepared,
    folder: Path,
    built: Built,
    site: str,
    published: dict[str, Rendered],
) -> PageTask:
    page, correction = item.page, built.correction.get(item.page.lang, "")
    return PageTask(
        key=page.key,
        context=context_of(page, ready.plan, ready.config, built.number, correction, built.assets),
        description=page.report.description.get(page.lang),
        executed=folder / "executed" / f"{page.key}.ipynb",
        copy=folder / "project" / f"{page.key}.ipynb",
        tree=folder / "tree",
        formats=item.formats,
        site=site,
        published={format: published[page.path(format)] for format in item.formats if page.path(format) in published},
        again=ready.request.force,
        cache=ready.cache,
        record=finished.record_file(item, ready),
        before=_before(page.key, ready),
        embedded=ready.renderer.name == "embedded",
        reports=ready.project.reports,
    )


def _before(key: str, ready: Prepared) -> Before | None:
    """Return what readers have of a page."""
    published = ready.plan.published
    return read_before(ready.out / ready.edition, key, published.release) if published else None


def _site_digest(ready: Prepared) -> str:
    """Return the digest of what renders the pages: the renderer and its code, the look, the packages."""
    inputs = (ready.inputs[name] for name in ("look", "renderer", "environment"))
    return digest([code_of_rendering(), *inputs])
