"""The warm process of an edition: what it loads and computes before the first report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from pathlib import Path

from fourpillars.editions import finished
from fourpillars.editions.plan import PlannedPage
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
    return WarmExecutor(jobs, preload, environment=environment, ahead=ready.ahead)


def warm_up(
    edition: str,
    root: str,
    data: Path | None = None,
    parts: Path | None = None,
    more: Path | None = None,
    whole: bool = True,
    notebooks: tuple[Path, ...] = (),
    languages: tuple[str, ...] = (),
) -> None:
    """Load in the warm process what every report of an edition needs, and rehearse `notebooks`.

    A part that cannot be computed raises again where a notebook asks for it, and is named there with its
    cell.
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.editions.followed import follow
    from fourpillars.editions.kept_data import load_data
    from fourpillars.editions.rehearsal import compute_shared, rehearse

    with suppress(Exception):
        if data is not None:
            load_data(find_project(root), data)
        known = follow(edition, root, parts, more, whole=whole)
        if whole:
            compute_shared(known)
        rehearse(notebooks, edition, languages)
        if whole and more is not None:
            known.keep(more)  # what was computed for many reports, a later run of one need not compute
