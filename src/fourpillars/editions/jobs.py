"""JupyterLab's Notebook Jobs (jupyter-scheduler), with the parameters of these notebooks.

As it comes, jupyter-scheduler writes a parameter into the notebook as it was typed: `activity = C31` would be no
Python, and anything would be run. Here values are read as `fourpillars run -p` reads them, and refused before
anything runs. Installed with the package, `jobs.json` tells JupyterLab so.
"""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_scheduler.executors import DefaultExecutionManager

from fourpillars.catalogue.project import ENVIRONMENT_VARIABLE, MARK
from fourpillars.editions.redaction import without_secrets
from fourpillars.editions.run.parameters import check
from fourpillars.exhibits.explore_panel import UNATTENDED


class NotebookJobs(DefaultExecutionManager):
    """Run a notebook as a job: its parameters checked, its project found, no secret in its environment.

    A job that is refused fails with the sentence that says why, and nothing has run. Notebooks of no project
    are run as jupyter-scheduler runs them.
    """

    def execute(self) -> None:
        """Run the job's copy of the notebook, and write it in the formats asked for."""
        root = project_of(Path(self.root_dir))
        if root is not None:
            self._prepare(root)
        super().execute()

    def _prepare(self, root: Path) -> None:
        """Check the parameters, and set up this process, which was started for the job and ends with it."""
        os.environ.update({ENVIRONMENT_VARIABLE: str(root), UNATTENDED: "1"})
        kept = without_secrets(os.environ)
        for name in [name for name in os.environ if name not in kept]:
            del os.environ[name]
        given = {name: _unquoted(value) for name, value in (self.model.parameters or {}).items()}
        values = check(self.staging_paths["input"], given, project=root)
        self.model.parameters = {name: repr(value) for name, value in values.items()}


def project_of(folder: Path) -> Path | None:
    """Return the root of the project a folder lies in, as JupyterLab's own folder does; None where it is in none.

    Examples
    --------
    >>> project_of(Path("/")) is None
    True
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        return Path(named)
    folder = folder.expanduser().resolve()
    return next((one for one in (folder, *folder.parents) if (one / MARK).is_file()), None)


def _unquoted(value: str) -> str:
    """Return a value without the quotes that jupyter-scheduler's own jobs need around a text."""
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
