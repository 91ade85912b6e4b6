"""More documents: time a document flat or falling, memory flat. And where the time goes, by stage."""

from __future__ import annotations

import tempfile
from pathlib import Path

from edition import SMALL, all_reports, publish, whole
from measured import keep

SIZES = {10: (5, "en"), 40: (10, "en,zh"), 160: (40, "en,zh"), 320: (80, "en,zh")}
"""Reports and languages by documents: each report is a page and a PDF in each language. Ten are no whole number of
reports in two languages, whose second takes memory of its own: fonts."""

FEW_SIZES = {4: (2, "en"), 12: (3, "en,zh")}


def main() -> None:
    sizes = FEW_SIZES if SMALL else SIZES
    slugs = [report.slug for report in all_reports()]
    results = {}
    for documents, (reports, languages) in sizes.items():
        step = max(1, len(slugs) // reports)
        print(f"growth: {documents} documents", flush=True)
        if documents == max(sizes):
            cost = whole(2)
        else:
            with tempfile.TemporaryDirectory(prefix="bench-") as out:
                cost = publish(Path(out), slugs[::step][:reports], languages=languages)
        built = cost["documents"]
        results[str(documents)] = {
            "documents": built,
            "wall_seconds": cost["wall_seconds"],
            "cpu_seconds": cost["cpu_seconds"],
            "peak_memory_mb": cost["peak_memory_mb"],
            "peak_memory_mb_by_quarter": cost["peak_memory_mb_by_quarter"],
            "wall_seconds_a_document": round(cost["wall_seconds"] / built, 3),
            "cpu_seconds_a_document": round(cost["cpu_seconds"] / built, 3),
        }
    keep("4 growth", results)
    busy = round(cost["cpu_seconds"] / cost["wall_seconds"], 2)
    keep("7 stages", {"documents": cost["documents"], **cost, "processors_kept_busy": busy})


if __name__ == "__main__":
    main()
