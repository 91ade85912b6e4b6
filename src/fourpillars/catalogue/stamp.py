"""When files were read is not asked; whether they have changed since is."""

from __future__ import annotations

from pathlib import Path


def stamp_of(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file of some folders changes: paths, times and sizes."""
    files = sorted(file for folder in folders for file in folder.glob("*.*"))
    return tuple((file.as_posix(), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
