"""Building the pages of a plan: notebooks run in one warm process while pages they left are rendered by
others."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from fourpillars.editions.around import context_of
from fourpillars.editions.failures import Failure, of_render, of_run
from fourpillars.editions.inputs import digest, tree_digest
from fourpillars.editions.measure import Meter
from fourpillars.editions.pages import PageResult, PageTask
from fourpillars.editions.plan import PlannedPage
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.run.failure import ReportFailure
from fourpillars.editions.run.job import ReportJob, ReportRun
from fourpillars.editions.run.warm import WarmExecutor
from fourpillars.editions.workers import RenderWorkers


class Watcher(Protocol):
    """Who is told how far a publication has come."""

    def begin(self, stage: str, total: int) -> None:
        """A stage begins: 'run', 'render' or 'quarto'."""

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        """A page has passed a stage, or failed in it."""


class DiskFull(Exception):
    """There is no room for the edition: nothing that follows can succeed."""


@dataclass
class Built:
    """What came of the pages: results by key, failures, and where everything lies."""

    tasks: dict[str, PageTask]
    results: dict[str, PageResult] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class Release:
    """What the pages say of the release they are built for."""

    number: int
    correction: dict[str, str]
    assets: dict[str, str]


def build_pages(ready: Prepared, folder: Path, release: Release, meter: Meter, watch: Watcher) -> Built:
    """Run and render every page of the plan that has a reason to be built.

    Raises
    ------
    DiskFull
        If the disk is.
    """
    planned = {item.page.key: item for item in ready.plan.to_build}
    site = _site_digest(ready)
    built = Built({key: _task(item, ready, folder, release, site) for key, item in planned.items()})
    if not planned:
        return built
    embedded = ready.renderer.name == "embedded"
    watch.begin("run", len(planned))
    watch.begin("render", len(planned))
    jobs = min(ready.request.jobs, len(planned))
    with meter.stage("run and render"), RenderWorkers(jobs) as workers:
        with meter.stage("run"), closing(_run(ready, planned, built.tasks, jobs)) as outcomes:
            for outcome in outcomes:
                _take_run(outcome, planned, built, workers, meter, watch)
                _take_pages(workers.finished(block=False), planned, ready, built, meter, watch)
        _take_pages(workers.finished(block=True), planned, ready, built, meter, watch)
    if not embedded:
        _render_with_quarto(ready, built, folder, meter, watch)
    return built


def _run(
    ready: Prepared, planned: dict[str, PlannedPage], tasks: dict[str, PageTask], jobs: int
) -> Generator[ReportRun | ReportFailure]:
    queue = [
        ReportJob(key, item.page.report.notebook, item.page.parameters(ready.edition), tasks[key].executed)
        for key, item in planned.items()
    ]
    environment = {"FOURPILLARS_HOME": str(ready.project.root), "FOURPILLARS_STATIC": "1"}
    with WarmExecutor(
        jobs, partial(warm_up, ready.edition, str(ready.project.root)), environment=environment
    ) as executor:
        yield from executor.run(queue)


def warm_up(edition: str, root: str) -> None:
    """Load in the warm process what every report of an edition needs.

    A part that cannot be computed raises again where a notebook asks for it, and is named there with its
    cell.
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.exhibits.snapshot import snapshot

    with suppress(Exception):
        snapshot(edition, project=find_project(root)).warm()


def _task(item: PlannedPage, ready: Prepared, folder: Path, release: Release, site: str) -> PageTask:
    page, plan = item.page, ready.plan
    entries = plan.published.by_id() if plan.published else {}
    published = ready.out / plan.edition
    contents = {
        format: entries[page.path(format)].content
        for format in item.formats
        if page.path(format) in entries and (published / page.path(format)).is_file()
    }
    return PageTask(
        key=page.key,
        context=context_of(
            page, plan, ready.config, release.number, release.correction.get(page.lang, ""), release.assets
        ),
        description=page.report.description.get(page.lang),
        executed=folder / "executed" / f"{page.key}.ipynb",
        copy=folder / "project" / f"{page.key}.ipynb",
        tree=folder / "tree",
        formats=item.formats,
        site=site,
        contents={} if ready.request.force else contents,
        embedded=ready.renderer.name == "embedded",
        reports=ready.project.reports,
    )


def _site_digest(ready: Prepared) -> str:
    """Return the digest of what renders the pages: the renderer and its code, the look, the packages."""
    render = tree_digest([Path(__file__).with_name("render"), Path(__file__).with_name("quarto.py")])
    return digest([render, *(ready.inputs[name] for name in ("look", "renderer", "environment"))])


def _take_run(
    outcome: ReportRun | ReportFailure,
    planned: dict[str, PlannedPage],
    built: Built,
    workers: RenderWorkers,
    meter: Meter,
    watch: Watcher,
) -> None:
    key = outcome.report_id
    if isinstance(outcome, ReportFailure):
        if _disk_is_full(outcome.ename, outcome.evalue):
            raise DiskFull
        built.failures.append(of_run(outcome, planned[key].page.title))
        watch.step("run", key, failed=True)
        watch.step("render", key, failed=True)
        return
    meter.add_work({"run": outcome.seconds})
    watch.step("run", key)
    workers.submit(built.tasks[key])


def _take_pages(
    results: Iterable[PageResult],
    planned: dict[str, PlannedPage],
    ready: Prepared,
    built: Built,
    meter: Meter,
    watch: Watcher,
) -> None:
    for result in results:
        if result.disk:
            raise DiskFull
        meter.add_work(result.seconds)
        if result.error:
            page = planned[result.key].page
            built.failures.append(
                of_render(
                    result, built.tasks[result.key], page.report.notebook.name, page.parameters(ready.edition)
                )
            )
        else:
            built.results[result.key] = result
        watch.step("render", result.key, failed=bool(result.error))


def _render_with_quarto(ready: Prepared, built: Built, folder: Path, meter: Meter, watch: Watcher) -> None:
    from fourpillars.editions.quarto import render_project

    tasks = [built.tasks[key] for key in sorted(built.results)]
    watch.begin("quarto", len(tasks))
    with meter.stage("quarto"):
        errors = render_project(tasks, folder / "project", ready)
    for task in tasks:
        if task.key in errors:
            page = next(item.page for item in ready.plan.to_build if item.page.key == task.key)
            result = PageResult(task.key, {}, (), [], {}, 0, error=errors[task.key])
            del built.results[task.key]
            built.failures.append(
                of_render(result, task, page.report.notebook.name, page.parameters(ready.edition))
            )
        watch.step("quarto", task.key, failed=task.key in errors)


def _disk_is_full(ename: str, message: str) -> bool:
    return ename == "OSError" and os.strerror(28) in message
