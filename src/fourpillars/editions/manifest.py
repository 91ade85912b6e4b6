"""The manifest of a release: every document, what it was made from, and what came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fourpillars.errors import FourPillarsError

NAME = "manifest.json"
SCHEMA = 1


@dataclass(frozen=True)
class Entry:
    """One document of a release: a report in one language and one format.

    `inputs` are the digests of what it was made from, `reads` the name of the list of statistics it read (in
    the manifest), `content` the digest of what was handed to the renderer, `release` the number of the
    release in which its file last changed.
    """

    id: str
    slug: str
    lang: str
    format: str
    title: str
    notebook: str
    parameters: dict[str, Any]
    path: str
    status: str = "ok"
    reason: str = ""
    release: int = 1
    sha256: str = ""
    bytes: int = 0
    renderer: str = ""
    charts: int = 0
    exhibits: list[dict[str, Any]] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    reads: str = ""
    content: str = ""


@dataclass(frozen=True)
class Manifest:
    """A release of an edition. Deterministic: no times, no machine (those go to `run.json`).

    `statistics` says what the release was made from: the digest of the `files`, of the observations the
    edition `sees`, and the `latest` edition those files allowed. `reads` are the lists of statistics that
    documents read, `observed` the digest of each of these statistics. `sbom` is path and sha256 of the software
    bill of materials; a preview has none.
    """

    edition: str
    release: int
    title: dict[str, str]
    documents: tuple[Entry, ...]
    statistics: dict[str, str] = field(default_factory=dict)
    reads: dict[str, list[str]] = field(default_factory=dict)
    observed: dict[str, str] = field(default_factory=dict)
    correction: dict[str, str] = field(default_factory=dict)
    sbom: dict[str, str] = field(default_factory=dict)
    preview: bool = False

    def by_id(self) -> dict[str, Entry]:
        """Return the documents by id."""
        return {entry.id: entry for entry in self.documents}

    @property
    def missing(self) -> tuple[Entry, ...]:
        """The documents the release does without."""
        return tuple(entry for entry in self.documents if entry.status != "ok")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the release, in the order of the manifest."""
        return tuple(dict.fromkeys(entry.lang for entry in self.documents))

    def contents(self) -> dict[str, tuple[str, str]]:
        """Return what readers get by path: status and hash. Two releases with equal contents are the same."""
        return {entry.path: (entry.status, entry.sha256) for entry in self.documents}

    def with_release(self, number: int) -> Manifest:
        """Return the manifest under another release number."""
        return replace(self, release=number)


def write_manifest(manifest: Manifest, folder: Path) -> Path:
    """Write `manifest.json` into `folder`, whole or not at all: a line for each document."""
    entries = sorted(manifest.documents, key=lambda entry: entry.id)
    told = {"schema": SCHEMA, **vars(manifest)}
    text = json.dumps({**told, "documents": []}, ensure_ascii=False, indent=1, sort_keys=True)
    lines = ",\n".join(
        json.dumps(vars(entry), ensure_ascii=False, separators=(",", ":"), sort_keys=True) for entry in entries
    )
    text = text.replace('"documents": []', f'"documents": [\n{lines}\n ]', 1)
    path, part = folder / NAME, folder / f".{NAME}.part"
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)
    return path


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a release, or None where `folder` holds none.

    Raises
    ------
    FourPillarsError
        If there is one that this version does not understand.
    """
    path = folder / NAME
    try:
        stat = path.stat()
        return _read(path, (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
    except (FileNotFoundError, NotADirectoryError):
        return None


@lru_cache(maxsize=4)
def _read(path: Path, stamp: tuple[int, ...]) -> Manifest:
    """Read a manifest as its file is now, which `stamp` tells."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        return Manifest(**{**raw, "documents": tuple(Entry(**entry) for entry in raw["documents"])})
    except (ValueError, KeyError, TypeError) as error:
        raise FourPillarsError(
            f"{path} cannot be read ({type(error).__name__}).",
            "Remove that release, or publish to another --out.",
        ) from None
