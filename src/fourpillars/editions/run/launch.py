"""Starting a warm process, at once or ahead: it loads what every report needs while others find out what to run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkProcess

from fourpillars.editions.redaction import without_secrets
from fourpillars.editions.run.forks import disturbed, may_fork, undisturbed

# Only a process of one thread may fork: libraries that would start more are told not to.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "FOURPILLARS_STATIC": "1",  # exhibits leave charts, and V8 with its threads, to the render workers
}
_PROGRAM = """
import sys
from fourpillars.editions.run.lifeline import end_with_parent
end_with_parent(int(sys.argv[2]))
from fourpillars.editions.run.supervisor import main
main(int(sys.argv[1]))
"""


class Forked(ForkProcess):
    """A forked process that is waited for as one that was started is."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended, and return its status."""
        self.join(timeout)
        if self.exitcode is None:
            raise subprocess.TimeoutExpired(self.name, timeout or 0)
        return self.exitcode


@dataclass(frozen=True)
class Launched:
    """A warm process that imports what every report needs, and waits to be told the rest at a socket."""

    process: subprocess.Popen | Forked
    socket: socket.socket

    def end(self) -> None:
        """End it, if it has not been told anything."""
        if self.socket.fileno() >= 0:
            self.socket.close()
            self.process.kill()
            self.process.wait()


def launch() -> Launched:
    """Start a warm process; a fork of this one, where that has imported what it needs."""
    ours, theirs = socket.socketpair()
    with theirs:
        if may_fork():
            forked = Forked(target=_continue, args=(ours, theirs, os.getpid()), daemon=True)
            with undisturbed():
                forked.start()
            return Launched(forked, ours)
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, str(theirs.fileno()), str(os.getpid())],
            env={**without_secrets(os.environ), **ENVIRONMENT},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
    return Launched(process, ours)


def _continue(publishers: socket.socket, own: socket.socket, parent: int) -> None:
    """Be the warm process, in a fork."""
    from fourpillars.editions.run.lifeline import end_with_parent
    from fourpillars.editions.run.supervisor import main

    end_with_parent(parent)
    disturbed()
    publishers.close()
    environment = {**without_secrets(os.environ), **ENVIRONMENT}
    os.environ.clear()
    os.environ.update(environment)
    main(own.fileno())


_ahead: list[Launched] = []


@contextmanager
def launched() -> Iterator[None]:
    """Start a warm process before it is known what it will do; end it if nobody takes it."""
    _ahead.append(launch())
    try:
        yield
    finally:
        while _ahead:
            _ahead.pop().end()


def take() -> Launched:
    """Return the warm process that was started ahead, or a new one."""
    return _ahead.pop() if _ahead else launch()
