"""One notebook to run with its parameters, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ENGINE = "fourpillars"
KERNEL = "jupyter"


@dataclass(frozen=True)
class Limits:
    """What one report may use.

    Parameters
    ----------
    seconds : float
        Wall-clock time of one attempt.
    memory : int
        Bytes of address space beyond what the warm process has already.
    grace : float
        Seconds a report has to end by itself once its time is over; then it is killed.
    output : int
        Bytes its executed notebook may have, with all it prints and shows.
    file : int
        Bytes each file it writes may have.
    """

    seconds: float = 180.0
    memory: int = 4 * 1024**3
    grace: float = 10.0
    output: int = 64 * 1024**2
    file: int = 1024**3


@dataclass(frozen=True)
class ReportJob:
    """A notebook to run.

    Parameters
    ----------
    report_id : str
        The name failures are reported by, such as 'industry/C31'.
    notebook : Path
        The notebook, with a cell tagged `parameters`.
    parameters : dict
        Checked values (`parameters.check`).
    output : Path
        Where the executed notebook goes; its folder is made.
    engine : str
        'fourpillars' runs the cells in a warm fork, 'jupyter' in a new kernel; papermill finds others.
    limits : Limits
    charts : Path, optional
        A folder into which each chart is put as it is shown, for who compiles them meanwhile (`charts_ahead`).
    """

    report_id: str
    notebook: Path
    parameters: Mapping[str, object]
    output: Path
    engine: str = ENGINE
    limits: Limits = field(default_factory=Limits)
    charts: Path | None = None

    @property
    def failed_output(self) -> Path:
        """Where the part-run notebook of a failed report is kept."""
        return self.output.with_name(f"{self.output.stem}.failed.ipynb")


@dataclass(frozen=True)
class ReportRun:
    """A report that was run: its executed notebook, the seconds of the attempt, its peak memory in bytes, and
    the names of the statistics it read (`inputs.observed`)."""

    report_id: str
    output: Path
    seconds: float
    peak_memory: int
    attempts: int = 1
    reads: tuple[str, ...] = ("files",)
