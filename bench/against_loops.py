"""Ours against the loops people write, one report at a time and two; same notebooks, same outputs.

(a) papermill with a new kernel, then `quarto render` to HTML and to PDF: where a Quarto command is found.
(b) papermill with a new kernel, then the embedded renderer, a process each.

The loops make a sample, at least one report of each kind; what the whole edition would take them is
extrapolated, kind by kind. Ours is measured whole, unless --sample-only.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measured import Cost, keep, run

from fourpillars.catalogue import load_catalogue
from fourpillars.catalogue.project import find_project
from fourpillars.editions.config import load_config
from fourpillars.editions.renderer import find_quarto
from fourpillars.editions.reports import Report, reports_of

EDITION = "2026-08"
SAMPLE = (
    "overview", "stability", "expansion", "innovation", "growth", "comparison/industries",
    "comparison/regions", "method", "industry/C31", "industry/C39", "region/440000", "region/320000",
)  # fmt: skip
BIN = Path(sys.executable).parent
HERE = Path(__file__).parent


def all_reports() -> tuple[Report, ...]:
    project = find_project()
    config, catalogue = load_config(project.reports), load_catalogue(project)
    return reports_of(config, catalogue, project.notebooks, EDITION)


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
    return Cost(first.wall + then.wall, first.cpu + then.cpu, max(first.peak_memory, then.peak_memory))


def loop(make, reports: list[Report], at_once: int) -> dict[str, object]:
    """Make reports in a loop, `at_once` at a time; extrapolate to both languages of every report."""
    with tempfile.TemporaryDirectory(prefix="bench-") as home:

        def one(item: tuple[int, Report]) -> tuple[str, Cost]:
            folder = Path(home) / str(item[0])
            folder.mkdir()
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


def ours(only: tuple[str, ...], jobs: int) -> Cost:
    """Publish into a new folder, everything from nothing."""
    with tempfile.TemporaryDirectory(prefix="bench-") as out:
        command = [str(BIN / "fourpillars"), "publish", "--renderer", "embedded", "--quiet", "--out", out]
        command += [
            "--edition",
            EDITION,
            "--jobs",
            str(jobs),
            *(text for name in only for text in ("--only", name)),
        ]
        return run(command)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sample-only", action="store_true", help="extrapolate ours from the sample too")
    options.add_argument("--only", action="append", help="the sample; can be repeated")
    chosen = options.parse_args()
    reports = [report for report in all_reports() if report.slug in (chosen.only or SAMPLE)]
    slugs = tuple(report.slug for report in reports) if chosen.sample_only else ()
    share = len(reports) / len(all_reports()) if chosen.sample_only else 1.0
    results: dict[str, object] = {"reports_of_edition": len(all_reports()), "languages": 2, "formats": 2}
    walls = {}
    for jobs in (1, 2):
        cost = ours(slugs, jobs)
        walls[jobs] = cost.wall / share
        results[f"ours, {jobs} at once"] = cost.told() | {"edition_wall_seconds": round(walls[jobs], 1)}
    loops = {"b: papermill, embedded": with_embedded}
    if find_quarto():
        loops["a: papermill, quarto twice"] = with_quarto
    else:
        results["a: papermill, quarto twice"] = "not measured: no Quarto command line was found"
    for name, make in loops.items():
        for at_once in (1, 2):
            found = loop(make, reports, at_once)
            found["times_ours"] = round(found["extrapolated_edition_wall_seconds"] / walls[2], 1)
            found["times_ours_same_jobs"] = round(found["extrapolated_edition_wall_seconds"] / walls[at_once], 1)
            results[f"{name}, {at_once} at a time"] = found
    keep("1 against loops", results)


if __name__ == "__main__":
    main()
