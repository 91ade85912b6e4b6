"""Our own edition, whole and from nothing: measured once in a run of the benchmarks, whoever asks first."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from measured import RESULTS, Cost, keep, run

from fourpillars.catalogue import load_catalogue
from fourpillars.catalogue.project import find_project
from fourpillars.editions.cache import user_folder
from fourpillars.editions.config import load_config
from fourpillars.editions.reports import Report, reports_of

EDITION = "2026-08"
BIN = Path(sys.executable).parent
SMALL = bool(os.environ.get("FOURPILLARS_BENCH_SMALL"))
"""Whether only to try out that a benchmark runs: a few reports stand for all, and nothing it says counts."""
FEW = ("growth", "industry/C31", "region/440000")
NAME = "0 whole edition"


def all_reports() -> tuple[Report, ...]:
    """Return the reports of the edition; of a trial, a few."""
    project = find_project()
    config, catalogue = load_config(project.reports), load_catalogue(project)
    reports = reports_of(config, catalogue, project.notebooks, EDITION)
    return tuple(report for report in reports if not SMALL or report.slug in FEW)


def forget() -> None:
    """Remove what earlier runs have kept for a user of the statistics; what only versions decide stays."""
    for name in ("data", "parts"):
        shutil.rmtree(user_folder() / name, ignore_errors=True)


def publish(out: Path, only: Iterable[str] = (), *, jobs: int = 2, languages: str = "en,zh") -> dict[str, object]:
    """Publish reports into a new folder, all of them where none is named, and tell what it took."""
    forget()
    chosen = [*only] or (FEW if SMALL else ())
    command = [str(BIN / "fourpillars"), "publish", "--renderer", "embedded", "--quiet", "--out", str(out)]
    command += ["--edition", EDITION, "--lang", languages, "--jobs", str(jobs)]
    return told(run([*command, *(text for slug in chosen for text in ("--only", slug))]), out)


def told(cost: Cost, out: Path) -> dict[str, object]:
    """Return a publication's cost with what its `run.json` says of stages."""
    said = json.loads(next(out.glob(f"**/{EDITION}/run.json")).read_text(encoding="utf-8"))
    return cost.told() | {
        "peak_memory_mb_by_quarter": cost.by_quarter,
        "documents": said["documents_built"],
        "stages_wall_seconds": said["stages_wall_seconds"],
        "stages_work_seconds": said["stages_work_seconds"],
    }


def whole(jobs: int) -> dict[str, object]:
    """Return what the whole edition takes, so many reports at once; measured if this run has not yet."""
    known = measured_before().get(str(jobs))
    if known is None:
        with tempfile.TemporaryDirectory(prefix="bench-") as out:
            known = keep_whole(jobs, publish(Path(out), jobs=jobs))
    return known


def keep_whole(jobs: int, measured: dict[str, object]) -> dict[str, object]:
    """Keep what the whole edition took, for the other benchmarks of this run."""
    keep(NAME, measured_before() | {"run": _run(), str(jobs): measured})
    return measured


def measured_before() -> dict[str, object]:
    """Return what this run of the benchmarks has measured of the whole edition."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")).get(NAME, {}) if RESULTS.is_file() else {}
    return kept if kept.get("run") == _run() else {}


def _run() -> str:
    """Name the run of the benchmarks this process belongs to; alone, it is one of its own."""
    return os.environ.get("FOURPILLARS_BENCH_RUN") or f"process {os.getpid()}"
