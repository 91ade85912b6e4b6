"""Building the pages of a plan: notebooks run in one warm process while pages they left are rendered by
others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from fourpillars.editions import finished
from fourpillars.editions.around import correction_note
from fourpillars.editions.built import Built
from fourpillars.editions.executor import executor_of
from fourpillars.editions.failures import DiskFull, of_render, of_run
from fourpillars.editions.measure import Meter
from fourpillars.editions.page_task import PageTask
from fourpillars.editions.pages import PageResult, note_finished
from fourpillars.editions.plan import PlannedPage
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.render.assets import build_assets
from fourpillars.editions.run.charts_ahead import end, folders
from fourpillars.editions.run.failure import ReportFailure
from fourpillars.editions.run.job import ReportJob, ReportRun
from fourpillars.editions.site import load_ahead
from fourpillars.editions.tasks import tasks_of
from fourpillars.editions.workers import RenderWorkers

LONGEST = 600.0  #: seconds a worker waits for the charts of a report, whose own limit is less


class Watcher(Protocol):
    """Who is told how far a publication has come."""

    def begin(self, stage: str, total: int) -> None:
        """A stage begins: 'run', 'render' or 'quarto'."""

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        """A page has passed a stage, or failed in it."""


def build_pages(ready: Prepared, folder: Path, number: int, meter: Meter, watch: Watcher) -> Built:
    """Run and render every page of the plan that has a reason to be built.

    Parameters
    ----------
    folder : Path
        To work in; what is built lies in its `tree`.
    number : int
        Of the release the pages are built for.

    Raises
    ------
    DiskFull
        If the disk is.
    """
    planned = {item.page.key: item for item in ready.plan.to_build}
    correction = correction_note(ready.plan, ready.config, number)
    if not planned or ready.request.executor == "dask":
        _begin(len(planned), meter, watch)
    if not planned:
        return Built(number, correction, _shared_files(ready, meter))
    if ready.request.executor == "dask":
        return _built_on_cluster(planned, ready, folder, Built(number, correction, {}), meter, watch)
    jobs = min(ready.request.jobs, len(planned))
    embedded = ready.renderer.name == "embedded"
    with RenderWorkers(jobs) as workers, executor_of(ready, jobs, planned.values()) as executor:
        _begin(len(planned), meter, watch)
        if not all(finished.noted(item, ready) for item in planned.values()):
            executor.start()  # loads while the shared files are made
            workers.warm_up(ready.project, ready.data)
        built = Built(number, correction, _shared_files(ready, meter))
        built.tasks = tasks_of(planned, ready, folder, built)
        with meter.stage("run and render"):
            waiting = _restored(planned, ready, built, meter, watch)
            if waiting:
                load_ahead(ready.project)
            idle = [built.tasks[key] for key in waiting] if len(waiting) <= jobs else []
            runs = _jobs(waiting, built.tasks, ready, {task.key: task.charts for task in idle})
            with meter.stage("run"), folders(task.charts for task in idle), closing(executor.run(runs)) as outcomes:
                for task in idle:  # each has a worker of its own, which would wait for it
                    workers.ahead(task, LONGEST)
                for outcome in outcomes:
                    end(built.tasks[outcome.report_id].charts)
                    _take_run(outcome, planned, built, workers, meter, watch)
                    _take_pages(workers.finished(block=False), planned, ready, built, meter, watch)
            executor.close()  # its memory is free, and its end is not waited for, while the last pages are rendered
            _take_pages(workers.finished(block=True), planned, ready, built, meter, watch)
    if not embedded:
        _render_with_quarto(ready, built, folder, meter, watch)
    return built


def _begin(pages: int, meter: Meter, watch: Watcher) -> None:
    """Begin to measure and to tell how far it is: with threads, so after processes that may be forks of this one."""
    meter.watch_memory()
    watch.begin("run", pages)
    watch.begin("render", pages)


def _built_on_cluster(
    planned: dict[str, PlannedPage], ready: Prepared, folder: Path, built: Built, meter: Meter, watch: Watcher
) -> Built:
    from fourpillars.editions.cluster import build_on_cluster

    built.assets = _shared_files(ready, meter)
    built.tasks = tasks_of(planned, ready, folder, built)
    waiting = _restored(planned, ready, built, meter, watch)
    with meter.stage("cluster"), closing(build_on_cluster(waiting, built.tasks, ready)) as outcomes:
        for outcome in outcomes if waiting else ():
            if isinstance(outcome, ReportFailure):
                _take_failure(outcome, planned, built, watch)
                continue
            key = outcome.page.key
            built.reads[key] = outcome.reads
            meter.add_work({"run": outcome.seconds})
            meter.pages["run"] += 1
            watch.step("run", key)
            note_finished(replace(built.tasks[key], reads=outcome.reads), outcome.page)
            _take_pages([outcome.page], planned, ready, built, meter, watch)
    return built


def _shared_files(ready: Prepared, meter: Meter) -> dict[str, str]:
    with meter.stage("shared files"):
        return build_assets(ready.out / "assets", ready.project.root)


def _jobs(
    planned: dict[str, PlannedPage], tasks: dict[str, PageTask], ready: Prepared, charts: dict[str, Path]
) -> list[ReportJob]:
    return [
        ReportJob(
            key,
            item.page.report.notebook,
            item.page.parameters(ready.edition),
            tasks[key].executed,
            charts=charts.get(key),
        )
        for key, item in planned.items()
    ]


def _restored(
    planned: dict[str, PlannedPage], ready: Prepared, built: Built, meter: Meter, watch: Watcher
) -> dict[str, PlannedPage]:
    """Take over what an earlier run has finished of the same inputs, and return what is left to do."""
    if ready.request.force or ready.renderer.name != "embedded":
        return planned
    left = {}
    for key, item in planned.items():
        found = finished.restore(item, built.tasks[key], ready)
        if found is None:
            left[key] = item
            continue
        built.results[key], built.reads[key] = found
        meter.pages["taken over"] += 1
        watch.step("run", key)
        watch.step("render", key)
    return left


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
        _take_failure(outcome, planned, built, watch)
        return
    meter.add_work({"run": outcome.seconds})
    meter.pages["run"] += 1
    built.reads[key] = outcome.reads
    watch.step("run", key)
    workers.submit(replace(built.tasks[key], reads=outcome.reads))


def _take_failure(failure: ReportFailure, planned: dict[str, PlannedPage], built: Built, watch: Watcher) -> None:
    key = failure.report_id
    if _disk_is_full(failure.ename, failure.evalue):
        raise DiskFull
    built.failures.append(of_run(failure, planned[key].page.title))
    watch.step("run", key, failed=True)
    watch.step("render", key, failed=True)


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
                of_render(result, built.tasks[result.key], page.report.notebook.name, page.parameters(ready.edition))
            )
        else:
            built.results[result.key] = result
            meter.pages["documents rendered"] += result.rendered
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
            built.failures.append(of_render(result, task, page.report.notebook.name, page.parameters(ready.edition)))
        watch.step("quarto", task.key, failed=task.key in errors)


def _disk_is_full(ename: str, message: str) -> bool:
    return ename == "OSError" and os.strerror(28) in message
