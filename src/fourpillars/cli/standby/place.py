"""Where a process stands by, and for whom: the same user, the same code, the same environment."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import socket
import struct
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fourpillars.editions.redaction import without_secrets
from fourpillars.editions.versions import distributions

VARIABLE = "FOURPILLARS_STANDBY"
SECONDS = 300
_LONGEST_PATH = 100  #: bytes of a socket's name, of which the kernel takes 107
_OF_A_TERMINAL = {"_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TERM", "COLORTERM", "WINDOWID", "PS1"}
_PACKAGE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Caller:
    """A command as it begins: its environment, and by what a process is known that may run it."""

    environment: dict[str, str]
    key: str

    @classmethod
    def now(cls) -> Caller:
        """Return this process, which has changed nothing of its surroundings yet."""
        return cls(dict(os.environ), f"{code()}-{_surroundings()}")


def seconds() -> int:
    """Return how long a process stands by without a command: `FOURPILLARS_STANDBY`, 0 where there is none.

    Raises
    ------
    ValueError
        If the variable is no number of seconds.
    """
    given = os.environ.get(VARIABLE, "").strip() or str(SECONDS)
    if not given.isdecimal():
        raise ValueError(f"{VARIABLE} is {given!r}.")
    return int(given) if sys.platform == "linux" else 0


def socket_file() -> Path | None:
    """Return the socket of this user's and this installation's process; None where it could not be kept to the user
    alone."""
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"fourpillars-{os.getuid()}"
    path = folder / f"{_digest([sys.prefix, str(_PACKAGE)])}.sock"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    own = status.st_uid == os.geteuid() == os.getuid() and status.st_mode & 0o170777 == 0o040700
    return path if own and len(os.fsencode(path)) <= _LONGEST_PATH else None


def code() -> str:
    """Return the digest of what a process of this installation would import, by the times of its files."""
    return _digest([sys.executable, sys.version, distributions(), sorted(_sources(_PACKAGE))])


def _surroundings() -> str:
    """Return the digest of what a process has from the one that started it, and could not change for a command."""
    kept = without_secrets(os.environ)  # those that are secret come with each command
    variables = {name: value for name, value in kept.items() if name not in _OF_A_TERMINAL}
    limits = [
        resource.getrlimit(getattr(resource, name)) for name in sorted(dir(resource)) if name.startswith("RLIMIT_")
    ]
    processors = sorted(os.sched_getaffinity(0))
    return _digest([variables, limits, processors, os.getpriority(os.PRIO_PROCESS, 0), os.getegid(), os.getgroups()])


def is_own(connection: socket.socket) -> bool:
    """Say whether it is this user who is at the other end."""
    size = struct.calcsize("3i")
    _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return user == os.getuid()


def _sources(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _sources(entry.path)
        else:
            status = entry.stat()
            yield entry.path, status.st_mtime_ns, status.st_size


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
