"""Measure a command: wall time, processor time and peak memory, its own and of all it starts."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from fourpillars.editions.measure import memory_of

RESULTS = Path(os.environ.get("FOURPILLARS_BENCH_RESULTS") or Path(__file__).with_name("results.json"))

NOBODY = {"FOURPILLARS_STANDBY": "0"}
"""No process stands by for the next command, but where a benchmark asks for one."""


@dataclass(frozen=True)
class Cost:
    """What something took: seconds on the clock, seconds of processors, bytes held, second by second."""

    wall: float
    cpu: float
    memory: tuple[int, ...]

    @property
    def peak_memory(self) -> int:
        """The most it held, in bytes."""
        return max(self.memory, default=0)

    @property
    def by_quarter(self) -> list[int]:
        """The most it held in each quarter of its time, in MB; of less than four seconds, nothing."""
        step = len(self.memory) // 4
        ends = [step, 2 * step, 3 * step, len(self.memory)]
        return [round(max(self.memory[start:end]) / 1e6) for start, end in pairwise([0, *ends])] if step else []

    def told(self) -> dict[str, float]:
        """Return it rounded, for the results."""
        return {
            "wall_seconds": round(self.wall, 2),
            "cpu_seconds": round(self.cpu, 2),
            "peak_memory_mb": round(self.peak_memory / 1e6),
        }


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and measure it; what it says is shown only if it fails."""
    memory: list[int] = []
    over = threading.Event()

    def sample(pid: int) -> None:
        while not over.wait(1.0):  # a look takes hundredths of a second itself
            memory.append(memory_of(pid))

    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(command), stdout=said, stderr=said, env={**NOBODY, **os.environ, **(environment or {})}
        )
        watcher = threading.Thread(target=sample, args=(process.pid,), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        over.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}\n{said.read().decode(errors='replace')[-3000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, tuple(memory))


def keep(name: str, results: Mapping[str, object]) -> None:
    """Put results beside those of the other benchmarks."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    known[name] = results
    RESULTS.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{name}: {json.dumps(results, indent=1, ensure_ascii=False)}", flush=True)
