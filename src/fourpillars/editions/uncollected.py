"""Work without collections: of what a page is made from, nearly all is freed as soon as it is done with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python collect nothing until the end, then once; what is left then stays, and is not looked at again.

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
        if before:
            gc.enable()
