"""What failed in a publication: named with notebook, cell, parameters and cause, and kept for inspection."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions.redaction import redacted

if TYPE_CHECKING:
    from fourpillars.editions.page_task import PageTask
    from fourpillars.editions.pages import PageResult
    from fourpillars.editions.run.failure import ReportFailure


class DiskFull(Exception):
    """There is no room for the edition: nothing that follows can succeed."""


@dataclass(frozen=True)
class Failure:
    """A page that could not be made.

    `stage` is 'run' or 'render', `cell` the position of the cell in the notebook counted from 0, `kept` the
    notebook as far as it came.
    """

    key: str
    title: str
    stage: str
    notebook: str
    cell: int | None
    parameters: dict[str, Any]
    cause: str
    hint: str = ""
    traceback: str = ""
    kept: Path | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for `run.json`."""
        return {**asdict(self), "kept": str(self.kept) if self.kept else None}


def of_run(error: ReportFailure, title: str) -> Failure:
    """Describe a page whose notebook did not run to its end."""
    what = f"{error.ename}: {error.evalue}" if error.ename else error.evalue
    return Failure(
        key=error.report_id,
        title=title,
        stage="run",
        notebook=error.notebook.name,
        cell=error.cell_index,
        parameters=dict(error.parameters),
        cause=what.strip(),
        hint=error.likely_cause,
        traceback=error.traceback,
        kept=error.part_run,
    )


def of_render(result: PageResult, task: PageTask, notebook: str, parameters: dict[str, Any]) -> Failure:
    """Describe a page that ran and could not be rendered."""
    return Failure(
        key=result.key,
        title=task.context.title,
        stage="render",
        notebook=notebook,
        cell=None,
        parameters=parameters,
        cause=result.error,
        kept=task.executed if task.executed.is_file() else None,
    )


def keep(failures: Iterable[Failure], folder: Path) -> list[Failure]:
    """Copy the notebooks of `failures` into `folder`, where a person can open them, in place of those of the
    run before; nothing in them, and in what is said of them, is secret any more."""
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()
    return [_kept(failure, folder) for failure in failures]


def _kept(failure: Failure, folder: Path) -> Failure:
    said = {name: redacted(getattr(failure, name)) for name in ("cause", "hint", "traceback")}
    if failure.kept is None or not failure.kept.is_file():
        return replace(failure, **said)
    into = folder / f"{failure.key}.ipynb"
    into.parent.mkdir(parents=True, exist_ok=True)
    notebook = json.loads(failure.kept.read_text(encoding="utf-8"))
    into.write_text(json.dumps(redacted(notebook), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return replace(failure, kept=into, **said)
