"""The executor of an edition: its warm process, and what that is told to load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import partial

from fourpillars.editions import finished
from fourpillars.editions.plan import PlannedPage
from fourpillars.editions.preload import warm_up
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.run.warm import WarmExecutor

FEW = 8  #: pages up to which each computes the histories it needs; for more, the warm process computes all


def executor_of(ready: Prepared, jobs: int, pages: Collection[PlannedPage]) -> WarmExecutor:
    """Return the executor of an edition's pages, which loads what they share; not yet started."""
    often = Counter(item.page.report.notebook for item in pages)
    preload = partial(
        warm_up,
        ready.edition,
        str(ready.project.root),
        ready.data,
        *finished.parts_files(ready),
        len(pages) > FEW,
        tuple(sorted(notebook for notebook, times in often.items() if times > FEW)),
        tuple(sorted({item.page.lang for item in pages})),
    )
    environment = {"FOURPILLARS_HOME": str(ready.project.root), "FOURPILLARS_STATIC": "1"}
    return WarmExecutor(jobs, preload, environment=environment, many=len(pages) > FEW)
