"""What the warm process of an edition loads and computes before the first report. It imports nothing that a run of
one report could do without."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fourpillars.editions.followed import Followed


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
    from fourpillars.editions.followed import KNOWLEDGE, follow, make_compared, make_most
    from fourpillars.editions.kept_data import load_data

    with suppress(Exception):
        if data is not None:
            load_data(find_project(root), data)
        known = follow(edition, root, *filter(None, (more, parts)))
        if whole:
            _make_whole(known, notebooks, languages)
        else:
            make_most(known)
            make_compared(known.before)
        if parts is not None:
            known.keep(parts, of=KNOWLEDGE)
        if whole and more is not None:
            known.keep(more)  # what was computed for many reports, a later run of one need not compute


def _make_whole(known: Followed, notebooks: tuple[Path, ...], languages: tuple[str, ...]) -> None:
    """Make all parts, those that take long and are wanted late in forks beside this process."""
    from fourpillars.editions.followed import make_backtests, make_compared, make_most
    from fourpillars.editions.rehearsal import compute_shared, rehearse
    from fourpillars.exhibits import robustness_figures

    compared = known.before.make_beside(make_compared)
    _ = known.frame, known.scores  # what all others need
    later = known.make_beside(make_backtests, robustness_figures.figures)
    make_most(known)
    compared()
    compute_shared(known)
    rehearse(notebooks, known.edition, languages)
    later()
