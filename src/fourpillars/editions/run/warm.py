"""Runs reports in forks of one warm process, and gives a future for each."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from multiprocessing.connection import Connection

from fourpillars.editions.run.failure import KILLED, ReportFailure
from fourpillars.editions.run.job import ReportJob, ReportRun
from fourpillars.editions.run.launch import Forked, take
from fourpillars.editions.run.supervisor import Ready, Start
from fourpillars.errors import FourPillarsError

PATIENCE = 3.0  # seconds the warm process has to end when it is told to


class WarmExecutor:
    """Runs reports, each in a fresh, isolated process in which imports and data are already loaded.

    Parameters
    ----------
    jobs : int
        Reports that run at once.
    preload : callable, optional
        Called once in the warm process before the first fork; must pickle: `partial(snapshot, '2026-08')`.
    modules : tuple of str
        Modules to import there as well.
    environment : mapping, optional
        Variables of the warm process and its reports, beside those of this process.
    many : bool
        Whether it is worth it to load ahead what each report loads late.

    Notes
    -----
    A dead or hung report is ended and tried once more. A warm process that dies is started once more, and its
    reports with it. When this process ends, however it ends, the warm process and every report end too.

    Examples
    --------
    >>> with WarmExecutor(jobs=2) as executor:  # doctest: +SKIP
    ...     for outcome in executor.run(jobs):
    ...         print(outcome.report_id)
    """

    def __init__(
        self,
        jobs: int = 2,
        preload: Callable[[], object] | None = None,
        *,
        modules: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        many: bool = True,
    ) -> None:
        self._start = Start(jobs, preload, tuple(modules), dict(environment or {}), many)
        self._pending: dict[str, tuple[ReportJob, Future]] = {}
        self._lock = threading.Lock()
        self._sending = threading.Lock()  # held longer: a full socket makes the sender wait, never the reader
        self._process: subprocess.Popen | Forked | None = None
        self._connection: Connection | None = None
        self._reader: threading.Thread | None = None
        self._restarts_left = 1
        self._closing = False
        self.ready: Future[Ready] = Future()

    def __enter__(self) -> WarmExecutor:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the warm process, without waiting until it has loaded everything (`ready` says when)."""
        if self._process is not None:
            return
        self._launch()
        self._reader = threading.Thread(target=self._read, name="warm-executor", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int | None:
        """The warm process's number, once it is started."""
        return None if self._process is None else self._process.pid

    def submit(self, job: ReportJob) -> Future[ReportRun]:
        """Queue a report; the future gives its `ReportRun` or raises its `ReportFailure`."""
        self.start()
        future: Future[ReportRun] = Future()
        with self._sending:
            with self._lock:
                if job.report_id in self._pending:
                    raise ValueError(f"The report {job.report_id} is running already.")
                if self._closing:
                    raise RuntimeError("The executor is closed.")
                self._pending[job.report_id] = (job, future)
            with contextlib.suppress(OSError):  # the reader notices, and restarts or fails what is pending
                self._connection.send(job)
        return future

    def run(self, jobs: Iterable[ReportJob]) -> Iterator[ReportRun | ReportFailure]:
        """Run reports and yield each one's outcome as it comes; a failure is yielded, not raised."""
        for future in as_completed([self.submit(job) for job in jobs]):
            error = future.exception()
            if error is not None and not isinstance(error, ReportFailure):
                raise error
            yield error or future.result()

    def close(self) -> None:
        """End the warm process and every report still running; their futures fail."""
        with self._lock:
            self._closing = True
            if self._connection is not None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
        if self._reader is not None:
            self._reader.join(timeout=30)

    def _launch(self) -> None:
        launched = take()
        self._process, self._socket = launched.process, launched.socket
        self._connection = Connection(os.dup(self._socket.fileno()))
        self._connection.send(self._start)

    def _read(self) -> None:
        """Take what the warm process says until it ends (runs in a thread)."""
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                if not self._replace():
                    return
                continue
            if isinstance(message, Ready):
                self._note_ready(message)
            else:
                self._settle(message)

    def _note_ready(self, message: Ready) -> None:
        if not message.problem:
            if not self.ready.done():
                self.ready.set_result(message)
            return
        self._restarts_left = 0
        problem = FourPillarsError("The warm process could not load what reports need.", hint=message.problem)
        if not self.ready.done():
            self.ready.set_exception(problem)
        self._fail_pending(lambda job: problem)

    def _settle(self, outcome: ReportRun | ReportFailure) -> None:
        with self._lock:
            _, future = self._pending.pop(outcome.report_id, (None, Future()))
        if isinstance(outcome, ReportFailure):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    def _replace(self) -> bool:
        """Start another warm process, once, in place of one that has ended by itself."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        status = self._ended()
        with self._sending:
            self._connection.close()
            self._socket.close()
            with self._lock:
                again = not self._closing and self._restarts_left > 0
                self._closing = not again
                pending = [job for job, _ in self._pending.values()]
            if again:
                self._restarts_left -= 1
                self._launch()
                for job in pending:
                    self._connection.send(job)
                return True
        self._fail_pending(lambda job: _died(job, status))
        if not self.ready.done():
            self.ready.set_exception(FourPillarsError("The warm process ended before it was ready."))
        return False

    def _ended(self) -> int:
        """Wait until the warm process has ended its reports and itself; kill one that is still loading."""
        try:
            return self._process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _fail_pending(self, error: Callable[[ReportJob], Exception]) -> None:
        with self._lock:
            pending, self._pending = self._pending, {}
        for job, future in pending.values():
            if not future.done():
                future.set_exception(error(job))


def _died(job: ReportJob, status: int) -> ReportFailure:
    return ReportFailure(
        job.report_id, job.notebook, parameters=job.parameters, ename=KILLED,
        evalue=f"the warm process ended with status {status}",
        likely_cause="The process that runs reports was ended; probably the machine ran out of memory.",
    )  # fmt: skip
