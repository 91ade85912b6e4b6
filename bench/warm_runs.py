"""A notebook run in a warm fork against the same in a new kernel."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from against_loops import papermill
from edition import EDITION, all_reports
from measured import keep

from fourpillars.catalogue.project import find_project
from fourpillars.editions.preload import warm_up
from fourpillars.editions.run.job import ReportJob
from fourpillars.editions.run.warm import WarmExecutor

SAMPLE = ("overview", "industry/C31", "region/440000", "method")


def main() -> None:
    sys.modules["rfc3987_syntax"] = None
    reports = [report for report in all_reports() if report.slug in SAMPLE]
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        folder = Path(home)
        with WarmExecutor(1, partial(warm_up, EDITION, str(find_project().root))) as executor:
            ready = executor.ready.result()
            warm = {
                report.slug: executor.submit(
                    ReportJob(
                        report.slug,
                        report.notebook,
                        {"edition": EDITION, "lang": "en", **report.parameters},
                        folder / "warm.ipynb",
                    )
                ).result().seconds
                for report in reports
            }  # fmt: skip
        new = {report.slug: papermill(report, "en", folder).wall for report in reports}
    results = {
        slug: {
            "warm_seconds": round(warm[slug], 2),
            "new_kernel_seconds": round(new[slug], 2),
            "times": round(new[slug] / warm[slug], 1),
        }
        for slug in warm
    }
    keep("2 warm execution", {"loading_once_seconds": round(ready.seconds, 1), **results})


if __name__ == "__main__":
    main()
