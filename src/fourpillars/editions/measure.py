"""How long a publication took, stage by stage, and how much memory it and its processes held at most."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_FIRST, _LAST = 0.25, 12.0  #: seconds between two looks at memory: a look takes hundredths of a second itself


class Meter:
    """Wall time by stage, work by stage summed over processes, peak memory. A context manager.

    Memory is the proportional share (PSS) of this process and all below it, sampled: pages that processes
    share count once.
    """

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.work: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()
        self.peak_memory = 0
        self._start = time.perf_counter()
        self._over = threading.Event()
        self._sampler = threading.Thread(target=self._sample, name="memory", daemon=True)

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._sampler.is_alive():
            self._sampler.join(timeout=5)

    def watch_memory(self) -> None:
        """Look at memory now and then, from here to the end."""
        self._sampler.start()

    @property
    def total(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._start

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage of the parent process."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.wall[name] = self.wall.get(name, 0.0) + time.perf_counter() - start

    def add_work(self, seconds: Mapping[str, float]) -> None:
        """Add what a worker says its stages took."""
        for name, value in seconds.items():
            self.work[name] += value

    def summary(self) -> dict[str, object]:
        """Return all of it, rounded, for `run.json`."""
        return {
            "wall_seconds": round(self.total, 2),
            "stages_wall_seconds": {name: round(value, 2) for name, value in self.wall.items()},
            "stages_work_seconds": {name: round(value, 2) for name, value in sorted(self.work.items())},
            "pages": dict(sorted(self.pages.items())),
            "peak_memory_bytes": self.peak_memory,
        }

    def _sample(self) -> None:
        pause = _FIRST
        while not self._over.wait(pause):
            self.peak_memory = max(self.peak_memory, memory_of(os.getpid()))
            pause = min(1.2 * pause, _LAST)


def memory_of(pid: int) -> int:
    """Return the bytes a process and all below it hold; pages they share count once."""
    return sum(map(_held, _family(pid)))


def _family(pid: int) -> list[int]:
    """Return a process and all below it."""
    family = [pid]
    for member in family:
        try:
            for task in Path(f"/proc/{member}/task").iterdir():
                family += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return family


def _held(pid: int) -> int:
    """Return the bytes a process holds, its share of shared pages only."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
