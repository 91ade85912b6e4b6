"""A process that ends when its parent does, however that happens; on Linux, whose kernel sees to it.

Processes import this first and alone: until they have asked the kernel, they would outlive the publisher.
"""

from __future__ import annotations

import os
import signal
import sys

from fourpillars.editions.run.forks import disturbed

_SET_DEATH_SIGNAL = 1


def end_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends; end at once if `parent` is no more.

    Strictly, the kernel watches the parent's thread that started this process.
    """
    _set_death_signal(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def begin_worker(parent: int) -> None:
    """Set a render worker up: Ctrl-C is the publisher's to handle, and a worker never outlives the publisher."""
    end_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    disturbed()
    sys.modules.setdefault("rfc3987_syntax", None)  # two seconds of import that jsonschema can do without


def outlive_parent() -> None:
    """Take that back: this process will notice by itself, and clear away what it has started."""
    _set_death_signal(0)


def _set_death_signal(number: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, number)
