"""A report's process as its supervisor sees it: what it says, whether it has ended, what it died of."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from fourpillars.editions.run.failure import KILLED, TIMED_OUT, ReportFailure, likely_cause_of
from fourpillars.editions.run.isolated import LOG
from fourpillars.editions.run.job import ReportJob, ReportRun


@dataclass
class Child:
    """One attempt at a report: its process, what it has said, and until when it may run."""

    job: ReportJob
    attempt: int
    pid: int
    answer: Connection
    folder: Path
    deadline: float
    cell: int | None = None
    outcome: ReportRun | ReportFailure | None = None
    hung: bool = False
    gone: bool = False


def take_message(child: Child) -> None:
    """Take what the child says: the cell it has come to, its outcome, or that it is gone."""
    try:
        message = child.answer.recv()
    except (EOFError, OSError):
        child.gone = True
        return
    if isinstance(message, int):
        child.cell = message
    else:
        child.outcome = message


def has_ended(child: Child) -> bool:
    """Look whether the process is over, without reaping it: its number must stay taken until it is killed."""
    if not hasattr(os, "waitid"):
        return False  # the closed pipe will say so
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def kill_all(child: Child) -> int:
    """End the child and whatever it started, and return its wait status (its own end's, if it had ended)."""
    _end_group(child.pid)
    _, status = os.waitpid(child.pid, 0)
    child.answer.close()
    return status


def _end_group(group: int) -> None:
    for end in (os.killpg, os.kill):
        try:
            end(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
        return


def obituary(child: Child, status: int) -> ReportFailure:
    """Describe a child that ended without a word, from what it left behind."""
    from fourpillars.editions.run.execute import source_cell

    job = child.job
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    ename = TIMED_OUT if child.hung else KILLED
    if number is None:
        said, cause = (
            f"ended with exit code {os.waitstatus_to_exitcode(status)}",
            "The notebook ended its process.",
        )
    else:
        said, cause = f"ended by signal {number}", likely_cause_of(ename, number)
    index, source = (None, "")
    if child.cell is not None:
        index, source = source_cell(job.notebook, child.cell, injected=bool(job.parameters))
    log = child.folder / LOG
    return ReportFailure(
        job.report_id, job.notebook, cell_index=index, source=source, parameters=job.parameters, ename=ename,
        evalue=f"longer than {job.limits.seconds:g} seconds" if child.hung else said,
        traceback=log.read_text(errors="replace")[-4000:] if log.is_file() else "",
        likely_cause=likely_cause_of(ename) if child.hung else cause,
        part_run=job.failed_output if job.failed_output.is_file() else None,
    )  # fmt: skip
