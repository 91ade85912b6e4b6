"""More documents: time a document flat or falling, memory flat. And where the time goes, by stage."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from against_loops import BIN, EDITION, all_reports
from measured import keep, run

SIZES = {10: (5, "en"), 40: (20, "en"), 160: (80, "en"), 320: (80, "en,zh")}
"""Reports and languages by documents: each report is a page and a PDF in each language."""


def main() -> None:
    slugs = [report.slug for report in all_reports()]
    results, stages = {}, {}
    for documents, (reports, languages) in SIZES.items():
        step = max(1, len(slugs) // reports)
        chosen = slugs[::step][:reports]
        with tempfile.TemporaryDirectory(prefix="bench-") as out:
            command = [str(BIN / "fourpillars"), "publish", "--renderer", "embedded", "--quiet", "--out", out]
            command += ["--edition", EDITION, "--lang", languages]
            command += [text for slug in chosen for text in ("--only", slug)]
            cost = run(command)
            said = next(Path(out).glob(f"**/{EDITION}/run.json"))
            measured = json.loads(said.read_text(encoding="utf-8"))
        told = cost.told()
        results[str(documents)] = told | {"seconds_a_document": round(cost.wall / documents, 3)}
        stages = {
            "documents": documents,
            "wall_seconds": measured["stages_wall_seconds"],
            "work_seconds": measured["stages_work_seconds"],
            "cpu_seconds": told["cpu_seconds"],
            "processors_kept_busy": round(cost.cpu / cost.wall, 2),
        }
    keep("4 growth", results)
    keep("7 stages", stages)


if __name__ == "__main__":
    main()
