"""What of the statistics is read: the accessors note it while somebody records.

A document is built again when what it read has changed, so a read must never be missed: whoever keeps a
result to give it out again keeps what was read for it, and notes that each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

NATION, REGIONS, ALL = "nation", "regions", "*"


class Read(NamedTuple):
    """A measure, of the nation or of the regions, as an edition sees it; `ALL` is every one of them.

    An empty edition sees everything there is.
    """

    measure: str
    scope: str
    edition: str


_recordings: list[set[Read]] = []
_always: set[Read] = set()


def note_always(reads: Iterable[Read]) -> None:
    """Count these as read in every recording that begins from now on: results made of them are at hand."""
    _always.update(reads)


def note(reads: Iterable[Read]) -> None:
    """Note what is being read, for whoever records."""
    if _recordings:
        _recordings[-1].update(reads)


@contextmanager
def recording() -> Iterator[set[Read]]:
    """Record what is read inside; what an outer recording misses meanwhile it gets at the end.

    Examples
    --------
    >>> with recording() as outer:
    ...     note([Read("ppi", NATION, "2026-08")])
    ...     with recording() as inner:
    ...         note([Read("exports", NATION, "2026-08")])
    >>> len(outer), len(inner)
    (2, 1)
    """
    found: set[Read] = set(_always)
    _recordings.append(found)
    try:
        yield found
    finally:
        _recordings.pop()
        note(found)
