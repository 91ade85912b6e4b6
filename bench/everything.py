"""All benchmarks, one after another, into bench/results.json: make bench

Ratios count, not seconds: everything compared is measured in the same run, on the same machine.
python bench/everything.py growth dask     only these
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from measured import keep

from fourpillars import __version__

HERE = Path(__file__).parent
SCRIPTS = {
    "loops": "against_loops.py",
    "warm": "warm_runs.py",
    "reruns": "reruns.py",
    "growth": "growth.py",
    "dask": "on_dask.py",
    "cube": "cube.py",
    "scores": "scores.py",
    "indicators": "indicators.py",
}


def main() -> int:
    chosen = sys.argv[1:] or list(SCRIPTS)
    keep(
        "machine",
        {
            "system": f"{platform.system()} {platform.machine()}",
            "cores": len(os.sched_getaffinity(0)),
            "load_at_start": [round(value, 1) for value in os.getloadavg()],
            "python": platform.python_version(),
            "fourpillars": __version__,
            "day": f"{datetime.now(UTC):%Y-%m-%d}",
        },
    )
    failed = [name for name in chosen if subprocess.run([sys.executable, HERE / SCRIPTS[name]]).returncode]
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed) > 0


if __name__ == "__main__":
    sys.exit(main())
