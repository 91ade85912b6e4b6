"""Write a change whole or not at all: staged, checked, then moved into place file by file.

Once the staged files are complete they count: whoever comes next finishes what a killed process began.
"""

from __future__ import annotations

import csv
import fcntl
import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fourpillars.catalogue.problems import DataError
from fourpillars.catalogue.project import Project
from fourpillars.errors import FourPillarsError
from fourpillars.observations.intake.compare import Change
from fourpillars.observations.load import check
from fourpillars.observations.schema import COLUMNS, KEY
from fourpillars.observations.sources import COLUMNS as SOURCE_COLUMNS
from fourpillars.observations.sources import FILE as SOURCES
from fourpillars.observations.vintages.journal import Revision, journal_path, journal_with

_STAGED, _READY, _LOCK = ".adding", ".added", ".adding.lock"


@contextmanager
def adding(project: Project) -> Iterator[None]:
    """Hold the right to change the statistics, after finishing what a killed process began.

    Raises
    ------
    FourPillarsError
        If another process is at it, or the folder cannot be written.
    """
    try:
        handle = os.open(project.data / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise FourPillarsError(f"{project.data} cannot be written: {error.strerror}.") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FourPillarsError("Somebody else is adding data to this project.", "Try again in a moment.") from None
        _finish(project)
        yield
    finally:
        os.close(handle)


def write(change: Change, project: Project) -> list[Path]:
    """Write a change, inside `adding`; return the files that are new or different.

    Raises
    ------
    DataError
        If the statistics would not pass their check: then nothing is written.
    FourPillarsError
        If the disk does not take it: then nothing is written either.
    """
    try:
        files = _contents(change, project)
        _check(files, project)
        _stage(files, project)
    except OSError as error:
        shutil.rmtree(project.data / _STAGED, ignore_errors=True)
        raise FourPillarsError(f"Nothing was written: {error.strerror or error}.") from None
    _finish(project)
    return [project.data / name for name in files]


def _contents(change: Change, project: Project) -> dict[str, bytes]:
    """Return the new content of each file that changes, by its path in the data folder; the figures last."""
    files: dict[str, bytes] = {}
    folder = project.observations
    if change.source:
        line = _line([change.source.get(name, "") for name in SOURCE_COLUMNS])
        files[f"observations/{SOURCES}"] = _with_lines(folder / SOURCES, [line], SOURCE_COLUMNS)
    if change.revised:
        path = journal_path(project).relative_to(project.data).as_posix()
        files[path] = journal_with(project, [revision for revision, _ in change.revised])
    by_file: dict[str, list[tuple[Revision, int]]] = {}
    for revision, line in change.revised:
        by_file.setdefault(revision.file, []).append((revision, line))
    for file, revised in by_file.items():
        path = project.root / file
        files[path.relative_to(project.data).as_posix()] = _revised(path.read_bytes(), revised, file)
    if change.new:
        name = f"observations/{change.target}"
        lines = [_line([*one.key, one.value, one.status, one.source_id]) for one in change.new]
        files[name] = _with_lines(project.data / name, lines, COLUMNS, files.get(name))
    return files


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue().encode()


def _with_lines(path: Path, lines: list[bytes], columns: Sequence[str], before: bytes | None = None) -> bytes:
    """Return a file's content with lines at its end, in the order of its own columns."""
    if before is None:
        before = path.read_bytes() if path.exists() else b",".join(name.encode() for name in columns) + b"\n"
    header = before.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode().strip()
    order = next(csv.reader([header]))
    if order != list(columns):
        lines = [_line([dict(zip(columns, _cells(line), strict=True))[name] for name in order]) for line in lines]
    end = b"\r\n" if b"\r\n" in before[:10_000] else b"\n"
    if not before.endswith(b"\n"):
        before += end
    return before + b"".join(line + end for line in lines)


def _cells(line: bytes) -> list[str]:
    return next(csv.reader([line.decode()]))


def _revised(content: bytes, revised: list[tuple[Revision, int]], file: str) -> bytes:
    """Return a file's content with some of its lines replaced, each only where the key stands in it."""
    lines = content.split(b"\n")
    order = next(csv.reader([lines[0].removeprefix(b"\xef\xbb\xbf").decode().strip()]))
    for revision, number in revised:
        line = lines[number - 1]
        cells = dict(zip(order, _cells(line.rstrip(b"\r")), strict=False))
        if tuple(cells.get(name) for name in KEY) != revision.key:
            raise FourPillarsError(f"{file}, line {number} does not hold the figure to be revised.", "Try again.")
        cells |= {
            "obs_value": revision.new_value,
            "obs_status": revision.new_status,
            "source_id": revision.new_source_id,
        }
        lines[number - 1] = _line([cells[name] for name in order]) + b"\r" * line.endswith(b"\r")
    return b"\n".join(lines)


def _check(files: dict[str, bytes], project: Project) -> None:
    """Hold the whole of the data, as it would be, against all checks."""
    with tempfile.TemporaryDirectory(prefix="fourpillars-") as folder:
        staged = Project(Path(folder))
        staged.observations.mkdir(parents=True)
        for path in (project.codelists, project.catalogue):
            if path.exists():
                (staged.data / path.name).symlink_to(path)
        for path in project.observations.glob("*.csv"):
            (staged.observations / path.name).symlink_to(path)
        for name, content in files.items():
            path = staged.data / name
            path.parent.mkdir(exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_bytes(content)
        problems = check(staged)
        if problems:
            raise DataError(problems)


def _stage(files: dict[str, bytes], project: Project) -> None:
    staged = project.data / _STAGED
    shutil.rmtree(staged, ignore_errors=True)
    for number, (name, content) in enumerate(files.items()):
        path = staged / f"{number:03d}" / name
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    staged.rename(project.data / _READY)  # from here on it counts


def _finish(project: Project) -> None:
    """Move what is staged whole into place, in its order; what is not whole is thrown away."""
    shutil.rmtree(project.data / _STAGED, ignore_errors=True)
    ready = project.data / _READY
    for path in sorted(path for path in ready.rglob("*") if path.is_file()):
        target = project.data / Path(*path.relative_to(ready).parts[1:])
        target.parent.mkdir(exist_ok=True)
        os.replace(path, target)
    shutil.rmtree(ready, ignore_errors=True)
