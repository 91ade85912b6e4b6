"""Work in a fork: what it makes comes back, what it changes does not, and its death costs only what it made."""

from __future__ import annotations

import os

from fourpillars.editions.run.beside import beside


def test_what_is_made_comes_back_and_nothing_else() -> None:
    here = {"changed": False}

    def make() -> tuple[int, bool]:
        here["changed"] = True
        return os.getpid(), here["changed"]

    pid, changed = beside(make, otherwise=(0, False))()
    assert pid not in (0, os.getpid())
    assert changed
    assert not here["changed"]


def test_what_is_larger_than_a_pipe_comes_whole() -> None:
    assert len(beside(lambda: b"x" * 5_000_000, otherwise=b"")()) == 5_000_000


def test_what_raises_dies_or_cannot_be_pickled_leaves_what_there_is_otherwise(capfd) -> None:
    assert beside(lambda: 1 // 0, otherwise="kept")() == "kept"
    assert beside(lambda: os._exit(9), otherwise="kept")() == "kept"
    assert beside(lambda: lambda: None, otherwise="kept")() == "kept"
