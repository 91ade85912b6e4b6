"""A process that ends when its parent does, however that happens; on Linux, whose kernel sees to it."""

from __future__ import annotations

import os
import signal
import sys

_SET_DEATH_SIGNAL = 1


def end_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends; end at once if `parent` is no more.

    Strictly, the kernel watches the parent's thread that started this process.
    """
    _set_death_signal(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def outlive_parent() -> None:
    """Take that back: this process will notice by itself, and clear away what it has started."""
    _set_death_signal(0)


def _set_death_signal(number: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, number)
