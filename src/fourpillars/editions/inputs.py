"""What a document is made from, as hashes: the same inputs give the same bytes, and a changed one says why to
rebuild."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.observations.reads import ALL, NATION, REGIONS, Read

if TYPE_CHECKING:
    from fourpillars.editions.config import EditionConfig
    from fourpillars.observations import Observations

SCOPES = (NATION, REGIONS)
EVERYTHING, FILES = ALL, "files"
_IGNORED = {"__pycache__", ".ipynb_checkpoints", "site"}
_NO_INPUT = {"corrections", "required", "schedule", "notices", "destinations", "keep_releases"}


def digest(value: Any) -> str:
    """Return the first 16 hex digits of the SHA-256 of a JSON-able value.

    Examples
    --------
    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree_digest(roots: Iterable[Path], leave_out: Iterable[str] = ()) -> str:
    """Return the digest of all files below `roots`: their relative paths and contents, in order of name."""
    left_out = tuple(leave_out)
    return digest(
        [
            (root.name, name, file_sha256(root / name))
            for root in roots
            for name in files_below(root)
            if not name.startswith(left_out)
        ]
    )


def files_below(root: Path, ignored: Collection[str] = _IGNORED) -> list[str]:
    """Return the paths of the files below a folder, in order: neither hidden ones nor those in `ignored` folders.
    A file itself is '.'.

    Examples
    --------
    >>> files_below(Path(__file__))
    ['.']
    """
    if root.is_file():
        return ["."]
    found: list[str] = []
    for folder, inside, files in os.walk(root):
        inside[:] = [name for name in inside if name not in ignored and not name.startswith(".")]
        paths = [os.path.join(folder, name) for name in files if not name.startswith(".")]
        found += [os.path.relpath(path, root) for path in paths if os.path.isfile(path)]
    return sorted((name.replace(os.sep, "/") for name in found), key=lambda name: name.split("/"))


def notebook_digest(path: Path) -> str:
    """Return the digest of what a notebook says: sources, tags and titles, whatever its outputs and
    counts."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [
        (cell["cell_type"], "".join(cell["source"]), sorted(cell.get("metadata", {}).get("tags", [])))
        for cell in notebook["cells"]
    ]
    return digest([cells, notebook.get("metadata", {}).get("fourpillars", {})])


def statistics_files_digest(data: Path) -> str:
    """Return the digest of the statistics' files, byte for byte: equal files need not be read to be known
    equal."""
    return tree_digest([data / "observations"])


def observed(observations: Observations, files: str) -> dict[str, str]:
    """Return the digests of what can be read of the observations an edition sees.

    By name: 'operating_revenue/nation', 'operating_revenue/regions' and so on; '*' for all of them; 'files'
    for the statistics whatever the edition. Each covers the observations, whatever the order of rows and
    files, and what is said of their sources.
    """
    import numpy as np
    import pandas as pd

    table, sources = observations.table, observations.sources
    columns = [name for name in table.columns if name not in ("file", "line")]
    of_source = pd.util.hash_pandas_object(sources.fillna("").astype(str))
    source = of_source.reindex(table["source_id"].cat.categories).fillna(0).astype("uint64").to_numpy()
    rows = np.column_stack(
        [
            pd.util.hash_pandas_object(table[columns], index=False).to_numpy(),
            source[table["source_id"].cat.codes.to_numpy()],
        ]
    )
    measure, area = table["measure"].cat, table["ref_area"].cat
    group = 2 * measure.codes.to_numpy().astype(int) + (area.categories != "CN")[area.codes.to_numpy()]
    order = np.lexsort((rows[:, 1], rows[:, 0], group))
    rows, group = rows[order], group[order]
    numbers, starts = np.unique(group, return_index=True)
    parts = np.split(rows, starts[1:])
    names = [f"{measure.categories[number // 2]}/{SCOPES[number % 2]}" for number in numbers]
    found = {name: hashlib.sha256(part.tobytes()).hexdigest()[:16] for name, part in zip(names, parts, strict=True)}
    return {**found, EVERYTHING: digest(found), FILES: files}


def read_names(reads: Iterable[Read], edition: str) -> tuple[str, ...]:
    """Name what a report of an edition has read, as `observed` does.

    Examples
    --------
    >>> read_names([Read("ppi", "nation", "2026-07"), Read("ppi", "nation", "2026-08")], "2026-08")
    ('ppi/nation',)
    >>> read_names([Read("ppi", "nation", "")], "2026-08")
    ('files',)
    """
    reads = list(reads)
    if any(not read.edition or read.edition > edition for read in reads):
        return (FILES,)
    if any(read.measure == EVERYTHING for read in reads):
        return (EVERYTHING,)
    return tuple(sorted({f"{read.measure}/{read.scope}" for read in reads}))


def shared_inputs(root: Path, data: Path, reports: Path, config: EditionConfig, renderer: str) -> dict[str, str]:
    """Return the inputs all documents of an edition share, as digests by name: neither code nor statistics,
    of which each has its own."""
    texts = config.model_dump(exclude=_NO_INPUT, mode="json")
    lock = root / "requirements.lock"
    return {
        "catalogue": tree_digest([data / "codelists", data / "catalogue"]),
        "targets": tree_digest([data / "observations" / "targets.csv"]),
        "look": tree_digest([reports], leave_out=("edition.yml",)),
        "contents": digest(texts),
        "renderer": renderer,
        "type": type_digest(root),
        "environment": digest([file_sha256(lock) if lock.exists() else "", list(sys.version_info[:2])]),
    }


def type_digest(root: Path) -> str:
    """Return the digest of what the web fonts are cut from: faces, and the characters a site uses."""
    from fourpillars.editions.render.fonts import FACES, chinese_characters

    return digest([[str(face) for face in FACES], chinese_characters(root)])


def differences(now: Mapping[str, str], before: Mapping[str, str]) -> tuple[str, ...]:
    """Name the inputs that differ, in order.

    Examples
    --------
    >>> differences({"notebook": "a", "code": "b"}, {"notebook": "a", "code": "c"})
    ('code',)
    """
    return tuple(name for name in now if now[name] != before.get(name))
