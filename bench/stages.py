"""How long an edition takes, by stage, and what is saved when little has changed.

make bench                       the whole edition, into bench/results.json
make bench ARGS="--only overview --only industry/C31"
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from pathlib import Path

from fourpillars.catalogue.project import find_project
from fourpillars.cli.progress import Progress
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import Outcome, publish

RESULTS = Path(__file__).with_name("results.json")


def timed(request: Request) -> tuple[Outcome, float]:
    """Publish, and return what came of it with the seconds from call to end."""
    start = time.perf_counter()
    with Progress() as progress:
        outcome = publish(request, progress)
    return outcome, time.perf_counter() - start


def measure(only: tuple[str, ...], jobs: int) -> dict[str, object]:
    """Build an edition in a new folder, then once more unchanged."""
    root = find_project().root
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        request = Request(project=root, only=only, renderer="embedded", jobs=jobs, out=Path(folder))
        first, whole = timed(request)
        _, again = timed(request)
    documents = first.built
    return {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "jobs": jobs,
        "documents": documents,
        "failed": len(first.failures),
        "seconds": round(whole, 2),
        "seconds_a_document": round(whole / max(documents, 1), 3),
        "seconds_unchanged": round(again, 2),
        **{name: value for name, value in first.measured.items() if name != "wall_seconds"},
    }


def main() -> None:
    """Measure, print, and write the results."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", action="append", default=[], help="a report; can be repeated")
    options.add_argument("--jobs", type=int, default=2)
    chosen = options.parse_args()
    results = measure(tuple(chosen.only), chosen.jobs)
    text = json.dumps({"edition": results}, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
