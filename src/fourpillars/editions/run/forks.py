"""Whether processes that run reports and render pages may be forks of this one, which has imported what they need."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_imported = False


def have_imported() -> None:
    """Say that this process has imported what runs reports and what renders pages."""
    global _imported
    _imported = True


def may_fork() -> bool:
    """Say whether a process that needs those imports may be a fork of this one, which must have one thread only.

    Examples
    --------
    >>> may_fork()
    False
    """
    return _imported and len(os.listdir("/proc/self/task")) == 1


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back the signals that end a process while it forks: what a handler raises in the hooks of a fork is lost.

    The fork takes them again with `disturbed`.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def disturbed() -> None:
    """Take the signals that end a process, in a fork that was made undisturbed."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
