"""Releases on disk: a complete tree beside the others, then one rename that makes it the published one.

<out>/2026-08.2/            a release: <lang>/<slug>.html|.pdf, data/, manifest.json, run.json
<out>/2026-08 -> 2026-08.2  what readers are given
<out>/preview/2026-08/      a part of an edition, for looking at
<out>/failed/2026-08/       notebooks that raised, as far as they came
<out>/.build-*              work under way; swept away by the next run if a run was killed
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fourpillars.editions.manifest import Manifest, read_manifest

BUILD = ".build-"
_EDITION = re.compile(r"\d{4}-\d{2}")
_CANNOT_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS}


def editions(out: Path) -> list[str]:
    """Return the months that have a published release, latest first."""
    if not out.is_dir():
        return []
    found = [
        path.name for path in out.iterdir() if _EDITION.fullmatch(path.name) and path.is_symlink() and path.is_dir()
    ]
    return sorted(found, reverse=True)


def published(out: Path, edition: str) -> tuple[Path, Manifest | None]:
    """Return the folder and the manifest of the release readers are given; the manifest is None where there
    is none."""
    link = out / edition
    if not link.is_symlink():
        return link, None
    folder = link.resolve()
    return folder, read_manifest(folder)


def corrections(out: Path, edition: str, number: int) -> dict[str, str]:
    """Return what readers were told about a release, by language."""
    manifest = read_manifest(release_folder(out, edition, number))
    return manifest.correction if manifest else {}


def release_folder(out: Path, edition: str, number: int) -> Path:
    """Return the folder of release `number`."""
    return out / f"{edition}.{number}"


@contextmanager
def build_folder(out: Path) -> Iterator[Path]:
    """Give a folder to work in, on the site's own file system, and remove what is left of it at the end.

    Temporary files of this process and of those it starts lie in there too: whatever kills them, the next
    run sweeps them away.
    """
    folder = Path(tempfile.mkdtemp(prefix=BUILD, dir=out))
    folder.chmod(0o755)
    before = os.environ.get("TMPDIR")
    try:
        (folder / "tmp").mkdir()
        _put_temporary_files(str(folder / "tmp"))
        yield folder
    finally:
        _put_temporary_files(before)
        shutil.rmtree(folder, ignore_errors=True)


def _put_temporary_files(folder: str | None) -> None:
    if folder is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = folder
    tempfile.tempdir = None  # asks the environment again


def sweep(out: Path) -> None:
    """Remove what a run that was killed left behind: its work, and a release no reader was ever given."""
    for path in out.glob(f"{BUILD}*"):
        shutil.rmtree(path, ignore_errors=True)
    for pattern in (".*.part", "*/.*.part", "failed/*/.*.part", "preview/*/.*.part"):
        for path in out.glob(pattern):
            path.unlink(missing_ok=True)
    for path in out.iterdir():
        month, _, number = path.name.rpartition(".")
        if _EDITION.fullmatch(month) and number.isdigit() and _never_published(path, out, month, int(number)):
            shutil.rmtree(path, ignore_errors=True)


def link_files(paths: Iterable[str], source: Path, target: Path) -> None:
    """Put files of the `source` release into the `target` tree by hard link, or by copy where links cannot be
    made."""
    for path in paths:
        into = target / path
        if into.exists() or not (source / path).is_file():
            continue
        into.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / path, into)
        except OSError as error:
            if error.errno not in _CANNOT_LINK:
                raise
            shutil.copy2(source / path, into)


def link_shared(source: Path, target: Path) -> None:
    """Link what pages of a release share beside them, such as Quarto's `site_libs`."""
    shared = source / "site_libs"
    if shared.is_dir():
        link_files(
            [path.relative_to(source).as_posix() for path in shared.rglob("*") if path.is_file()],
            source,
            target,
        )


def next_number(out: Path, edition: str) -> int:
    """Return the number the next release of `edition` gets."""
    numbers = [
        int(path.name.rpartition(".")[2]) for path in out.glob(f"{edition}.*") if path.name.rpartition(".")[2].isdigit()
    ]
    return max(numbers, default=0) + 1


def put_in_place(tree: Path, out: Path, edition: str, number: int) -> Path:
    """Make the finished `tree` the published release `number`: two renames, the second of which readers
    notice."""
    folder = release_folder(out, edition, number)
    _flush(tree)
    tree.rename(folder)
    point(out, edition, number)
    return folder


def point(out: Path, edition: str, number: int) -> None:
    """Let readers of `edition` be given release `number` from now on."""
    part = out / f".{edition}.part"
    part.unlink(missing_ok=True)
    part.symlink_to(release_folder(out, edition, number).name)
    part.replace(out / edition)


def put_preview(tree: Path, out: Path, edition: str) -> Path:
    """Put a part of an edition beside the site, in place of the preview before."""
    folder = out / "preview" / edition
    folder.parent.mkdir(exist_ok=True)
    old = tree.with_name("preview-before")
    if folder.exists():
        folder.rename(old)
    tree.rename(folder)
    return folder


def write_whole(path: Path, text: str) -> None:
    """Write a file of the site so that readers meet the old one or the new one, never a part."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _never_published(folder: Path, out: Path, month: str, number: int) -> bool:
    """Say whether a run was killed between the two renames: `run.json` is written after the second."""
    return folder.is_dir() and number > _current_number(out, month) and not (folder / "run.json").exists()


def _current_number(out: Path, month: str) -> int:
    link = out / month
    number = os.readlink(link).rpartition(".")[2] if link.is_symlink() else "0"
    return int(number) if number.isdigit() else 0


def _flush(tree: Path) -> None:
    """Ask the kernel to write the tree to the disk before it gets its public name."""
    handle = os.open(tree, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
