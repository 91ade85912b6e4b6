"""What an edition knows, followed: whoever takes a part of it is noted as having read what it was made from.

The parts most reports take are kept on disk, by what they are made from; a process that has few reports to run
need not compute them.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from fourpillars.editions import cache
from fourpillars.exhibits.snapshot import Knowledge
from fourpillars.observations.reads import Read, note, recording

MOST_TAKE = ("frame", "by_unit", "scores", "intervals", "warnings", "temperatures", "targets", "capacity")
SOME_TAKE = ("backtests", "targets_backtest")
OF_THE_MONTH_BEFORE = ("frame", "scores", "warnings")


class Followed(Knowledge):
    """Knowledge whose parts note what was read for them, each time they are taken."""

    def __init__(self, known: Knowledge) -> None:
        super().__init__(known.edition, known.catalogue, known.observations)
        self.parts: dict[str, tuple[Any, frozenset[Read]]] = {}
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

    @cached_property
    def before(self) -> Followed:
        """The month before, followed too."""
        return Followed(vars(Knowledge)["before"].func(self))


def follow(edition: str, root: str, kept: Path | None, *, whole: bool) -> Followed:
    """Load what every report of an edition needs, let its snapshots be followed, and return what it knows.

    Parameters
    ----------
    edition, root : str
        The month, and the project's root.
    kept : Path, optional
        The file the parts are kept in; its name stands for what they are made from.
    whole : bool
        Compute what only some reports take, too: worth it where many are run.
    """
    from fourpillars.catalogue.project import find_project

    snapshots = sys.modules[Knowledge.__module__]  # the package gives a function of this name
    snapshot = snapshots.snapshot(edition, project=find_project(root))
    key = next(key for key, known in snapshots._known.items() if known is snapshot.known)
    known = snapshots._known[key] = Followed(snapshot.known)
    _read(kept, known)
    had = len(known.parts)
    for name in (*MOST_TAKE, *(SOME_TAKE if whole else ())):
        getattr(known, name)
    for name in OF_THE_MONTH_BEFORE:
        getattr(known.before, name)
    if len(known.parts) > had:
        _write(kept, known)
    return known


def _read(kept: Path | None, known: Followed) -> bool:
    """Take the parts from the file; only from one that nobody else can have written."""
    if kept is None:
        return False
    try:
        status = kept.stat()
        if status.st_uid != os.getuid() or status.st_mode & 0o022:
            return False
        known.parts, known.before.parts = pickle.loads(kept.read_bytes())
        os.utime(kept)
    except (OSError, ValueError, EOFError, TypeError, AttributeError, ImportError, pickle.UnpicklingError):
        return False
    return True


def _write(kept: Path | None, known: Followed) -> None:
    if kept is not None:
        cache.write(kept, pickle.dumps((known.parts, known.before.parts), protocol=5))
        kept.chmod(0o600)
