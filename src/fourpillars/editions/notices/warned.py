"""Which warnings are new: those of a release against those of the release before it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions import release
from fourpillars.editions.history import FOLDER
from fourpillars.editions.notices.message import Warned

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project
    from fourpillars.exhibits.snapshots import Snapshot

Key = tuple[str, str, str]
WARN = "warn"


def new_warnings(out: Path, project: Project, edition: str, number: int) -> list[Key]:
    """Return the warnings of a release that the one before did not have, by indicator, ref_area and activity.

    What a release warned of is kept beside the site. Where it is not known of the release before, that
    edition is judged again, by the statistics of today.
    """
    from fourpillars.exhibits.snapshots import snapshot

    now = in_force(snapshot(edition, project=project))
    before = release_before(out, edition, number)
    keep(out, edition, number, now)
    if before is None:
        return []
    known = read(out, *before)
    if known is None:
        known = in_force(snapshot(before[0], project=project)) if before[0] != edition else now
    return sorted(now - known)


def release_before(out: Path, edition: str, number: int) -> tuple[str, int] | None:
    """Return edition and number of the release before one: of the same edition, else of an earlier edition.

    Examples
    --------
    >>> release_before(Path("nowhere"), "2026-08", 3), release_before(Path("nowhere"), "2026-08", 1)
    (('2026-08', 2), None)
    """
    from fourpillars.editions.retention import shown

    if number > 1:
        return edition, number - 1
    earlier = [month for month in release.editions(out) if month < edition]
    return (earlier[0], shown(out, earlier[0])) if earlier else None


def in_force(s: Snapshot) -> set[Key]:
    """Return the warnings of an edition; watches are none."""
    found = s.warnings
    found = found[found["level"] == WARN]
    return set(zip(found["indicator"], found["ref_area"], found["activity"], strict=True))


def named(s: Snapshot, keys: Iterable[Key]) -> list[Warned]:
    """Return warnings as a reader is told of them: the nation's first."""
    from fourpillars.exhibits.alerts import active
    from fourpillars.exhibits.rows import figure

    wanted = set(keys)
    found = active(s)
    rows = [
        row for row in found.itertuples() if row.level == WARN and (row.indicator, row.ref_area, row.activity) in wanted
    ]
    return [
        Warned(
            indicator=s.name(row.indicator, short=True),
            unit=s.text("kind.nation") if row.code == "CN" else s.name(row.code, short=True),
            value=figure(s, row.indicator, row.value),
            period=s.period(row.observed_period, short=True),
        )
        for row in rows
    ]


def keep(out: Path, edition: str, number: int, found: Iterable[Key]) -> None:
    """Keep what a release warned of."""
    path = _path(out, edition, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    release.write_whole(path, json.dumps(sorted(found)) + "\n")


def read(out: Path, edition: str, number: int) -> set[Key] | None:
    """Return what a release warned of, or None where that was not kept."""
    try:
        return {tuple(key) for key in json.loads(_path(out, edition, number).read_text(encoding="utf-8"))}
    except (OSError, ValueError):
        return None


def _path(out: Path, edition: str, number: int) -> Path:
    return out / FOLDER / "warnings" / f"{edition}.{number}.json"
