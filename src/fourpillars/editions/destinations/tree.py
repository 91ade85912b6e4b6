"""What of a site is brought elsewhere, and in which order: what is new first, the way in last.

Everything that starts with a dot stays (locks, caches, the history), and so do previews and failures.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fourpillars.editions import release
from fourpillars.editions.inputs import file_sha256

LEFT_OUT = frozenset({"failed", "preview"})
RELEASES, ALIASES, WAY_IN = 1, 2, 3
_RELEASE = re.compile(r"\d{4}-\d{2}\.\d+")


@dataclass(frozen=True)
class SiteFile:
    """A file of the site: its path in it, where it lies, and in which stage it goes out.

    `RELEASES`: what no reader has yet, releases and assets. `ALIASES`: the editions. `WAY_IN`: feeds and front page.
    """

    path: str
    source: Path
    stage: int

    @property
    def order(self) -> tuple[int, bool, bool, str]:
        """Where it stands in the row: pages after what they show, the front page last."""
        name = self.path.rpartition("/")[2]
        return self.stage, name.endswith(".html"), name == "index.html", self.path


@dataclass
class Hashes:
    """SHA-256 of files; one that several releases share by hard link is read once."""

    known: dict[tuple[int, int, int, int], str] = field(default_factory=dict)

    def of(self, path: Path) -> str:
        """Return the SHA-256 of a file, in hex."""
        about = path.stat()
        key = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
        if key not in self.known:
            self.known[key] = file_sha256(path)
        return self.known[key]


def site_files(out: Path) -> list[SiteFile]:
    """Return every file of the site, in the order in which it goes out.

    An edition, a symbolic link here, is a copy of its release there.
    """
    return sorted(_all(out), key=lambda file: file.order)


def fingerprint(out: Path) -> str:
    """Return a digest that changes whenever readers are given something else. The pages on runs do not count."""
    state = [(month, os.readlink(out / month)) for month in release.editions(out)]
    names = sorted(path.name for path in out.iterdir() if _RELEASE.fullmatch(path.name)) if out.is_dir() else []
    tops = [(path.name, file_sha256(path)) for path in sorted(out.glob("*")) if path.is_file() and _goes_out(path)]
    manifests = [file_sha256(out / name / "manifest.json") for name in names if (out / name / "manifest.json").exists()]
    return hashlib.sha256(repr((state, names, tops, manifests)).encode()).hexdigest()


def _all(out: Path) -> Iterator[SiteFile]:
    months = set(release.editions(out))
    for top in sorted(out.iterdir()):
        if not _goes_out(top):
            continue
        if top.is_file():
            yield SiteFile(top.name, top, WAY_IN)
        elif not top.is_symlink():
            yield from _below(top, top.name, RELEASES if _is_new(top.name) else WAY_IN)
        elif top.name in months:
            yield from _below(top.resolve(), top.name, ALIASES)


def _below(folder: Path, name: str, stage: int) -> Iterator[SiteFile]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield SiteFile(f"{name}/{inside.as_posix()}", path, stage)


def _is_new(name: str) -> bool:
    return name == "assets" or bool(_RELEASE.fullmatch(name))


def _goes_out(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in LEFT_OUT
