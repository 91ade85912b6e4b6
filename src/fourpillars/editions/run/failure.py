"""What went wrong in one report, in fields that survive the way from one process to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from fourpillars.errors import FourPillarsError

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")

TIMED_OUT = "ReportTimedOut"
KILLED = "ReportKilled"
TOO_MUCH = "TooMuchOutput"

_CAUSES = {
    TIMED_OUT: "It took longer than the time limit allows.",
    TOO_MUCH: "A cell prints or shows far more than a page can hold.",
    "MemoryError": "It asked for more memory than a report may use.",
    "ModuleNotFoundError": "A package the notebook imports is not installed here.",
    "ImportError": "The notebook imports a name that this version of the code does not have.",
    "FileNotFoundError": "A file the notebook reads is not there; a report runs in an empty folder.",
    "PermissionError": "The notebook reads or writes where it may not.",
    "KeyError": "The data hold no row or column of this name for these parameters.",
    "NameError": "A cell uses a name that no cell above it defines.",
    "SyntaxError": "The cell is not valid Python.",
    "SystemExit": "The notebook ended itself (exit, quit or sys.exit), which a report must not.",
}
_SIGNALS = {
    9: "It was killed from outside, probably because the machine ran out of memory.",
    11: "Compiled code crashed (segmentation fault).",
    6: "Compiled code gave up (abort), often for lack of memory.",
}


class ReportFailure(FourPillarsError):
    """A report that could not be run.

    Parameters
    ----------
    report_id : str
        The report, such as 'industry/C31'.
    notebook : Path
        The notebook as written, before its parameters were set.
    cell_index : int or None
        The cell's position in that notebook, counted from 0; None if no cell had started.
    source : str
        The cell's source.
    parameters : dict
        What the notebook was run with.
    ename, evalue : str
        The exception's class and message.
    traceback : str
        Its traceback as plain text.
    likely_cause : str
        One sentence for people.
    part_run : Path or None
        The notebook with the outputs so far, kept for inspection.

    Examples
    --------
    >>> failure = ReportFailure("industry/C31", Path("industry.ipynb"), cell_index=4, ename="KeyError", evalue="'B99'")
    >>> print(failure)
    Report industry/C31 failed in cell 4 of industry.ipynb: KeyError: 'B99'. The data hold no row or column of this name for these parameters.
    """  # noqa: E501

    def __init__(
        self,
        report_id: str,
        notebook: Path,
        *,
        cell_index: int | None = None,
        source: str = "",
        parameters: Mapping[str, object] | None = None,
        ename: str = "",
        evalue: str = "",
        traceback: str = "",
        likely_cause: str | None = None,
        part_run: Path | None = None,
        attempts: int = 1,
    ) -> None:
        self.report_id, self.notebook = report_id, Path(notebook)
        self.cell_index, self.source, self.parameters = cell_index, source, dict(parameters or {})
        self.ename, self.evalue, self.traceback = ename, plain(evalue), plain(traceback)
        self.likely_cause = likely_cause if likely_cause is not None else likely_cause_of(ename)
        self.part_run, self.attempts = part_run, attempts
        super().__init__(self._sentence(), hint=self.likely_cause)

    def _sentence(self) -> str:
        where = f" in cell {self.cell_index}" if self.cell_index is not None else ""
        first = self.evalue.strip().splitlines()[0].rstrip(".") if self.evalue.strip() else ""
        what = ": ".join(part for part in (self.ename, first) if part)
        return f"Report {self.report_id} failed{where} of {self.notebook.name}: {what}."

    def as_dict(self) -> dict[str, object]:
        """Return every field as plain data, for `run.json` and `manifest.json`."""
        return {
            "report": self.report_id,
            "notebook": self.notebook.name,
            "cell": self.cell_index,
            "source": self.source,
            "parameters": self.parameters,
            "error": self.ename,
            "message": self.evalue,
            "traceback": self.traceback,
            "likely_cause": self.likely_cause,
            "part_run": self.part_run.name if self.part_run else None,
            "attempts": self.attempts,
        }

    def __reduce__(self) -> tuple:
        return _rebuild, (dict(vars(self)),)


def _rebuild(fields: dict[str, object]) -> ReportFailure:
    failure = ReportFailure(fields["report_id"], fields["notebook"])
    vars(failure).update(fields)
    failure.args = (failure.message, failure.hint)
    return failure


def likely_cause_of(ename: str, signal: int | None = None) -> str:
    """Say in a sentence what an exception's name, or the signal that ended a process, probably means.

    Examples
    --------
    >>> likely_cause_of("ReportKilled", signal=9)
    'It was killed from outside, probably because the machine ran out of memory.'
    """
    if signal is not None:
        return _SIGNALS.get(signal, f"Its process was ended by signal {signal}.")
    return _CAUSES.get(ename, "")


def plain(text: str) -> str:
    r"""Remove a terminal's colour codes.

    Examples
    --------
    >>> plain("\x1b[0;31mKeyError\x1b[0m: 'C99'")
    "KeyError: 'C99'"
    """
    return _ANSI.sub("", text)
