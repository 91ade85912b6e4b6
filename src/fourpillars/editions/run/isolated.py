"""What a forked child does: take folder, limits and seeds of its own, run one report, answer, and end."""

from __future__ import annotations

import faulthandler
import os
import random
import resource
import signal
import sys
import tempfile
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from fourpillars.editions.inputs import read_names
from fourpillars.editions.run.execute import ReportTimedOut, execute
from fourpillars.editions.run.failure import ReportFailure
from fourpillars.editions.run.job import ENGINE, Limits, ReportJob
from fourpillars.editions.run.lifeline import end_with_parent
from fourpillars.observations.reads import recording

SEED = 20260831
LOG = "process.log"


def run_isolated(job: ReportJob, answer: Connection, folder: Path, parent: int, *, save_each_cell: bool) -> None:
    """Run `job` in this freshly forked process and never return.

    Messages on `answer`: the index of each cell as it starts, then a `ReportRun` or a `ReportFailure`.
    """
    end_with_parent(parent)
    os.setpgid(0, 0)
    _own_streams(folder / LOG)
    _own_folders(folder)
    _seed()
    _limit(job.limits)
    try:
        with recording() as read:
            outcome = execute(job, on_cell=answer.send, save_each_cell=save_each_cell)
        if job.engine == ENGINE:  # what a kernel of its own has read nobody has seen
            outcome = replace(outcome, reads=read_names(read, str(job.parameters.get("edition", ""))))
    except ReportFailure as failure:
        outcome = failure
    except ReportTimedOut as error:
        outcome = ReportFailure(
            job.report_id,
            job.notebook,
            parameters=job.parameters,
            ename=type(error).__name__,
            evalue=str(error),
        )
    signal.setitimer(signal.ITIMER_REAL, 0)
    answer.send(outcome)
    answer.close()
    os._exit(0)  # not sys.exit: what the parent registered to run at its end is not the child's to run


def _own_folders(folder: Path) -> None:
    """Work in an empty folder, and put temporary files where the supervisor takes them away with it."""
    for name in ("work", "tmp"):
        (folder / name).mkdir()
    os.chdir(folder / "work")
    os.environ["TMPDIR"] = str(folder / "tmp")
    tempfile.tempdir = None


def _own_streams(log: Path) -> None:
    """Give the process nothing to read and a file to write, where a crash leaves its last words."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(written, 1)
    os.dup2(written, 2)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  (lives as long as the process)
    faulthandler.enable(file=2)


def _seed() -> None:
    """Start every report from the same random state, whatever ran before it."""
    random.seed(SEED)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(SEED)


def _limit(limits: Limits) -> None:
    def time_is_over(*_: object) -> None:
        raise ReportTimedOut(f"longer than {limits.seconds:g} seconds")

    signal.signal(signal.SIGALRM, time_is_over)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the publisher's to handle
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        allowed = pages * resource.getpagesize() + limits.memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (allowed if hard == -1 else min(allowed, hard), hard))
