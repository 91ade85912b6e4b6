"""What ran, when, for how long, what it changed and what failed: a line of JSON an event, beside the site.

A run leaves two lines: one when it begins, one when it ends. A run that was killed has no second line, which is how
it is known. A line is written whole and flushed to the disk; one torn by a power cut is passed over.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = ".runs"
NAME = "history.jsonl"

BEGAN, ENDED = "began", "ended"
RUNNING, INTERRUPTED = "running", "interrupted"
BAD = ("failed", "refused", "crashed", INTERRUPTED, "timed out", "undelivered")


@dataclass(frozen=True)
class Run:
    """A run as the history tells it.

    Attributes
    ----------
    id : str
        Its own, made of its beginning and some letters.
    what : str
        'publish', 'rollback' or 'deliver'.
    began, ended : str
        Times in ISO 8601, UTC; `ended` is '' while it runs, and where it was killed.
    seconds : float
        How long it took.
    state : str
        What it came to: 'published', 'same', 'unchanged', 'held', 'preview', 'rolled back', 'delivered'; 'failed',
        'refused', 'crashed', 'interrupted', 'timed out', 'undelivered'; or 'running'.
    edition, release, built, kept : str, int, int, int
        What was published, and of how many documents.
    slot : str
        The time it was scheduled for, '' where a person started it.
    said : str
        In a sentence: what failed, what is awaited, what was rolled back.
    changed, failures : tuple of str
        Why documents were built; which failed, each with its cause.
    warnings : int
        How many warnings are new.
    told : bool
        Whether a failure was told of.
    process : str
        Which process it ran in.
    """

    id: str
    what: str = "publish"
    began: str = ""
    ended: str = ""
    seconds: float = 0.0
    state: str = RUNNING
    edition: str = ""
    release: int = 0
    built: int = 0
    kept: int = 0
    slot: str = ""
    said: str = ""
    changed: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    warnings: int = 0
    told: bool = False
    process: str = field(default="", compare=False)

    @property
    def bad(self) -> bool:
        """Whether somebody should look at it."""
        return self.state in BAD

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def new_id(now: datetime) -> str:
    """Return an id for a run that begins `now`."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def moment(now: datetime) -> str:
    """Return a time as the history writes it.

    Examples
    --------
    >>> moment(datetime(2026, 9, 14, 2, 30, tzinfo=UTC))
    '2026-09-14T02:30:00+00:00'
    """
    return now.astimezone(UTC).isoformat(timespec="seconds")


def path_of(out: Path) -> Path:
    """Return the file of the history of the site at `out`."""
    return out / FOLDER / NAME


def append(out: Path, event: str, run: Run, **more: Any) -> None:
    """Add what a run says of itself when it begins or has ended.

    Examples
    --------
    >>> import tempfile
    >>> out = Path(tempfile.mkdtemp())
    >>> append(out, BEGAN, Run("a", began="2026-09-14T02:30:00+00:00", process="1:0"))
    >>> append(out, ENDED, Run("a", began="2026-09-14T02:30:00+00:00", state="published", edition="2026-08"))
    >>> [(run.id, run.state, run.edition) for run in read(out)]
    [('a', 'published', '2026-08')]
    """
    empty = {name: value for name, value in asdict(Run("")).items() if name != "state"}
    said = {name: value for name, value in run.as_dict().items() if value != empty.get(name, object())}
    line = json.dumps({"event": event, **said, **more}, ensure_ascii=False, separators=(",", ":")) + "\n"
    path = path_of(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        os.write(handle, (_end_torn_line(handle) + line).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(out: Path) -> list[Run]:
    """Return every run of the site at `out`, the earliest first.

    A run without an end is 'running' while its process lives, and 'interrupted' otherwise.
    """
    runs: dict[str, dict[str, Any]] = {}
    for event in _events(path_of(out)):
        runs.setdefault(event["id"], {}).update(event)
    return [_run(said) for said in runs.values()]


def last(out: Path, what: str = "publish") -> Run | None:
    """Return the latest run of a kind, or None."""
    return next((run for run in reversed(read(out)) if run.what == what), None)


def last_slot(out: Path) -> str:
    """Return the latest time of the schedule that a run was begun for, or ''."""
    return max((run.slot for run in read(out) if run.slot), key=datetime.fromisoformat, default="")


def _events(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:  # torn
            continue
        if isinstance(event, dict) and isinstance(event.get("id"), str):
            yield event


def _run(said: Mapping[str, Any]) -> Run:
    known = {one.name for one in fields(Run)}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items() if name in known}
    run = Run(**values)
    if said.get("event") == BEGAN and not _lives(run.process):
        return replace(run, state=INTERRUPTED)
    return run


def _lives(process: str) -> bool:
    pid = process.partition(":")[0]
    return pid.isdigit() and process_mark(int(pid)) == process


def process_mark(pid: int) -> str:
    """Return what tells a process from a later one of the same number; '' where there is none of that number."""
    try:
        born = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
    return f"{pid}:{born}"


def _end_torn_line(handle: int) -> str:
    size = os.fstat(handle).st_size
    return "\n" if size and os.pread(handle, 1, size - 1) != b"\n" else ""
