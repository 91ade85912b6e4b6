"""Catalogue and statistics as an earlier run has loaded and checked them: read in a tenth of the time.

They are kept for a user, by the digest of the files and of the code that reads them.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from fourpillars.editions import cache
from fourpillars.editions.imports import code_digest
from fourpillars.editions.inputs import digest, tree_digest
from fourpillars.editions.versions import version_of

if TYPE_CHECKING:
    from pathlib import Path

    from fourpillars.catalogue.names import Names
    from fourpillars.catalogue.project import Project

MOST = 60  #: files kept, the last used


def kept_file(project: Project) -> Path:
    """Return where the data of a project are kept, as its files are now."""
    files = tree_digest([project.codelists, project.catalogue, project.observations])
    code = code_digest(["fourpillars.catalogue", "fourpillars.observations"])
    versions = [version_of(name) for name in ("pandas", "numpy", "pydantic")]
    return cache.user_folder() / "data" / digest([str(project.root), files, code, versions, sys.version_info[:2]])


def names_of(project: Project, kept: Path) -> Names:
    """Return the names of a project, for this process to know: as kept, or of data that are loaded and kept now.

    Raises
    ------
    DataError
        If the catalogue has problems.
    """
    from fourpillars.catalogue.names import Names, give_names, load_names

    told = cache.read_json(_names_file(kept))
    if not told:
        load_data(project, kept)
        return load_names(project)
    names = Names(**told)
    give_names(project, names)
    return names


def load_data(project: Project, kept: Path) -> None:
    """Load catalogue and statistics for this process, from the files where they are there; keep them where not.

    Data with problems are left to who asks for them, and are not kept.
    """
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.stamp import stamp_of
    from fourpillars.errors import FourPillarsError
    from fourpillars.observations import load, load_observations

    path = _file(kept, "observations")
    stamp = stamp_of(project.codelists, project.observations)
    found = cache.read_pickle(path)
    if found is not None and load_kept_catalogue(project, kept):
        load._loaded[project] = (stamp, found)
        return
    with suppress(FourPillarsError):
        cache.write_pickle(_file(kept, "catalogue"), load_catalogue(project))
        cache.write_pickle(path, load_observations(project))
        names = json.dumps(vars(load_catalogue(project).names), ensure_ascii=False)  # in order: the first list counts
        cache.write(_names_file(kept), names.encode())
        cache.keep_latest(path.parent, MOST)


def load_kept_catalogue(project: Project, kept: Path) -> bool:
    """Load the catalogue for this process where it is kept, and say whether it is."""
    from fourpillars.catalogue import catalogue
    from fourpillars.catalogue.stamp import stamp_of

    stamp = stamp_of(project.codelists, project.catalogue)
    found = cache.read_pickle(_file(kept, "catalogue"))
    if found is not None:
        catalogue._loaded[project] = (stamp, found)
    return found is not None


def _names_file(kept: Path) -> Path:
    return kept.with_name(f"{kept.name}-names.json")


def _file(kept: Path, what: str) -> Path:
    """Return where a part of the data is kept; frames whose texts are stored otherwise have files of their own."""
    import pandas as pd

    texts = pd.Series(["a"]).dtype
    storage = getattr(texts, "storage", "objects")
    return kept.with_name(f"{kept.name}-{what}-{storage}.pickle")
