"""Work in a fork beside this process, for what takes long and is wanted later; this process goes on meanwhile."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from typing import TypeVar

from fourpillars.editions.run.lifeline import end_with_parent

Made = TypeVar("Made")


def beside(make: Callable[[], Made], otherwise: Made) -> Callable[[], Made]:
    """Begin to make something in a fork, and return what waits for it.

    Only a process of one thread may do so. What was made is pickled on its way back.

    Parameters
    ----------
    make : callable
        Called in the fork: what it changes there stays there.
    otherwise
        What there is if it raises, or the fork dies.

    Examples
    --------
    >>> total = beside(lambda: sum(range(10)), otherwise=0)
    >>> total()
    45
    """
    receiving, sending = Pipe(duplex=False)
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _make(make, sending, parent)
    sending.close()

    def made() -> Made:
        try:
            return pickle.loads(receiving.recv_bytes())
        except (EOFError, OSError):
            return otherwise
        finally:
            receiving.close()
            os.waitpid(child, 0)

    return made


def _make(make: Callable[[], object], sending: Connection, parent: int) -> None:
    """Continue as the fork, which ends in here whatever happens."""
    try:
        end_with_parent(parent)
        sending.send_bytes(pickle.dumps(make(), protocol=5))
    finally:
        os._exit(0)
