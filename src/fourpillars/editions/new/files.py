"""Writing several files, all or none, and one more item into a YAML list whose comments stay."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from fourpillars.errors import FourPillarsError

_ITEM = re.compile(r"^( *)- ")


def write_all(texts: Mapping[Path, str]) -> None:
    """Write files whole; where one cannot be written, leave all of them as they were.

    Raises
    ------
    FourPillarsError
        If one cannot be written.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    parts = {path: path.with_name(f".{path.name}.part") for path in texts}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            parts[path].write_bytes(text.encode("utf-8"))
            if before[path] is not None:
                parts[path].chmod(path.stat().st_mode)
        for path, part in parts.items():
            os.replace(part, path)
    except OSError as error:
        _put_back(before)
        raise FourPillarsError(
            f"{error.filename} cannot be written: {error.strerror}.", "Nothing has been changed."
        ) from None
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def with_item(text: str, key: str, item: str, file: str) -> str:
    """Return a YAML text with one more item at the end of the list under a key of its own, comments kept.

    Parameters
    ----------
    item : str
        The item as YAML, its first line beginning after the dash; further lines are indented alike.
    file : str
        The file's name, for the refusal.

    Raises
    ------
    FourPillarsError
        If the list is not written an item a line.

    Examples
    --------
    >>> print(with_item("a:\\n  - x  # one\\n\\n# b is next\\nb: 1\\n", "a", "y", "a.yml"))
    a:
      - x  # one
      - y
    <BLANKLINE>
    # b is next
    b: 1
    <BLANKLINE>
    """
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if re.match(rf"{re.escape(key)}:\s*(#.*)?$", line)), None)
    block = _block(lines, start + 1) if start is not None else range(0)
    indent = next((found[1] for number in block if (found := _ITEM.match(lines[number]))), None)
    if indent is None:
        raise FourPillarsError(
            f"{file} has no list {key!r} with a line for each item.", f"Add it there by hand: - {item}"
        )
    last = max(number for number in block if lines[number].strip() and not lines[number].lstrip().startswith("#"))
    first, *more = item.splitlines()
    added = [f"{indent}- {first}", *(f"{indent}  {line}" for line in more)]
    return "\n".join([*lines[: last + 1], *added, *lines[last + 1 :]]) + "\n"


def _block(lines: list[str], start: int) -> range:
    """Return the lines that belong to a key: to the next line that begins with a name."""
    end = next((number for number in range(start, len(lines)) if re.match(r"[\w\"']", lines[number])), len(lines))
    return range(start, end)


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        with contextlib.suppress(OSError):
            if content is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != content:
                path.write_bytes(content)
