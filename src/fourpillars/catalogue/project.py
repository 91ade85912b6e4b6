"""Where the project is: its root folder, and the folders the rooms read from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from fourpillars.errors import FourPillarsError

MARK = Path("reports") / "edition.yml"
ENVIRONMENT_VARIABLE = "FOURPILLARS_HOME"


@dataclass(frozen=True)
class Project:
    """A project on disk: everything is found from its `root`."""

    root: Path

    @property
    def data(self) -> Path:
        """The folder of codelists, catalogue and observations."""
        return self.root / "data"

    @property
    def codelists(self) -> Path:
        """The folder of codelists."""
        return self.data / "codelists"

    @property
    def catalogue(self) -> Path:
        """The folder of the indicators' definitions and the policy's clauses."""
        return self.data / "catalogue"

    @property
    def observations(self) -> Path:
        """The folder of the statistics, their sources and the targets."""
        return self.data / "observations"

    @property
    def notebooks(self) -> Path:
        """The folder of the notebooks."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """The folder that says what an edition is made of."""
        return self.root / "reports"

    def relative(self, path: Path) -> str:
        """Return a path as readers are shown it: from the root, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def find_project(path: str | Path | None = None) -> Project:
    """Find the project: the `path`, else ``FOURPILLARS_HOME``, else upward from here, else this checkout.

    Parameters
    ----------
    path : str or Path, optional
        The project's root, as ``--project`` gives it.

    Raises
    ------
    FourPillarsError
        If the folder named is no project, or none is found.

    Examples
    --------
    >>> find_project().data.name
    'data'
    """
    if path is not None:
        return _named(Path(path), "--project")
    if os.environ.get(ENVIRONMENT_VARIABLE):
        return _named(Path(os.environ[ENVIRONMENT_VARIABLE]), ENVIRONMENT_VARIABLE)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return Project(folder)
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "data" / "codelists").is_dir():
        return Project(checkout)
    raise FourPillarsError(
        f"No project was found: no folder from {here} upward holds {MARK.as_posix()}.",
        hint=f"Go to the project's folder, or name it with --project or {ENVIRONMENT_VARIABLE}.",
    )


def _named(folder: Path, by: str) -> Project:
    root = folder.expanduser().resolve()
    if not (root / "data").is_dir():
        found = "has no folder data" if root.is_dir() else "does not exist"
        raise FourPillarsError(
            f"The project {str(folder)!r} named by {by} {found}.",
            hint="Name the folder that holds data, notebooks and reports.",
        )
    return Project(root)
