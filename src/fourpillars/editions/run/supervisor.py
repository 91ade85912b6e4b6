"""The warm process: everything imported and loaded once, one thread, and a fork for every report.

`warm.WarmExecutor` starts it and talks to it through a socket: in come a `Start`, then `ReportJob`s; out go
`Ready`, then a `ReportRun` or `ReportFailure` for each job.
"""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path

from fourpillars.editions.run.child import Child, has_ended, kill_all, obituary, take_message
from fourpillars.editions.run.failure import TIMED_OUT, ReportFailure
from fourpillars.editions.run.job import ReportJob
from fourpillars.editions.run.lifeline import outlive_parent


@dataclass(frozen=True)
class Start:
    """What the warm process needs to know first; `many` reports are worth it to load ahead what each loads late."""

    jobs: int
    preload: Callable[[], object] | None = None
    modules: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    many: bool = True


@dataclass(frozen=True)
class Ready:
    """The warm process has loaded everything (or failed to), in so many seconds and with so many threads."""

    seconds: float
    threads: int
    problem: str = ""


@dataclass
class Supervisor:
    """Runs jobs as they come, at most `jobs` at once, until the publisher closes its end of the socket."""

    publisher: Connection
    jobs: int
    folder: Path
    queue: deque[tuple[ReportJob, int]] = field(default_factory=deque)
    children: list[Child] = field(default_factory=list)
    open: bool = True

    def serve(self) -> None:
        """Loop until there is nothing left to do and nobody to do it for."""
        try:
            while self.open:
                while self.queue and len(self.children) < self.jobs:
                    self._fork(*self.queue.popleft())
                self._listen()
                self._reap()
        finally:
            for child in self.children:
                kill_all(child)

    def _fork(self, job: ReportJob, attempt: int) -> None:
        receiving, sending = Pipe(duplex=False)
        folder = Path(tempfile.mkdtemp(prefix="report-", dir=self.folder))
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_child(self, job, attempt, sending, folder, parent)
        sending.close()
        deadline = time.monotonic() + job.limits.seconds + job.limits.grace
        self.children.append(Child(job, attempt, pid, receiving, folder, deadline))

    def _listen(self) -> None:
        """Wait for the publisher, a child's message or the next deadline, and take what came."""
        talking = {child.answer: child for child in self.children if not child.gone}
        until = min((child.deadline for child in self.children), default=time.monotonic() + 60)
        patience = min(max(until - time.monotonic(), 0.0), 1.0 if self.children else 60.0)
        for ready in wait([self.publisher, *talking], timeout=patience):
            if ready is self.publisher:
                self._take_job()
            else:
                take_message(talking[ready])

    def _take_job(self) -> None:
        try:
            self.queue.append((self.publisher.recv(), 1))
        except (EOFError, OSError):
            self.open = False

    def _reap(self) -> None:
        for child in list(self.children):
            if time.monotonic() > child.deadline and child.outcome is None:
                child.hung = True
            if child.hung or child.outcome is not None or child.gone or has_ended(child):
                self.children.remove(child)
                self._conclude(child)

    def _conclude(self, child: Child) -> None:
        """End a child for good, then report its outcome or try it once more."""
        while child.answer.poll() and not child.gone:
            take_message(child)
        status = kill_all(child)
        outcome = child.outcome or obituary(child, status)
        shutil.rmtree(child.folder, ignore_errors=True)
        lost = child.outcome is None or getattr(outcome, "ename", "") == TIMED_OUT
        if lost and child.attempt == 1:
            self.queue.append((child.job, 2))
            return
        if isinstance(outcome, ReportFailure):
            outcome.attempts = child.attempt
        else:
            outcome = replace(outcome, attempts=child.attempt)
        try:
            self.publisher.send(outcome)
        except OSError:
            self.open = False


def _be_child(
    supervisor: Supervisor, job: ReportJob, attempt: int, answer: Connection, folder: Path, parent: int
) -> None:
    """Continue as the forked child, which ends in here whatever happens."""
    from fourpillars.editions.run.isolated import run_isolated

    try:
        supervisor.publisher.close()
        for sibling in supervisor.children:
            sibling.answer.close()
        run_isolated(job, answer, folder, parent, save_each_cell=attempt > 1)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(70)


def main(descriptor: int) -> None:
    """Load everything, say so, and serve the publisher at the other end of the socket `descriptor`.

    While it loads it does not look at the socket: it must end with its parent, as `lifeline` has it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the publisher closes the socket when it is interrupted
    gc.disable()  # until everything is loaded: nearly all of it stays
    publisher = Connection(descriptor)
    started = time.monotonic()
    try:
        _import()
        start = publisher.recv()
        _load(start)
    except EOFError:
        return
    except Exception:
        with suppress(OSError):
            publisher.send(Ready(time.monotonic() - started, _threads(), problem=traceback.format_exc()))
        return
    outlive_parent()  # from here on there are reports to end first
    try:
        publisher.send(Ready(time.monotonic() - started, _threads()))
    except OSError:  # nobody is left to run reports for
        return
    with tempfile.TemporaryDirectory(prefix="fourpillars-run-") as folder:
        Supervisor(publisher, start.jobs, Path(folder)).serve()


def _import() -> None:
    """Import what every report needs, and set it up for many."""
    from fourpillars.editions.run.libraries import import_libraries

    import_libraries()
    from fourpillars.editions.run.quick import work_quickly

    work_quickly()


def _load(start: Start) -> None:
    os.environ.update(start.environment)
    for module in start.modules:
        importlib.import_module(module)
    if start.preload is not None:
        start.preload()
    if start.many:
        dry_run()
    gc.freeze()  # a collection in a child would touch, and so copy, every page it shares with this process
    gc.enable()


def dry_run() -> None:
    """Run a cell once, so that what IPython and Altair load late is loaded before the first fork."""
    from fourpillars.editions.run.shell import fresh_shell

    with fresh_shell() as shell:
        shell.run(
            "import altair, pandas\n"
            "frame = pandas.DataFrame({'a': [1], 'b': ['x']})\n"
            "altair.Chart(frame).mark_bar().encode(x='a:Q', y='b:N').to_dict()\n"
            "frame"
        )


def _threads() -> int:
    return len(os.listdir("/proc/self/task")) if sys.platform == "linux" else threading.active_count()
