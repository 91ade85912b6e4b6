"""A site in another folder of this machine, or of a share it has mounted."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

from fourpillars.editions import release
from fourpillars.editions.destinations.tree import RELEASES, WAY_IN, site_files
from fourpillars.editions.inputs import file_sha256
from fourpillars.errors import FourPillarsError

PART = ".part"


def deliver(out: Path, target: Path, everything: bool = False) -> Counter[str]:
    """Bring the site at `out` into the folder `target`; editions are symbolic links there too.

    A file is copied beside its place and renamed, and an edition is turned to its new release when that is
    complete: readers never meet a half.

    Raises
    ------
    FourPillarsError
        If the folder is the site itself, lies in it or holds it.
    """
    target = target.absolute()
    _refuse_itself(out.resolve(), target.resolve())
    target.mkdir(parents=True, exist_ok=True)
    done: Counter[str] = Counter()
    files = site_files(out)
    for file in (one for one in files if one.stage == RELEASES):
        done[_copied(file.source, target / file.path, everything)] += 1
    for month in release.editions(out):
        _point(target, month, os.readlink(out / month))
    for file in (one for one in files if one.stage == WAY_IN):
        done[_copied(file.source, target / file.path, everything)] += 1
    done["removed"] += _retire(out, target)
    return done


def _copied(source: Path, into: Path, everything: bool) -> str:
    if not everything and into.is_file() and _same(source, into):
        return "kept"
    into.parent.mkdir(parents=True, exist_ok=True)
    part = into.with_name(f".{into.name}{PART}")
    shutil.copy2(source, part)
    part.replace(into)
    return "sent"


def _same(source: Path, into: Path) -> bool:
    here, there = source.stat(), into.stat()
    if here.st_size != there.st_size:
        return False
    return here.st_mtime_ns == there.st_mtime_ns or file_sha256(source) == file_sha256(into)


def _point(target: Path, month: str, name: str) -> None:
    part = target / f".{month}{PART}"
    part.unlink(missing_ok=True)
    part.symlink_to(name)
    part.replace(target / month)


def _retire(out: Path, target: Path) -> int:
    """Remove releases that were retired here; editions that this site does not have are left alone."""
    months = release.editions(out)
    gone = [path for month in months for path in target.glob(f"{month}.*") if not (out / path.name).exists()]
    for path in gone:
        shutil.rmtree(path)
    return len(gone)


def _refuse_itself(out: Path, target: Path) -> None:
    if target == out or target.is_relative_to(out) or out.is_relative_to(target):
        raise FourPillarsError(f"{target} is the site itself, or one lies in the other.", "Give another folder.")
