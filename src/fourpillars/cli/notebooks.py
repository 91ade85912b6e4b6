"""`fourpillars run`: one notebook with parameters of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourpillars.errors import FourPillarsError


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(rich_help_panel="Analyse")(run)


def run(
    notebook: Annotated[Path, typer.Argument(help="The notebook, or its name in notebooks/.")],
    parameters: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="name=value. Can be repeated.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The notebook to write. Default: <name>.out.ipynb here."),
    ] = None,
    engine: Annotated[
        str,
        typer.Option("--engine", help="fourpillars (in this process), jupyter (a kernel), or any papermill knows."),
    ] = "fourpillars",
    json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
    project: Annotated[
        Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)
    ] = None,
) -> None:
    """Run a notebook with parameters, and write it with its outputs. Parameters are checked before anything
    runs.

    **Examples**

    `fourpillars run industry -p activity=C31 -p lang=zh -o steel.ipynb`

    `fourpillars run notebooks/comparison.ipynb -p activities=C26,C31,C39`
    """
    from fourpillars.catalogue.project import find_project

    root = find_project(project)
    source = _find(notebook, root.notebooks)
    values = dict(_split(text) for text in parameters or [])
    from fourpillars.editions.run.parameters import check

    check(source, values, project=root.root)
    from fourpillars.editions.run.execute import run_notebook

    written = run_notebook(source, values, output or Path(f"{source.stem}.out.ipynb"), engine=engine, project=root.root)
    if json:
        from fourpillars.cli.console import print_json

        print_json({"notebook": str(source), "parameters": values, "written": str(written)})
    else:
        typer.echo(str(written))


def _find(notebook: Path, folder: Path) -> Path:
    """Return the notebook's path: as given, or by name in the project's notebooks."""
    for path in (notebook, folder / notebook, folder / f"{notebook}.ipynb"):
        if path.is_file():
            return path
    from fourpillars.errors import UnknownNameError

    raise UnknownNameError.of("notebook", str(notebook), sorted(path.stem for path in folder.glob("*.ipynb")))


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise FourPillarsError(f"The parameter {text!r} is not name=value.", "Write -p activity=C31.")
    return name.strip(), value
