"""Which releases are kept, and how readers are given an earlier one again."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions import release
from fourpillars.editions.lock import publishing
from fourpillars.editions.manifest import Manifest, read_manifest
from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project
    from fourpillars.editions.config import EditionConfig
    from fourpillars.editions.prepare import Prepared

_RELEASE = re.compile(r"(\d{4}-\d{2})(?:\.(\d+))?")


@dataclass(frozen=True)
class RolledBack:
    """A roll-back: the edition, the release readers had, and the one they are given now."""

    edition: str
    before: int
    now: int
    folder: Path


def numbers(out: Path, edition: str) -> list[int]:
    """Return the releases of an edition on disk, the earliest first."""
    names = (path.name.removeprefix(f"{edition}.") for path in out.glob(f"{edition}.*") if path.is_dir())
    return sorted(int(name) for name in names if name.isdigit())


def shown(out: Path, edition: str) -> int:
    """Return the release readers of an edition are given, or 0."""
    link = out / edition
    number = os.readlink(link).rpartition(".")[2] if link.is_symlink() else ""
    return int(number) if number.isdigit() else 0


def superfluous(out: Path, keep: int | None) -> list[Path]:
    """Return the releases beyond the `keep` latest of each edition, save the one readers are given.

    The latest release of an edition is never among them: its number would be given again.

    Parameters
    ----------
    keep : int, optional
        How many to keep, at least 1; by default all.

    Examples
    --------
    >>> import tempfile
    >>> out = Path(tempfile.mkdtemp())
    >>> for number in (1, 2, 3, 4):
    ...     (out / f"2026-08.{number}").mkdir()
    >>> release.point(out, "2026-08", 1)
    >>> [path.name for path in superfluous(out, keep=2)]
    ['2026-08.2']
    """
    if keep is None:
        return []
    found = []
    for edition in release.editions(out):
        kept = {*numbers(out, edition)[-max(keep, 1) :], shown(out, edition)}
        found += [
            release.release_folder(out, edition, number) for number in numbers(out, edition) if number not in kept
        ]
    return found


def retire(out: Path, keep: int | None) -> list[str]:
    """Remove the releases that are superfluous, and return their names.

    Each is renamed first: no reader meets half of one, and what a killed run leaves the next sweeps away.
    """
    if not superfluous(out, keep):
        return []
    with publishing(out):
        found = superfluous(out, keep)
        for folder in found:
            gone = out / f"{release.BUILD}retired-{folder.name}"
            folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
    return [folder.name for folder in found]


def roll_back(out: Path, name: str, project: Project, config: EditionConfig) -> RolledBack:
    """Give readers another release of an edition: the one named, or the one before theirs.

    The front page, the feeds and the search follow. Nothing is removed: the same command leads forward again.

    Parameters
    ----------
    name : str
        '2026-08.1', or '2026-08' for the release before the one readers have.

    Raises
    ------
    FourPillarsError
        If there is no such release, or it is not complete.
    """
    from fourpillars.editions.site import write_way_in

    edition, number = _chosen(out, name)
    folder = release.release_folder(out, edition, number)
    manifest = read_manifest(folder)
    if manifest is None:
        raise FourPillarsError(f"{folder} holds no manifest: it is no complete release.", "Choose another.")
    _check_files(folder, manifest)
    with publishing(out):
        before = shown(out, edition)
        release.point(out, edition, number)
        write_way_in(out, project, config)
    return RolledBack(edition, before, number, folder)


def rolled_back_from(ready: Prepared) -> int:
    """Return the later release that would be built again as it is, or 0.

    Readers were given an earlier release on purpose; a schedule does not undo that before something changes.
    """
    there = numbers(ready.out, ready.edition)
    current = shown(ready.out, ready.edition)
    if not current or ready.plan.preview:
        return 0
    return next((number for number in reversed(there) if number > current and _made_from_the_same(ready, number)), 0)


def _made_from_the_same(ready: Prepared, number: int) -> bool:
    manifest = read_manifest(release.release_folder(ready.out, ready.edition, number))
    if manifest is None or manifest.observed != ready.observed:
        return False
    entries = manifest.by_id()
    planned = {path: item.inputs for item in ready.plan.pages for path in item.paths}
    return planned.keys() == entries.keys() and all(entries[path].inputs == made for path, made in planned.items())


def _chosen(out: Path, name: str) -> tuple[str, int]:
    match = _RELEASE.fullmatch(name)
    months = release.editions(out)
    if match is None or match[1] not in months:
        raise UnknownNameError.of("edition", name, months)
    edition, there = match[1], numbers(out, match[1])
    if match[2] is None:
        before = [number for number in there if number < shown(out, edition)]
        if not before:
            hint = f"Releases: {', '.join(f'{edition}.{number}' for number in there)}."
            raise FourPillarsError(f"There is no release of {edition} before the one readers have.", hint)
        return edition, before[-1]
    if int(match[2]) not in there:
        raise UnknownNameError.of("release", name, [f"{edition}.{number}" for number in there])
    return edition, int(match[2])


def _check_files(folder: Path, manifest: Manifest) -> None:
    lost = [entry.path for entry in manifest.documents if entry.status == "ok" and not (folder / entry.path).is_file()]
    if lost:
        raise FourPillarsError(f"{folder} has lost {lost[0]}, {len(lost)} documents in all.", "Choose another.")
