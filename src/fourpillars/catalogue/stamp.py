"""Whether files have changed since they were read, without reading them."""

from __future__ import annotations

import os
from pathlib import Path


def stamp_of(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file of some folders changes: paths, times and sizes."""
    files = [entry for folder in folders if folder.is_dir() for entry in os.scandir(folder) if "." in entry.name]
    stats = ((entry.path, entry.stat()) for entry in files)
    return tuple(sorted((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats))
