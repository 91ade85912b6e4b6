"""Read a file in a process of its own, with a limit of time and memory: a bomb harms nobody."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fourpillars.files import limits
from fourpillars.files.limits import check_size
from fourpillars.files.read import read_sheets
from fourpillars.files.sheet import Sheet, UnreadableFileError

_EVERY = 0.02


def read_guarded(path: Path, seconds: float = limits.SECONDS, memory: int = limits.MEMORY) -> list[Sheet]:
    """Return the sheets of a file, read in another process within these limits.

    Raises
    ------
    UnreadableFileError
        If the file cannot be read, or not within the limits.
    """
    check_size(path)
    with tempfile.TemporaryDirectory(prefix="fourpillars-") as folder:
        result = Path(folder) / "sheets.json"
        command = [sys.executable, "-m", __name__, str(path.absolute()), str(result)]
        nowhere = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)
        _watch(process, path.name, seconds, memory)
        if process.returncode or not result.exists():
            raise UnreadableFileError(
                f"{path.name} cannot be read: it is damaged, or holds more than it seems to.", "Save it as CSV."
            )
        told = json.loads(result.read_text(encoding="utf-8"))
    if "error" in told:
        raise UnreadableFileError(told["error"], told["hint"])
    return [_sheet(one) for one in told["sheets"]]


def _watch(process: subprocess.Popen, name: str, seconds: float, memory: int) -> None:
    end = time.monotonic() + seconds
    try:
        while process.poll() is None:
            if time.monotonic() > end:
                raise UnreadableFileError(f"{name} takes over {seconds:g} s to read.", limits.SMALLER)
            if _resident(process.pid) > memory:
                most = memory // limits.MEGABYTE
                raise UnreadableFileError(f"{name} takes over {most:,} MB of memory to read.", limits.SMALLER)
            time.sleep(_EVERY)
    finally:
        process.kill()
        process.wait()


def _resident(pid: int) -> int:
    """Return the memory a process holds, in bytes; 0 where the system has no /proc to tell it."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def _sheet(told: dict) -> Sheet:
    merged = tuple(tuple(one) for one in told["merged"])
    rows = [[sys.intern(cell) for cell in row] for row in told["rows"]]
    return Sheet(told["name"], rows, merged, told["hidden_percent"], tuple(told["notes"]))


def _read(path: Path, result: Path) -> None:
    try:
        told = {"sheets": [vars(sheet) for sheet in read_sheets(path)]}
    except UnreadableFileError as error:
        told = {"error": error.message, "hint": error.hint}
    result.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    _read(Path(sys.argv[1]), Path(sys.argv[2]))
