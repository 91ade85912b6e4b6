"""How far a publication has come: bars on a terminal, a line now and then in a log."""

from __future__ import annotations

import logging
import time
from typing import Any

from fourpillars.cli.console import console
from fourpillars.cli.logs import as_json

LABELS = {"run": "Notebooks run", "render": "Pages rendered", "quarto": "Rendered by Quarto"}
_LOG_EVERY = 10.0
log = logging.getLogger(__name__)


class Progress:
    """A watcher of publications. A context manager."""

    def __init__(self, quiet: bool = False) -> None:
        self._console = console(stderr=True)
        self._live = self._console.is_terminal and not quiet and not as_json()
        self._quiet = quiet
        self._totals: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._failed: list[str] = []
        self._logged = time.monotonic()
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    def begin(self, stage: str, total: int) -> None:
        """A stage begins."""
        self._totals[stage], self._done[stage] = total, 0
        if self._live:
            self._show_bars()
            self._tasks[stage] = self._bars.add_task(LABELS[stage], total=total, now="")

    def _show_bars(self) -> None:
        if self._bars is None:
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bars

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            self._bars = Bars(
                *columns,
                TextColumn("{task.fields[now]}", markup=False),
                console=self._console,
                transient=True,
            )
            self._bars.start()

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        """A page has passed a stage, or failed in it."""
        self._done[stage] += 1
        if failed and key not in self._failed:
            self._failed.append(key)
            self._say(f"failed: {key}")
        if self._bars is not None:
            self._bars.update(self._tasks[stage], advance=1, now=key)
        elif self._due():
            self._say(
                ", ".join(f"{LABELS[name].lower()} {self._done[name]}/{total}" for name, total in self._totals.items())
            )

    def _due(self) -> bool:
        finished = all(self._done[name] == total for name, total in self._totals.items())
        if not finished and time.monotonic() - self._logged < _LOG_EVERY:
            return False
        self._logged = time.monotonic()
        return True

    def _say(self, line: str) -> None:
        if as_json():
            log.info(line)
        elif not self._quiet:
            (self._bars.console if self._bars is not None else self._console).print(line)
