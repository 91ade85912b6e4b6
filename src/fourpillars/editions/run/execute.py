"""Run one notebook through papermill, here or in a new kernel; what goes wrong becomes a ReportFailure."""

from __future__ import annotations

import logging
import os
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from fourpillars.editions.run.failure import TIMED_OUT, TOO_MUCH, ReportFailure
from fourpillars.editions.run.job import ENGINE, KERNEL, ReportJob, ReportRun


class ReportTimedOut(BaseException):
    """Raised inside a cell when the report's time is over; `except Exception` does not catch it."""


def run_notebook(
    notebook: Path | str,
    parameters: Mapping[str, object],
    output: Path | str,
    *,
    engine: str = ENGINE,
    project: Path | None = None,
) -> Path:
    """Check the parameters, run a notebook in its folder as JupyterLab does, and write it with its outputs.

    Parameters
    ----------
    notebook : Path
        The notebook to run.
    parameters : mapping
        Values by name; texts are converted to the declared type.
    output : Path
        The file to write.
    engine : str
        'fourpillars' (in this process), 'jupyter' (a new kernel) or any engine papermill knows.
    project : Path, optional
        The project's root, whose codelists the values are checked against.

    Returns
    -------
    Path
        The output.

    Raises
    ------
    UnknownNameError, FourPillarsError
        If a parameter's name or value is not allowed; nothing has run then.
    ReportFailure
        If a cell raises; the part-run notebook stands beside the output.
    """
    from fourpillars.editions.run.parameters import check

    notebook, output = Path(notebook).resolve(), Path(output).resolve()
    values = check(notebook, parameters, project=project)
    job = ReportJob(notebook.stem, notebook, values, output, engine=engine)
    before = os.getcwd()
    os.chdir(notebook.parent)
    try:
        execute(job)
    finally:
        os.chdir(before)
    return output


def execute(job: ReportJob, *, on_cell: Callable[[int], None] | None = None, save_each_cell: bool = False) -> ReportRun:
    """Run a job in the current folder and process.

    Parameters
    ----------
    job : ReportJob
        What to run; its parameters have been checked.
    on_cell : callable, optional
        Called with the index of each cell before it runs (engine 'fourpillars' only).
    save_each_cell : bool
        Keep the part-run notebook up to date on disk, for a report that is expected to die.

    Raises
    ------
    ReportFailure
        If a cell raises or exits, or the engine does.
    """
    started = time.monotonic()
    job.output.parent.mkdir(parents=True, exist_ok=True)
    job.failed_output.unlink(missing_ok=True)
    try:
        executed = _papermill(job, on_cell, save_each_cell)
    except (Exception, ReportTimedOut) as error:
        raise _failure(job, error) from None
    early = _early_exit(job, executed)
    if early is not None:
        raise early
    _refuse_too_much(job)
    os.replace(job.failed_output, job.output)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return ReportRun(job.report_id, job.output, time.monotonic() - started, peak)


def _papermill(job: ReportJob, on_cell: Callable[[int], None] | None, save_each_cell: bool) -> object:
    """Call papermill; what it writes has the failed report's name until it is complete."""
    sys.modules.setdefault("rfc3987_syntax", None)  # two seconds of import that jsonschema can do without
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    settings: dict[str, object] = {
        "parameters": dict(job.parameters),
        "progress_bar": False,
        "request_save_on_cell_execute": save_each_cell,
    }
    source, target = _unformatted(job.notebook), _unformatted(job.failed_output)
    if job.engine == ENGINE:
        settings |= {
            "engine_name": ENGINE,
            "kernel_name": "python3",
            "language": "python",
            "on_cell": on_cell,
            "charts": job.charts,
        }
        return papermill.execute_notebook(source, target, **settings)
    if job.engine != KERNEL:
        return papermill.execute_notebook(source, target, engine_name=job.engine, **settings)
    short = "/tmp" if Path("/tmp").is_dir() else None  # a socket's path may have about 100 characters
    with tempfile.TemporaryDirectory(prefix="fp-", dir=short) as folder:
        return papermill.execute_notebook(
            source, target, **settings, config=_connection(folder), shutdown_kernel="immediate",
            execution_timeout=int(job.limits.seconds),
        )  # fmt: skip


def _connection(folder: str) -> object:
    """Let the kernel talk through files in `folder`: two kernels can never want the same port.

    The settings rather than a kernel manager: papermill ends only the kernels it made itself.
    """
    from traitlets.config import Config

    return Config(KernelManager={"transport": "ipc", "connection_file": str(Path(folder) / "kernel.json")})


def _unformatted(path: Path) -> str:
    """Write a path so that papermill, which fills paths in as format strings, leaves it as it is."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _early_exit(job: ReportJob, executed: object) -> ReportFailure | None:
    """Find an error output papermill lets pass: `exit()` ends a notebook before its last cells."""
    for index, cell in enumerate(executed.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                return _of_cell(job, index, output.ename, output.evalue, output.traceback)
    return None


def _refuse_too_much(job: ReportJob) -> None:
    """Refuse outputs that no page could hold, and do not keep them."""
    size = job.failed_output.stat().st_size
    if size > job.limits.output:
        job.failed_output.unlink()
        raise ReportFailure(
            job.report_id, job.notebook, parameters=job.parameters, ename=TOO_MUCH,
            evalue=f"{size / 2**20:.0f} MB printed and shown; {job.limits.output / 2**20:.0f} MB are allowed",
        )  # fmt: skip


def _failure(job: ReportJob, error: BaseException) -> ReportFailure:
    from papermill.exceptions import PapermillExecutionError

    if isinstance(error, PapermillExecutionError):
        return _of_cell(job, error.cell_index, error.ename, error.evalue, error.traceback)
    ename = TIMED_OUT if type(error).__name__ == "CellTimeoutError" else type(error).__name__
    return ReportFailure(
        job.report_id, job.notebook, parameters=job.parameters, ename=ename, evalue=str(error),
        traceback="".join(traceback.format_exception(error)), part_run=_kept(job),
    )  # fmt: skip


def _of_cell(job: ReportJob, index: int, ename: str, evalue: str, trace: list[str]) -> ReportFailure:
    cell_index, source = source_cell(job.notebook, index, injected=bool(job.parameters))
    return ReportFailure(
        job.report_id, job.notebook, cell_index=cell_index, source=source, parameters=job.parameters,
        ename=ename, evalue=evalue, traceback="\n".join(trace), part_run=_kept(job),
    )  # fmt: skip


def source_cell(notebook: Path, executed_index: int, *, injected: bool) -> tuple[int, str]:
    """Return the index and source, in the notebook as written, of a cell of the executed one.

    papermill puts a cell with the given values after the one tagged `parameters`, or first.
    """
    import nbformat

    cells = nbformat.read(notebook, as_version=4).cells
    tagged = [i for i, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])]
    first_moved = (tagged[0] + 1) if tagged else 0
    index = executed_index - 1 if injected and executed_index >= first_moved else executed_index
    index = min(max(index, 0), len(cells) - 1)
    return index, cells[index].source


def _kept(job: ReportJob) -> Path | None:
    return job.failed_output if job.failed_output.is_file() else None
