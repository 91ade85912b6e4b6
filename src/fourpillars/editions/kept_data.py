"""Catalogue and statistics as an earlier run has loaded and checked them: read in a tenth of the time.

They are kept for a user, by the digest of the files and of the code that reads them.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

from fourpillars.editions import cache
from fourpillars.editions.imports import code_digest
from fourpillars.editions.inputs import digest, tree_digest

if TYPE_CHECKING:
    from pathlib import Path

    from fourpillars.catalogue.project import Project

MOST = 12  #: files kept, the last used


def kept_file(project: Project) -> Path:
    """Return where the data of a project are kept, as its files are now."""
    files = tree_digest([project.codelists, project.catalogue, project.observations])
    code = code_digest(["fourpillars.catalogue", "fourpillars.observations"])
    versions = [version(name) for name in ("pandas", "numpy", "pydantic")]
    return cache.user_folder() / "data" / digest([str(project.root), files, code, versions, sys.version_info[:2]])


def load_data(project: Project, kept: Path) -> None:
    """Load catalogue and statistics for this process, from the file where it is there; keep them where not.

    Data with problems are left to who asks for them, and are not kept.
    """
    import pandas as pd

    from fourpillars.catalogue import catalogue, load_catalogue
    from fourpillars.catalogue.codelists import stamp_of
    from fourpillars.errors import FourPillarsError
    from fourpillars.observations import load, load_observations

    path = kept.with_name(f"{kept.name}-{pd.get_option('mode.string_storage')}.pickle")
    stamps = stamp_of(project.codelists, project.catalogue), stamp_of(project.codelists, project.observations)
    found = cache.read_pickle(path)
    if found is not None:
        catalogue._loaded[project], load._loaded[project] = zip(stamps, found, strict=True)
        return
    with suppress(FourPillarsError):
        cache.write_pickle(path, (load_catalogue(project), load_observations(project)))
        cache.keep_latest(path.parent, MOST)
