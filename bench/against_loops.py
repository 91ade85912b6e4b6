"""Ours against the loops people write, one report at a time and two; same notebooks, same outputs.

(a) papermill with a new kernel, then `quarto render` to HTML and to PDF: where a Quarto command is found.
(b) papermill with a new kernel, then the embedded renderer, a process each.

The loops make a sample, at least one report of each kind; what the whole edition would take them is
extrapolated, kind by kind. Ours is measured whole.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from edition import EDITION, SMALL, all_reports, whole
from measured import Cost, keep, run

from fourpillars.editions.renderer import find_quarto
from fourpillars.editions.reports import Report

SAMPLE = (
    "overview", "stability", "expansion", "innovation", "growth", "comparison/industries",
    "comparison/regions", "method", "industry/C31", "industry/C39", "region/440000", "region/320000",
)  # fmt: skip
HERE = Path(__file__).parent
ASKED = {"a": {1: 25, 2: 12}, "b": {1: 6, 2: 3}}
"""How many times as fast ours has to be, by loop and reports at a time in it; ours makes two at a time."""


def papermill(report: Report, lang: str, folder: Path) -> Cost:
    """Run a notebook as papermill's command line does: with a kernel of its own."""
    values = {"edition": EDITION, "lang": lang, **report.parameters}
    given = [text for name, value in values.items() for text in ("-y", json.dumps({name: value}))]
    target = str(folder / "executed.ipynb")
    command = [sys.executable, "-m", "papermill", str(report.notebook), target, "-k", "python3", *given]
    return run(command, {"FOURPILLARS_STATIC": "1"})


def with_embedded(report: Report, lang: str, folder: Path) -> Cost:
    executed = papermill(report, lang, folder)
    command = [sys.executable, str(HERE / "one_page.py"), str(folder / "executed.ipynb"), lang, str(folder)]
    return added(executed, run(command))


def with_quarto(report: Report, lang: str, folder: Path) -> Cost:
    cost, quarto = papermill(report, lang, folder), find_quarto()
    code = (
        "import sys; from pathlib import Path; from fourpillars.editions.run.prepare import prepare; "
        "prepare(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))"
    )
    copy = str(folder / "copy.ipynb")
    # Not counted: people who write this loop have no copy to make.
    run([sys.executable, "-c", code, str(folder / "executed.ipynb"), lang, copy])
    for form in ("html", "typst"):
        cost = added(cost, run([quarto, "render", copy, "--to", form, "--no-execute"]))
    return cost


def added(first: Cost, then: Cost) -> Cost:
    return Cost(first.wall + then.wall, first.cpu + then.cpu, first.memory + then.memory)


def loop(make: Callable[[Report, str, Path], Cost], reports: list[Report], at_once: int) -> dict[str, object]:
    """Make reports in a loop, `at_once` at a time; extrapolate to both languages of every report."""
    with tempfile.TemporaryDirectory(prefix="bench-") as home:

        def one(item: tuple[int, Report]) -> tuple[str, Cost]:
            folder = Path(home) / str(item[0])
            folder.mkdir()
            print(f"loop, {at_once} at a time: {item[1].slug}", flush=True)
            return item[1].name, make(item[1], "en", folder)

        start = time.perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            made = list(pool.map(one, enumerate(reports)))
        wall = time.perf_counter() - start
    by_kind: dict[str, list[Cost]] = defaultdict(list)
    for kind, cost in made:
        by_kind[kind].append(cost)
    mean = {kind: sum(c.wall for c in costs) / len(costs) for kind, costs in by_kind.items()}
    whole = 2 * sum(mean[report.name] for report in all_reports() if report.name in mean)
    cpu = {kind: sum(c.cpu for c in costs) / len(costs) for kind, costs in by_kind.items()}
    whole_cpu = 2 * sum(cpu[report.name] for report in all_reports() if report.name in cpu)
    in_step = wall / sum(cost.wall for _, cost in made)  # what running two at a time gains
    return {
        "reports": len(made),
        "wall_seconds": round(wall, 1),
        "cpu_seconds": round(sum(cost.cpu for _, cost in made), 1),
        "peak_memory_mb": round(at_once * max(cost.peak_memory for _, cost in made) / 1e6),
        "seconds_a_report_by_notebook": {kind: round(value, 2) for kind, value in sorted(mean.items())},
        "extrapolated_edition_wall_seconds": round(whole * in_step),
        "extrapolated_edition_cpu_seconds": round(whole_cpu),
    }


def compared(name: str, make: Callable[[Report, str, Path], Cost], reports: list[Report]) -> dict[str, object]:
    """Return what a loop takes, one report at a time and two, in times ours."""
    ours, results = whole(2), {}
    for at_once in (1, 2):
        found = loop(make, reports, at_once)
        edition = found["extrapolated_edition_wall_seconds"]
        results[f"{name}, {at_once} at a time"] = found | {
            "times_ours": round(edition / ours["wall_seconds"], 1),
            "times_ours_asked": ASKED[name[0]][at_once],
            "times_ours_in_cpu": round(found["extrapolated_edition_cpu_seconds"] / ours["cpu_seconds"], 1),
        }
    return results


QUARTO_LOOP = 15.0
"""Seconds a report took papermill and two calls of Quarto, one after another, on two cores where there was a Quarto."""


def main() -> None:
    reports = [report for report in all_reports() if SMALL or report.slug in SAMPLE]
    results: dict[str, object] = {"reports_of_edition": len(all_reports()), "languages": 2, "formats": 2}
    results["ours, 2 at once"] = whole(2)
    results |= compared("b: papermill, embedded", with_embedded, reports)
    name = "a: papermill, quarto twice"
    if not find_quarto():
        edition = 2 * QUARTO_LOOP * len(all_reports())
        results[name] = {
            "skipped": "no quarto",
            "seconds_a_report_measured_elsewhere": QUARTO_LOOP,
            "extrapolated_edition_wall_seconds": round(edition),
            "times_ours": round(edition / whole(2)["wall_seconds"], 1),
            "times_ours_asked": ASKED["a"][1],
        }
        keep("1 against loops", results)
        return
    keep("1 against loops", results)  # should Quarto fail, the rest stands
    keep("1 against loops", results | compared(name, with_quarto, reports))


if __name__ == "__main__":
    main()
