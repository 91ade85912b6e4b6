"""The render workers: a few long-lived processes, replaced when one dies, gone when the publisher is."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions.page_task import PageTask
from fourpillars.editions.pages import PageResult, build_page, charts_ahead
from fourpillars.editions.run.forks import may_fork, undisturbed
from fourpillars.editions.run.lifeline import begin_worker
from fourpillars.editions.run.semaphores import PREFIX
from fourpillars.editions.uncollected import uncollected

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project


class RenderWorkers:
    """`jobs` processes that render pages; a page whose worker died is tried once more.

    A context manager: leaving it, for whatever reason, ends the processes.
    """

    def __init__(self, jobs: int, build: Callable[[PageTask], PageResult] = build_page) -> None:
        self._jobs, self._build = jobs, build
        self._pool = self._new_pool()
        self._waiting: dict[Future[PageResult], tuple[PageTask, int]] = {}

    def __enter__(self) -> RenderWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def warm_up(self, project: Project | None = None, kept: Path | None = None) -> None:
        """Let every process load now what it will need, the names from where they are `kept`; what cannot be
        loaded is named by the first page."""
        for _ in range(self._jobs):
            self._pool.submit(load, project, kept)

    def submit(self, task: PageTask, tried: int = 0) -> None:
        """Queue a page."""
        try:
            self._waiting[self._pool.submit(self._build, task)] = (task, tried)
        except BrokenProcessPool:
            self._pool = self._new_pool()
            self._waiting[self._pool.submit(self._build, task)] = (task, tried)

    def ahead(self, task: PageTask, seconds: float) -> None:
        """Let a process compile a page's charts while its notebook runs."""
        with suppress(BrokenProcessPool):
            self._pool.submit(charts_ahead, task, seconds)

    def finished(self, block: bool) -> Iterator[PageResult]:
        """Yield the pages that are done; with `block`, all that were queued, as they come."""
        while self._waiting:
            done, _ = wait(self._waiting, timeout=None if block else 0, return_when=FIRST_COMPLETED)
            for future in done:
                task, tried = self._waiting.pop(future)
                result = self._result(future, task, tried)
                if result is not None:
                    yield result
            if not done:
                return

    def _result(self, future: Future[PageResult], task: PageTask, tried: int) -> PageResult | None:
        try:
            return future.result()
        except BrokenProcessPool:
            if tried == 0:
                self.submit(task, tried=1)
                return None
            return _dead(task)

    def _new_pool(self) -> ProcessPoolExecutor:
        forks = may_fork()
        context = multiprocessing.get_context("fork" if forks else "spawn")
        multiprocessing.current_process()._config["semprefix"] = f"/{PREFIX}{os.getpid()}"
        pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=begin_worker, initargs=(os.getpid(),))
        if forks:
            with undisturbed():
                pool.submit(int)  # the first task starts all of them: now, while there is one thread
        return pool

    def _end(self) -> None:
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=not self._waiting, cancel_futures=True)
        for process in processes:
            if self._waiting and process.is_alive():
                process.kill()


def load(project: Project | None = None, kept: Path | None = None) -> None:
    """Load what renders a page, with the names of codes, and render a specimen: V8, pandoc and Typst start, and load
    what they load at first."""
    from fourpillars.editions.kept_data import names_of
    from fourpillars.editions.render import embedded
    from fourpillars.editions.run.prepare import prepare
    from fourpillars.editions.specimen import specimen

    with uncollected():
        if project is not None and kept is not None:
            names_of(project, kept)
        copy = prepare(specimen(), "en", title="A").notebook
        embedded.warm_up(copy, project.reports if project else None)


def _dead(task: PageTask) -> PageResult:
    cause = "The process that rendered it ended twice, probably for lack of memory."
    return PageResult(task.key, {}, (), [], {}, 0, error=cause)
