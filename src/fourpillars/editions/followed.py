"""What an edition knows, followed: whoever takes a part of it is noted as having read what it was made from.

The parts most reports take are kept on disk, by what they are made from; a process that has few reports to run
need not compute them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from fourpillars.editions import cache
from fourpillars.editions.run.beside import beside
from fourpillars.exhibits.knowledge import Knowledge
from fourpillars.exhibits.snapshots import Snapshot
from fourpillars.observations.reads import Read, note, recording

MOST_TAKE = ("frame", "by_unit", "scores", "intervals", "warnings", "temperatures", "targets", "capacity")
SOME_TAKE = ("backtests", "targets_backtest")
MOST = 12  #: files of parts kept, the last used
KNOWLEDGE = f"{Knowledge.__module__}:"  #: how the names of its own parts begin
OF_THE_MONTH_BEFORE = ("frame", "scores", "warnings")


class Followed(Knowledge):
    """Knowledge whose parts note what was read for them, each time they are taken."""

    def __init__(self, known: Knowledge) -> None:
        super().__init__(known.edition, known.catalogue, known.observations)
        self.parts: dict[str, tuple[Any, frozenset[Read]]] = {}
        self._taken = 0
        _ = self.observations.source_of_row  # made before reports are run, and kept

    def part(self, name: str, make: Callable[[], Any]) -> Any:
        """Return a part, made when first asked for."""
        if name not in self.parts:
            with recording() as read:
                value = make()
            self.parts[name] = value, frozenset(read)
        value, read = self.parts[name]
        note(read)
        return value

    def makes(self, *makers: Callable[[Followed], object]) -> dict[str, tuple[Any, frozenset[Read]]]:
        """Return the parts that come with what is asked for here, and were not there before."""
        before = set(self.parts)
        for make in makers:
            make(self)
        return {name: part for name, part in self.parts.items() if name not in before}

    def make_beside(self, *makers: Callable[[Followed], object]) -> Callable[[], None]:
        """Begin to make parts in a fork; what is returned waits for them, and takes them."""
        made = beside(partial(self.makes, *makers), otherwise={})
        return lambda: self.parts.update(made())

    def take(self, *kept: Path) -> None:
        """Take the parts an earlier process has kept of the same, from the first of some files that is there."""
        found = next((parts for path in kept if (parts := cache.read_pickle(path))), ({}, {}))
        self.parts, self.before.parts = found
        self._taken = len(self.parts)

    def keep(self, kept: Path, of: str = "") -> None:
        """Keep the parts for later processes, where they have become more; of a module, only its own."""
        if len(self.parts) > self._taken:
            every = [
                {name: part for name, part in one.parts.items() if name.startswith(of)} for one in (self, self.before)
            ]
            cache.write_pickle(kept, tuple(every))
            cache.keep_latest(kept.parent, MOST)

    @cached_property
    def before(self) -> Followed:
        """The month before, followed too."""
        return Followed(vars(Knowledge)["before"].func(self))


def follow(edition: str, root: str, *kept: Path) -> Followed:
    """Load an edition, let its snapshots be followed, and return what it knows.

    Parameters
    ----------
    edition, root : str
        The month, and the project's root.
    *kept : Path
        Files in which parts of it may be kept, the first that is there counts; their names stand for what the parts
        are made from.
    """
    from fourpillars.catalogue.project import find_project

    snapshots = sys.modules[Snapshot.__module__]
    snapshot = snapshots.snapshot(edition, project=find_project(root))
    key = next(key for key, known in snapshots._known.items() if known is snapshot.known)
    known = snapshots._known[key] = Followed(snapshot.known)
    known.take(*kept)
    return known


def make_most(known: Followed) -> None:
    """Make the parts most reports take."""
    for name in MOST_TAKE:
        getattr(known, name)


def make_backtests(known: Followed) -> None:
    """Make the parts that few reports take, and that take long."""
    for name in SOME_TAKE:
        getattr(known, name)


def make_compared(known: Followed) -> None:
    """Make the parts of a month before that reports compare with."""
    for name in OF_THE_MONTH_BEFORE:
        getattr(known, name)
