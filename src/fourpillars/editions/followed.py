"""What an edition knows, followed: whoever takes a part of it is noted as having read what it was made from.

The parts most reports take are kept on disk, by what they are made from; a process that has few reports to run
need not compute them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
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
OF_THE_MONTH_BEFORE = ("frame", "scores", "warnings")


class Followed(Knowledge):
    """Knowledge whose parts note what was read for them, each time they are taken."""

    def __init__(self, known: Knowledge) -> None:
        super().__init__(known.edition, known.catalogue, known.observations)
        self.parts: dict[str, tuple[Any, frozenset[Read]]] = {}
        self._kept = 0
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

    def makes(self, names: Iterable[str]) -> dict[str, tuple[Any, frozenset[Read]]]:
        """Return the parts that come with some attributes, and were not there before."""
        before = set(self.parts)
        for name in names:
            getattr(self, name)
        return {name: part for name, part in self.parts.items() if name not in before}

    def take(self, *kept: Path) -> None:
        """Take the parts an earlier process has kept of the same, from the first of some files that is there."""
        found = next((parts for path in kept if (parts := cache.read_pickle(path))), ({}, {}))
        self.parts, self.before.parts = found
        self._kept = len(self.parts)

    def keep(self, kept: Path) -> None:
        """Keep the parts for later processes, where they have become more."""
        if len(self.parts) > self._kept:
            cache.write_pickle(kept, (self.parts, self.before.parts))
            cache.keep_latest(kept.parent, MOST)
            self._kept = len(self.parts)

    @cached_property
    def before(self) -> Followed:
        """The month before, followed too."""
        return Followed(vars(Knowledge)["before"].func(self))


def follow(edition: str, root: str, kept: Path | None, more: Path | None = None, *, whole: bool) -> Followed:
    """Load what every report of an edition needs, let its snapshots be followed, and return what it knows.

    Parameters
    ----------
    edition, root : str
        The month, and the project's root.
    kept : Path, optional
        The file the parts are kept in; its name stands for what they are made from.
    more : Path, optional
        A file with these and what exhibits have added to them (`Followed.keep`), where there is one.
    whole : bool
        Compute what only some reports take, too: worth it where many are run.
    """
    from fourpillars.catalogue.project import find_project

    snapshots = sys.modules[Snapshot.__module__]
    snapshot = snapshots.snapshot(edition, project=find_project(root))
    key = next(key for key, known in snapshots._known.items() if known is snapshot.known)
    known = snapshots._known[key] = Followed(snapshot.known)
    if kept is not None:
        known.take(*filter(None, (more, kept)))
    _ = known.frame, known.scores  # what all others need
    later = beside(partial(known.makes, SOME_TAKE), otherwise={}) if whole else dict
    known.makes(MOST_TAKE)
    known.before.makes(OF_THE_MONTH_BEFORE)
    known.parts |= later()
    known.makes(SOME_TAKE if whole else ())
    if kept is not None:
        known.keep(kept)
    return known
