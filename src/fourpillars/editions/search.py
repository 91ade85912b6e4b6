"""The index of a release that its search asks: made by pagefind, where it is installed."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
from pathlib import Path

from fourpillars.errors import FourPillarsError

FOLDER = "pagefind"
PAGES = "*/**/*.html"
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")  # the first knows where Chinese words end
_ENTRY = "pagefind-entry.json"
_UNUSED = ("*.css", "*ui*", "pagefind-highlight.js", "*component*")


def write_search(tree: Path) -> bool:
    """Write the search index of a release into `tree/pagefind`, and say whether there is one.

    Only reports are found, not front pages; each language by itself.

    Raises
    ------
    FourPillarsError
        If pagefind fails.
    """
    program = _program()
    if program is None or not any(tree.glob(PAGES)):
        return False
    command = [str(program), "--site", str(tree), "--output-subdir", FOLDER, "--glob", PAGES, "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FourPillarsError(f"pagefind failed: {' '.join(done.stderr.split())[-300:]}", "Publish again.")
    for pattern in _UNUSED:
        for path in (tree / FOLDER).glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    _put_in_order(tree / FOLDER / _ENTRY)
    return has_search(tree)


def _put_in_order(entry: Path) -> None:
    """Write the languages in one order: pagefind's own changes from run to run."""
    if entry.is_file():
        said = json.loads(entry.read_text(encoding="utf-8"))
        entry.write_text(json.dumps(said, sort_keys=True, ensure_ascii=False), encoding="utf-8")


def has_search(tree: Path) -> bool:
    """Say whether a release has a search index."""
    return (tree / FOLDER / "pagefind.js").is_file()


def _program() -> Path | None:
    for package in _PACKAGES:
        try:
            return importlib.import_module(package).get_executable()
        except (ImportError, FileNotFoundError):
            continue
    return None
