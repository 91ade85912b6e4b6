"""All benchmarks, one after another, into bench/results.json: make bench

Ratios count, not seconds: everything compared is measured in the same run, on the same machine.

python bench/everything.py --part growth --part dask   only these
python bench/everything.py --small                     try out that all of them run, into another file
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
PARTS = {
    "reruns": "reruns.py",
    "growth": "growth.py",
    "loops": "against_loops.py",
    "warm": "warm_runs.py",
    "dask": "on_dask.py",
    "changes": "changes.py",
    "cube": "cube.py",
    "scores": "scores.py",
    "indicators": "indicators.py",
    "intake": "intake.py",
}
"""Scripts by part. The first publishes the edition whole; what it took is not measured again by the others."""
FEWER = {"intake": ["--files", "300", "--mutants", "2"]}
"""What is asked of parts that by themselves do more than a benchmark needs."""
SMALL = {"cube": ["--rows", "1"], "intake": ["--files", "30", "--mutants", "1"]}
LONGEST = 900
"""Seconds after which a part is ended: the others go on."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--part", action="append", choices=PARTS, help="only this one; can be repeated")
    options.add_argument("--small", action="store_true", help="a few reports, into bench/small.tmp: a trial")
    asked = options.parse_args()
    os.environ["FOURPILLARS_BENCH_RUN"] = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {os.getpid()}"
    if asked.small:
        os.environ |= {"FOURPILLARS_BENCH_SMALL": "1", "FOURPILLARS_BENCH_RESULTS": str(HERE / "small.tmp")}
    keep_machine()
    chosen, start = asked.part or list(PARTS), time.monotonic()
    failed = []
    for number, part in enumerate(chosen, 1):
        print(f"[{number}/{len(chosen)}] {part} …", flush=True)
        began = time.monotonic()
        problem = run_part(part)
        failed += [f"{part} ({problem})"] * bool(problem)
        took, whole = time.monotonic() - began, time.monotonic() - start
        print(f"[{number}/{len(chosen)}] {part}: {problem or 'done'}, {took:.0f} s of {whole:.0f} s", flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed) > 0


def run_part(part: str) -> str:
    """Run a part to its end, with all it starts; return what went wrong, or nothing."""
    more = (SMALL if os.environ.get("FOURPILLARS_BENCH_SMALL") else FEWER).get(part, [])
    process = subprocess.Popen([sys.executable, str(HERE / PARTS[part]), *more], start_new_session=True)
    try:
        code = process.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"took longer than {LONGEST} s"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
    return f"ended with {code}" if code else ""


def keep_machine() -> None:
    """Keep what the figures were measured on."""
    from measured import keep

    from fourpillars import __version__

    keep(
        "machine",
        {
            "system": f"{platform.system()} {platform.machine()}",
            "cores": len(os.sched_getaffinity(0)),
            "load_at_start": [round(value, 1) for value in os.getloadavg()],
            "python": platform.python_version(),
            "seconds_for_ten_million_additions": round(additions(), 2),
            "fourpillars": __version__,
            "run": os.environ["FOURPILLARS_BENCH_RUN"],
        },
    )


def additions() -> float:
    """Return what Python takes for ten million additions: how fast the machine is at this moment."""
    start, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
