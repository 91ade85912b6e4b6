"""The named semaphores of a publisher's render workers."""

from __future__ import annotations

import contextlib
from pathlib import Path

PREFIX = "fourpillars-"  #: then the publisher's process number


def sweep_semaphores(folder: Path = Path("/dev/shm")) -> None:
    """Remove the named semaphores of publishers that were killed together with what cleans up after them."""
    for path in folder.glob(f"sem.{PREFIX}*"):
        publisher = path.name.removeprefix(f"sem.{PREFIX}").partition("-")[0]
        with contextlib.suppress(OSError):
            if publisher.isdigit() and not Path(f"/proc/{publisher}").exists():
                path.unlink()
