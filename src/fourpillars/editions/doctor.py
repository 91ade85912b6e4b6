"""What is installed, what is missing, and what follows from it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fourpillars import __version__
from fourpillars.errors import FourPillarsError

PACKAGES = (
    "pandas", "altair", "vl-convert-python", "papermill", "ipython", "jupyterlab", "pypandoc_binary", "typst",
    "babel", "pydantic", "pandera",
)  # fmt: skip
NEEDED_SPACE = 2 * 10**9
GOOD, NOTE, BAD = "ok", "note", "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: `mark` is 'ok', 'note' or 'bad'."""

    mark: str
    what: str
    found: str

    @property
    def bad(self) -> bool:
        """Whether editions cannot be made like this."""
        return self.mark == BAD


def examine(project: Path | None = None) -> list[Finding]:
    """Look at everything an edition needs.

    Parameters
    ----------
    project : Path, optional
        The project's root, as ``--project`` gives it.
    """
    return [*_python(), *_packages(), _quarto(), *_fonts(), *_project(project)]


def _python() -> Iterator[Finding]:
    mark = GOOD if sys.version_info >= (3, 11) else BAD
    yield Finding(mark, "Python", f"{platform.python_version()} ({platform.system()} {platform.machine()})")
    yield Finding(GOOD, "fourpillars", __version__)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    yield Finding(GOOD, "cores", str(cores))


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(GOOD, name, version(name))
        except PackageNotFoundError:
            yield Finding(BAD, name, "not installed: run make, or pip install from requirements.lock")


def _quarto() -> Finding:
    from fourpillars.editions.renderer import choose_renderer

    try:
        renderer = choose_renderer("auto")
    except FourPillarsError as error:
        return Finding(BAD, "Quarto", str(error))
    if renderer.name == "quarto":
        return Finding(GOOD, "Quarto", f"{renderer.version} at {renderer.command}")
    return Finding(NOTE, "Quarto", "not found: pages and PDFs are made by the embedded renderer")


def _fonts() -> Iterator[Finding]:
    from fourpillars.exhibits.fonts import font_files

    try:
        files = font_files()
    except (FourPillarsError, ImportError, OSError) as error:
        yield Finding(BAD, "fonts", str(error))
        return
    for family, path in files.items():
        yield Finding(GOOD if Path(path).is_file() else BAD, "font", f"{family} ({Path(path).name})")


def _project(project: Path | None) -> Iterator[Finding]:
    from fourpillars.catalogue.project import find_project
    from fourpillars.editions.config import load_config

    try:
        found = find_project(project)
        yield Finding(GOOD, "project", str(found.root))
        config = load_config(found.reports)
        yield Finding(GOOD, "reports/edition.yml", f"{len(config.reports)} kinds of report")
    except FourPillarsError as error:
        yield Finding(BAD, "project", str(error))
        return
    topics = len(list(found.observations.glob("*.csv")))
    yield Finding(GOOD if topics else BAD, "data/observations", f"{topics} files")
    yield _space(found.reports)


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    writable = os.access(folder, os.W_OK)
    mark = BAD if not writable else NOTE if free < NEEDED_SPACE else GOOD
    return Finding(mark, "disk", f"{free / 1e9:,.0f} GB free" + ("" if writable else f", {folder} cannot be written"))
