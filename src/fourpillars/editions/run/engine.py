"""A papermill engine that runs a notebook's cells in this process, where everything is already imported.

It starts no kernel, so isolation is the caller's task: `warm.WarmExecutor` gives every report a fork of its
own. papermill finds it by entry point (`papermill --engine fourpillars`). The class does not inherit from
papermill's `Engine`, which loads this module while it is itself being imported.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode


class WarmEngine:
    """Executes a notebook in an in-process IPython shell; papermill keeps the parameters and the saving."""

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        on_cell: Callable[[int], None] | None = None,
        charts: Path | None = None,
        **_: object,
    ) -> NotebookNode:
        """Run every code cell until one raises, and return the notebook with its outputs.

        Parameters
        ----------
        nb : NotebookNode
            A notebook with its parameters injected.
        kernel_name : str
            Ignored: the cells run in this process.
        on_cell : callable, optional
            Called with the index of each cell before it runs.
        charts : Path, optional
            A folder into which each chart is put as it is shown.
        """
        from papermill.engines import NotebookExecutionManager

        manager = NotebookExecutionManager(
            nb, output_path=output_path, progress_bar=progress_bar, log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )  # fmt: skip
        manager.notebook_start()
        try:
            cls._run_cells(manager, on_cell or (lambda index: None), charts)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @staticmethod
    def _run_cells(manager: object, on_cell: Callable[[int], None], charts: Path | None) -> None:
        from fourpillars.editions.run.charts_ahead import hand_over
        from fourpillars.editions.run.shell import fresh_shell

        with fresh_shell() as shell:
            for index, cell in enumerate(manager.nb.cells):
                if cell.cell_type != "code":
                    continue
                on_cell(index)
                manager.cell_start(cell, index)
                cell.outputs, cell.execution_count, succeeded = shell.run(cell.source)
                if charts is not None:
                    hand_over(cell, charts)
                if not succeeded:
                    manager.cell_exception(cell, cell_index=index)
                manager.cell_complete(cell, cell_index=index)
                if not succeeded:
                    break

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Return the kernel's name, which papermill wants to know; any Python will do."""
        return name or nb.metadata.get("kernelspec", {}).get("name") or "python3"

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Return the language parameters are written in."""
        return language or nb.metadata.get("language_info", {}).get("name") or "python"
