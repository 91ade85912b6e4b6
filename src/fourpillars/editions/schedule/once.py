"""One scheduled run: `fourpillars publish --if-new` in a process of its own, with a time limit and retries."""

from __future__ import annotations

import logging
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fourpillars.editions import history, ledger
from fourpillars.editions.place import Place
from fourpillars.editions.settings import ScheduleConfig
from fourpillars.errors import FourPillarsError

GRACE = 30.0  #: seconds a run that is told to end has for clearing up
TIMED_OUT = 124  #: as the command `timeout` says it
_LONGEST_WAIT = 3600
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Command:
    """What a schedule runs: the program, and where its project and site are."""

    project: Path
    out: Path | None = None
    environment: Path | None = None
    program: tuple[str, ...] = field(default_factory=lambda: program())

    @property
    def publish(self) -> list[str]:
        """The words of a run that publishes what is new."""
        return [*self.program, "publish", "--if-new", "--quiet", *self._where]

    @property
    def once(self) -> list[str]:
        """The words of such a run with its time limit and retries."""
        environment = ["--environment", str(self.environment)] if self.environment else []
        return [*self.program, "schedule", "--once", *self._where, *environment]

    @property
    def _where(self) -> list[str]:
        out = ["--out", str(self.out)] if self.out else []
        return ["--project", str(self.project), *out]


def program() -> tuple[str, ...]:
    """Return the words that call this program from anywhere: its script, or Python with its own import."""
    script = Path(sys.executable).parent / "fourpillars"
    if script.is_file():
        return (str(script),)
    return (sys.executable, "-c", "from fourpillars.cli import main; main()")


class Runner:
    """Runs a command until it succeeds, its tries are used up, or somebody says stop."""

    def __init__(self, place: Place, command: Sequence[str], config: ScheduleConfig) -> None:
        self.place, self.command, self.config = place, list(command), config
        self.stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self, slot: datetime) -> int:
        """Run for a time of the schedule; return the exit code of the last try."""
        from tenacity import (
            Retrying,
            retry_if_result,
            stop_after_attempt,
            stop_any,
            stop_when_event_set,
            wait_exponential,
        )

        tries = self.config.retries + 1
        attempts = Retrying(
            retry=retry_if_result(bool),
            stop=stop_any(stop_after_attempt(tries), stop_when_event_set(self.stopping)),
            wait=wait_exponential(multiplier=self.config.retry_after, max=_LONGEST_WAIT),
            sleep=self.stopping.wait,
            retry_error_callback=lambda state: state.outcome.result(),
        )
        numbers = iter(range(1, tries + 1))
        return attempts(lambda: self._try(slot, next(numbers), tries))

    def stop(self) -> None:
        """End the run that is under way, gently, and start no other."""
        self.stopping.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            killer = threading.Timer(GRACE, _kill_group, [child])
            killer.daemon = True
            killer.start()

    def _try(self, slot: datetime, number: int, tries: int) -> int:
        if self.stopping.is_set():
            return 0
        run_id = history.new_id(datetime.now(UTC))
        planned = slot.isoformat(timespec="seconds")
        own = {ledger.RUN_ID: run_id, ledger.SLOT: planned, ledger.LAST_TRY: "1" if number == tries else "0"}
        log.info("run begins", extra={"id": run_id, "slot": planned, "try": number, "of": tries})
        self._child = subprocess.Popen(self.command, env={**os.environ, **own}, start_new_session=True)
        code = self._wait(self._child)
        self._child = None
        if code == TIMED_OUT or code < 0:
            self._note(run_id, planned, code, own[ledger.LAST_TRY])
        log.log(logging.INFO if code == 0 else logging.ERROR, "run over", extra={"id": run_id, "exit_code": code})
        return 0 if self.stopping.is_set() else abs(code)

    def _wait(self, child: subprocess.Popen[bytes]) -> int:
        try:
            return child.wait(self.config.time_limit)
        except subprocess.TimeoutExpired:
            child.terminate()
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            log.error("run does not end; killed", extra={"child": child.pid})
        _kill_group(child)
        child.wait()
        return TIMED_OUT

    def _note(self, run_id: str, slot: str, code: int, last_try: str) -> None:
        state, said = history.INTERRUPTED, f"The run was ended by signal {-code}."
        if code == TIMED_OUT:
            state, said = "timed out", f"The run took longer than {self.config.time_limit} s and was ended."
        os.environ[ledger.LAST_TRY] = last_try
        try:
            ledger.note_killed(self.place, run_id, slot, state, said)
        finally:
            del os.environ[ledger.LAST_TRY]


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a run: it is the first of its own group."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` on SIGTERM, SIGINT and SIGHUP."""

    def handle(number: int, frame: Any) -> None:
        stop()

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def read_environment(path: Path) -> dict[str, str]:
    """Read a file of NAME=value lines, such as secrets; nothing in it is run or expanded.

    Raises
    ------
    FourPillarsError
        If it cannot be read, others may read it, or a line is none.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise FourPillarsError(f"Others may read {path}.", f"It is for secrets: chmod 600 {shlex.quote(str(path))}")
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise FourPillarsError(f"{path} cannot be read: {error.strerror}.", "Correct --environment.") from None
    found = {}
    for number, line in enumerate(lines, 1):
        name, equals, value = line.strip().partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not equals or not name.strip().isidentifier():
            raise FourPillarsError(f"{path}, line {number}, is not NAME=value.", "Correct it there.")
        found[name.strip()] = value.strip().strip("\"'")
    return found
