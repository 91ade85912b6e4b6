"""One publisher at a time: a lock that dies with the process that holds it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from fourpillars.errors import FourPillarsError

NAME = ".lock"


class AnotherRun(FourPillarsError):
    """Another run is publishing: one waits, or comes again later."""


@contextmanager
def publishing(out: Path) -> Iterator[None]:
    """Hold the lock of the site at `out`, or refuse and name who holds it.

    The kernel drops the lock when the process ends, however it ends; the file that stays behind means
    nothing.

    Raises
    ------
    FourPillarsError
        If another run is publishing to `out`, or `out` cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with publishing(Path(tempfile.mkdtemp())):
    ...     pass
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise FourPillarsError(
            f"{out} cannot be written: {error.strerror}.", "Give another folder with --out."
        ) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherRun(
                f"Another run is publishing to {out}{_holder(handle)}.",
                "Wait for it to end, or give another folder with --out.",
            ) from None
        _sign(handle)
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)  # also for those this process has forked meanwhile
        os.close(handle)


def _sign(handle: int) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps({"pid": os.getpid(), "since": f"{datetime.now():%Y-%m-%d %H:%M:%S}"}).encode(), 0)


def _holder(handle: int) -> str:
    try:
        holder = json.loads(os.pread(handle, 1000, 0))
        return f" (process {int(holder['pid'])}, since {holder['since']})"
    except (ValueError, KeyError, TypeError):
        return ""
