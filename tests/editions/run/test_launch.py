"""A warm process that is launched ahead ends with the command, whatever that comes to."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def marked(mark: str) -> list[int]:
    """Return the processes that have a mark in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


@LINUX
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("publish", "--only", "overveiw"), 2),
        (("publish", "--only", "overview", "--nonsense"), 2),
        (("publish", "--only", "overview", "--lang", "eng"), 2),
        (("publish", "--only", "overview", "--help"), 0),
    ],
)
def test_nothing_is_left_of_a_request_that_is_refused(arguments: tuple[str, ...], code: int) -> None:
    mark = uuid.uuid4().hex
    command = [sys.executable, "-c", "from fourpillars.cli import main; main()", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "MARKED_BY": mark})
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    assert marked(mark) == []
