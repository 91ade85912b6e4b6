"""Which packages are installed, and their versions."""

from __future__ import annotations

import os
import re
import sys
from functools import cache


@cache
def version_of(package: str) -> str:
    """Return the version of an installed package, without reading all that its metadata say.

    Raises
    ------
    PackageNotFoundError
        If it is not installed.

    Examples
    --------
    >>> from importlib.metadata import version
    >>> version_of("pandas") == version("pandas")
    True
    """
    from importlib.metadata import distribution

    installed = distribution(package)
    found = re.search(r"^Version: *(\S+)", installed.read_text("METADATA") or "", re.MULTILINE)
    return found[1] if found else installed.version


def distributions() -> list[tuple[str, int]]:
    """Return where Python finds that something is installed, each with the time of its last change; nothing is read."""
    folders = [folder for folder in sys.path if os.path.isdir(folder)]
    found = (entry for folder in folders for entry in os.scandir(folder) if entry.name.endswith("-info"))
    return sorted((entry.path, entry.stat().st_mtime_ns) for entry in found)
