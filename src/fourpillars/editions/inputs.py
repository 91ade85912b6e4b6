"""What a document is made from, as hashes: the same inputs give the same bytes, and a changed one says why to
rebuild."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fourpillars.editions.config import EditionConfig
    from fourpillars.observations import Observations

#: Code that no page depends on.
_NOT_IN_PAGES = (
    "cli",
    "editions/serve.py",
    "editions/doctor.py",
    "editions/compare.py",
    "editions/trace.py",
    "editions/lock.py",
)
_IGNORED = {"__pycache__", ".ipynb_checkpoints", "site"}


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
    found = []
    for root in roots:
        files = sorted(root.rglob("*")) if root.is_dir() else [root] * root.is_file()
        for file in files:
            relative = file.relative_to(root)
            hidden = any(part in _IGNORED or part.startswith(".") for part in relative.parts)
            if (
                file.is_file()
                and not hidden
                and not relative.as_posix().startswith(tuple(leave_out) or ("\0",))
            ):
                found.append((root.name, relative.as_posix(), file_sha256(file)))
    return digest(found)


def notebook_digest(path: Path) -> str:
    """Return the digest of what a notebook says: sources, tags and titles, whatever its outputs and
    counts."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [
        (cell["cell_type"], "".join(cell["source"]), sorted(cell.get("metadata", {}).get("tags", [])))
        for cell in notebook["cells"]
    ]
    return digest([cells, notebook.get("metadata", {}).get("fourpillars", {})])


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return the digest of this package's code, less what no page depends on."""
    return tree_digest([Path(__file__).parents[1]], leave_out=_NOT_IN_PAGES)


def statistics_files_digest(data: Path) -> str:
    """Return the digest of the statistics' files, byte for byte: equal files need not be read to be known
    equal."""
    return tree_digest([data / "observations"])


def statistics_digest(observations: Observations) -> str:
    """Return the digest of the observations an edition sees, whatever the order of rows and files, and their
    sources."""
    import pandas as pd

    frame = observations.frame
    columns = [name for name in frame.columns if name not in ("file", "line")]
    rows = pd.util.hash_pandas_object(frame[columns], index=False).sort_values().to_numpy()
    sources = observations.sources
    used = sources.loc[sources.index.isin(frame["source_id"].unique())].sort_index()
    return digest([hashlib.sha256(rows.tobytes()).hexdigest(), used.reset_index().to_csv(index=False)])


def shared_inputs(
    root: Path, data: Path, reports: Path, config: EditionConfig, renderer: str
) -> dict[str, str]:
    """Return the inputs all documents of an edition share, except the statistics, as digests by name."""
    texts = config.model_dump(exclude={"corrections", "required"}, mode="json")
    lock = root / "requirements.lock"
    return {
        "code": code_digest(),
        "catalogue": tree_digest([data / "codelists", data / "catalogue"]),
        "targets": tree_digest([data / "observations" / "targets.csv"]),
        "look": tree_digest([reports], leave_out=("edition.yml",)),
        "contents": digest(texts),
        "renderer": renderer,
        "environment": digest([file_sha256(lock) if lock.exists() else "", list(sys.version_info[:2])]),
    }


def differences(now: Mapping[str, str], before: Mapping[str, str]) -> tuple[str, ...]:
    """Name the inputs that differ, in order.

    Examples
    --------
    >>> differences({"notebook": "a", "code": "b"}, {"notebook": "a", "code": "c"})
    ('code',)
    """
    return tuple(name for name in now if now[name] != before.get(name))
