"""Work without collections: of what a page is made from, nearly all is freed as soon as it is done with."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python collect nothing until the end, then once; what is left then stays, and is not looked at again.

    What the C library has no more use for goes back to the system: a worker stays as large as one page needs, however
    many it makes.

    Examples
    --------
    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()
        with suppress(AttributeError, OSError):  # glibc alone has it
            ctypes.CDLL(None).malloc_trim(0)
        if before:
            gc.enable()
