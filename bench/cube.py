"""How fast is the firm-level cube, and in how much memory? Synthetic enterprises, beside plain pandas.

python bench/cube.py             1 and 10 million enterprise-months, into bench/results.json under 'cube'
python bench/cube.py --rows 1    1 million only

Each run is a process of its own, which measures itself; pandas does the 1 million, from which its 10 are
extrapolated (ten times as long, ten times the memory above an idle process). It computes the same cells and
measures, without checks, disclosure control and writing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise, product
from pathlib import Path

RESULTS = Path(os.environ.get("FOURPILLARS_BENCH_RESULTS") or Path(__file__).with_name("results.json"))
MILLION = 1_000_000
MONTHS = 12
#: How many rows an enterprise has on average: some come late and some leave early.
ROWS_EACH = 11.15
TARGET = {"seconds": 30, "gigabytes": 4}


def ours(source: Path, threads: int) -> None:
    """Build the cube of a file."""
    from fourpillars.catalogue.codelists import load_codelists
    from fourpillars.observations.cube import Options, build_cube

    build_cube([source], source.with_suffix(".csv"), load_codelists(), Options(threads=threads))


def plain_pandas(source: Path, threads: int) -> None:
    """Compute the same cells by groupby, one for each combination of levels."""
    import pandas as pd

    frame = pd.read_parquet(source)
    frame["sector"] = frame["activity"].str[0]
    frame["loss_making"] = frame["profit"] < 0
    frame["days"] = (30 * frame["receivables"] / frame["revenue"]).where(frame["revenue"] > 0)
    months = sorted(frame["time_period"].unique())
    of = {month: set(part["enterprise"]) for month, part in frame.groupby("time_period")}
    here = frame["enterprise"].isin(of[months[0]]) & (frame["time_period"] == months[0])
    stays = here.copy()
    for before, month in pairwise(months):
        now, then = frame["time_period"] == month, frame["time_period"] == before
        here |= now & frame["enterprise"].isin(of[before])
        stays |= then & frame["enterprise"].isin(of[month])
    frame["entries"], frame["exits"] = ~here, ~stays
    for levels in product(("ref_area", None), ("activity", "sector", None), ("size", None)):
        groups = frame.groupby(["time_period", *(level for level in levels if level)], observed=True)
        groups[["revenue", "profit", "loss_making", "receivables", "overdue", "entries", "exits"]].sum()
        groups.size()
        groups["days"].quantile([0.5, 0.9])


def idle(source: Path, threads: int) -> None:
    """Import pandas and do nothing: the memory of a process at rest."""
    import pandas  # noqa: F401


WORK = {"ours": ours, "pandas": plain_pandas, "idle": idle}


def measured(work: str, source: Path, threads: int) -> dict[str, float]:
    """Run a piece of work in a process of its own; return its seconds, processor seconds and peak memory."""
    command = [sys.executable, __file__, "--work", work, "--source", str(source), "--threads", str(threads)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def work_and_tell(work: str, source: Path, threads: int) -> None:
    """Do a piece of work in this process, and print what it took."""
    start = time.perf_counter()
    WORK[work](source, threads)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = used.ru_utime + used.ru_stime
    kilobyte = 1 if sys.platform == "darwin" else 1024
    peak = used.ru_maxrss * kilobyte / 1e9
    print(json.dumps({"seconds": seconds, "processor_seconds": processor, "peak_gigabytes": peak}))


def measure(millions: list[int], threads: int) -> dict[str, object]:
    """Make the files, measure, and compare; nothing of it stays."""
    from fourpillars.observations.cube import write_synthetic_enterprises

    results: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "threads": threads,
        "load_before": round(os.getloadavg()[0], 1),
        "target_for_10_million": TARGET,
    }
    runs: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-cube-") as folder:
        for million in millions:
            source = Path(folder) / f"synthetic-{million}.parquet"
            rows = write_synthetic_enterprises(source, int(million * MILLION / ROWS_EACH), MONTHS)
            runs[million] = {"enterprise_months": rows} | measured("ours", source, threads)
            if million == 1:
                plain = measured("pandas", source, threads)
                rest = measured("idle", source, threads)["peak_gigabytes"]
            source.unlink()
    results |= {f"{million}_million": rounded(run) for million, run in runs.items()}
    if 1 in runs:
        results |= {"pandas_1_million": rounded(plain)} | compared(runs, plain, rest)
    return results


def compared(runs: dict[int, dict[str, float]], plain: dict[str, float], rest: float) -> dict[str, object]:
    """Return how many times as long, and as much memory, pandas takes."""
    ratios: dict[str, object] = {}
    for million, run in runs.items():
        memory = rest + million * (plain["peak_gigabytes"] - rest)
        ratios[f"pandas_to_ours_{million}_million"] = {
            "extrapolated": million > 1,
            "seconds": round(million * plain["seconds"] / run["seconds"], 1),
            "peak_gigabytes": round(memory / run["peak_gigabytes"], 1),
        }
    return ratios


def rounded(run: dict[str, float]) -> dict[str, float]:
    """Round what was measured."""
    return {name: value if isinstance(value, int) else round(value, 2) for name, value in run.items()}


def keep(results: dict[str, object]) -> None:
    """Put the results among those of the other benchmarks."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    RESULTS.write_text(json.dumps(kept | {"cube": results}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write the results."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, action="append", help="millions of enterprise-months")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--work", choices=WORK, help=argparse.SUPPRESS)
    options.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.work:
        work_and_tell(chosen.work, chosen.source, chosen.threads)
        return
    results = measure(chosen.rows or [1, 10], chosen.threads)
    keep(results)
    print(json.dumps({"cube": results}, indent=1))


if __name__ == "__main__":
    main()
