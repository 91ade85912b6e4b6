"""Bringing a site to every destination that does not have it yet, and remembering which do."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fourpillars.editions import release
from fourpillars.editions.destinations.tree import fingerprint
from fourpillars.editions.history import FOLDER
from fourpillars.editions.notices.secrets import masked
from fourpillars.editions.settings import DestinationConfig
from fourpillars.errors import FourPillarsError

NAME = "delivered.json"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """What came of bringing the site to a destination: files sent, kept and removed, or why it failed."""

    to: str
    sent: int = 0
    kept: int = 0
    removed: int = 0
    error: str = ""

    @property
    def said(self) -> str:
        """In a sentence."""
        return f"{self.to}: {self.error}" if self.error else f"{self.to}: {self.sent} sent, {self.kept} kept"


def deliver(
    out: Path, destinations: Iterable[DestinationConfig], root: Path, *, again: bool = False, everything: bool = False
) -> list[Delivery]:
    """Bring the site at `out` to each destination that does not have it as it is.

    Parameters
    ----------
    root : Path
        The project's, from which the name of a folder counts.
    again : bool
        Also to those that have it.
    everything : bool
        Send also what seems to be there.
    """
    return list(_each(out, destinations, root, again or everything, everything))


def _each(
    out: Path, destinations: Iterable[DestinationConfig], root: Path, again: bool, everything: bool
) -> Iterator[Delivery]:
    state = fingerprint(out)
    for one in destinations:
        if not again and delivered(out).get(one.to) == state:
            continue
        try:
            done = _brought(out, one, root, everything)
        except Exception as error:  # the site stands here; one place that is out of reach is named, and no more
            said = str(error) if isinstance(error, FourPillarsError) else f"{type(error).__name__}: {error}"
            delivery = Delivery(one.name, error=masked(" ".join(said.split())[:300]))
            log.error("not delivered: %s", delivery.error, extra={"to": one.name})
            _note(out, one.to, "")
        else:
            delivery = Delivery(one.name, done["sent"], done["kept"], done["removed"])
            log.info("delivered", extra={"to": one.name, **done})
            _note(out, one.to, state)
        yield delivery


def delivered(out: Path) -> dict[str, str]:
    """Return by destination the state of the site it was brought, '' where that failed."""
    try:
        return dict(json.loads((out / FOLDER / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _brought(out: Path, one: DestinationConfig, root: Path, everything: bool) -> Counter[str]:
    if not release.editions(out):
        raise FourPillarsError(f"Nothing is published in {out}.", "Publish first.")
    if one.kind == "store":
        from fourpillars.editions.destinations import store

        return store.deliver(out, one, everything)
    if one.kind == "rsync":
        from fourpillars.editions.destinations import rsync

        return rsync.deliver(out, one.to, everything)
    from fourpillars.editions.destinations import folder

    return folder.deliver(out, root / Path(one.to).expanduser(), everything)


def _note(out: Path, to: str, state: str) -> None:
    path = out / FOLDER / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    release.write_whole(path, json.dumps(delivered(out) | {to: state}, indent=1, sort_keys=True) + "\n")
