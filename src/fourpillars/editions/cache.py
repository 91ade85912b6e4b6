"""Files kept to save time: for a user (what only versions decide) and for a site (finished documents).

Nothing is lost with them. What nobody has used for a month is swept away.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAME = ".cache"
DAYS = 30


def user_folder() -> Path:
    """Return the user's folder for this package: below `XDG_CACHE_HOME`, else `~/.cache`."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "fourpillars"


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return a kept file's content, or make and keep it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept(Path(folder) / "a", lambda: b"made"), kept(Path(folder) / "a", lambda: b"not again")
    (b'made', b'made')
    """
    try:
        content = path.read_bytes()
        os.utime(path)
    except OSError:
        content = make()
        write(path, content)
    return content


def write(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a kept file whole or not at all; where it cannot be written nothing is kept."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        if mode is not None:
            part.chmod(mode)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def read_json(path: Path) -> dict[str, Any]:
    """Return a kept JSON object; an empty one where there is none or it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Keep a JSON object."""
    write(path, json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def read_pickle(path: Path) -> Any:
    """Return a kept object; None where there is none, it cannot be read, or others could have written it."""
    import pickle

    content = read_code(path)
    try:
        return None if content is None else pickle.loads(content)
    except (ValueError, EOFError, TypeError, AttributeError, ImportError, pickle.UnpicklingError):
        return None


def read_code(path: Path) -> bytes | None:
    """Return a kept file whose content will be run; None where there is none, or others could have written it."""
    try:
        status = path.stat()
        if status.st_uid != os.getuid() or status.st_mode & 0o022:
            return None
        os.utime(path)
        return path.read_bytes()
    except OSError:
        return None


def write_pickle(path: Path, value: Any) -> None:
    """Keep an object, for this user alone."""
    import pickle

    write(path, pickle.dumps(value, protocol=5), mode=0o600)


def link(source: Path, target: Path) -> bool:
    """Put a kept file where it is wanted, by hard link or copy; False where there is none."""
    import shutil

    try:
        os.utime(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        os.link(source, target)
    except FileNotFoundError:
        return False
    except OSError:
        shutil.copy2(source, target)
    return True


def sweep(folder: Path, days: float = DAYS) -> None:
    """Remove what has not been used for so many days, and what a process that is no more never finished."""
    oldest = time.time() - days * 86400
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with contextlib.suppress(OSError):
                if os.stat(path).st_mtime < oldest or _is_left_over(name):
                    os.unlink(path)


def keep_latest(folder: Path, most: int) -> None:
    """Remove all files of a folder but those used last."""
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-most]:
            path.unlink()


def _is_left_over(name: str) -> bool:
    """Say whether a file is part of one whose writer, named in it by number, has ended."""
    writer = name.removesuffix(".part").rpartition(".")[2]
    if not name.endswith(".part") or not writer.isdigit():
        return False
    try:
        os.kill(int(writer), 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False
