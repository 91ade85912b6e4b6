"""What an edition knows, followed: whoever takes a part of it is noted as having read what it was made from.

The parts are kept on disk, by what they are made from; a process that has few reports to run need not
compute them.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions import cache
from fourpillars.exhibits.snapshot import Knowledge
from fourpillars.observations.reads import Read, note, recording

if TYPE_CHECKING:
    import pandas as pd


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

    def _made(self, name: str) -> Any:
        return self.part(name, lambda: vars(Knowledge)[name].func(self))

    @property
    def frame(self) -> pd.DataFrame:
        """See `Knowledge`, as for the others."""
        return self._made("frame")

    @property
    def scores(self) -> dict[str, Any]:
        """Noted as read from what the frame was."""
        return self._made("scores")

    @property
    def intervals(self) -> dict[str, pd.DataFrame]:
        """Noted as read from what the scores were."""
        return self._made("intervals")

    @property
    def warnings(self) -> pd.DataFrame:
        """Noted as read from the indicators' histories."""
        return self._made("warnings")

    @property
    def temperatures(self) -> pd.DataFrame:
        """Noted as read from the indicators' histories."""
        return self._made("temperatures")

    @property
    def targets(self) -> pd.DataFrame:
        """Noted as read from the measures that have targets."""
        return self._made("targets")

    @property
    def by_unit(self) -> pd.DataFrame:
        """The frame by indicator and unit, as `Snapshot` keeps it."""
        if "by_unit" not in self.parts:
            raise AttributeError("by_unit")
        return self.part("by_unit", lambda: None)

    @by_unit.setter
    def by_unit(self, frame: pd.DataFrame) -> None:
        self.parts["by_unit"] = frame, self.parts["frame"][1]

    @cached_property
    def before(self) -> Followed:
        """The month before, followed too."""
        return Followed(vars(Knowledge)["before"].func(self))


def follow(edition: str, root: str, kept: Path | None, *, whole: bool) -> None:
    """Load what every report of an edition needs, and let its snapshots be followed.

    Parameters
    ----------
    edition, root : str
        The month, and the project's root.
    kept : Path, optional
        The file the parts are kept in; its name stands for what they are made from.
    whole : bool
        Compute every indicator's history now: worth it where many reports share them.
    """
    from fourpillars.catalogue.project import find_project

    snapshots = sys.modules[Knowledge.__module__]  # the package gives a function of this name
    snapshot = snapshots.snapshot(edition, project=find_project(root))
    key = next(key for key, known in snapshots._known.items() if known is snapshot.known)
    known = snapshots._known[key] = Followed(snapshot.known)
    if not _read(kept, known):
        snapshots.Snapshot("en", known).warm()
        _write(kept, known)
    if whole:
        for code, indicator in known.catalogue.indicators.items():
            for kind in indicator.kinds:
                known.panel.quantity(code, kind)


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
