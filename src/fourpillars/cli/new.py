"""`fourpillars new`: a working start of an analyst's own indicator or report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    new = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")
    new.command()(indicator)
    new.command()(report)
    app.add_typer(new, name="new", rich_help_panel="Analyse", help="Begin an indicator or a report of your own.")


def indicator(
    name: Annotated[str, typer.Argument(help="Its code: a-z, 0-9 and underscores.", show_default=False)],
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            help="What it reads for a start. Default: the measure of its name, or the growth of revenue.",
            show_default=False,
        ),
    ] = "",
    pillar: Annotated[str, typer.Option("--pillar", help="stability, expansion, innovation or growth.")] = "stability",
    function: Annotated[
        bool, typer.Option("--function", help="Compute it by a Python function; else by the entry alone.")
    ] = False,
    json: Json = False,
    project: Project = None,
) -> None:
    """Begin an indicator: an entry in the catalogue that is computed and shown as it is, and its test.

    It weighs nothing until you give it a weight and goalposts, so no score changes. Then say in the entry
    what you mean by it.

    **Examples**

    `fourpillars new indicator export_delivery_growth --pillar expansion`

    `fourpillars new indicator cash_squeeze --measure accounts_receivable_growth --pillar growth --function`
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.editions.new import new_indicator

    root = find_project(project)
    made = new_indicator(root, name, measure=measure, pillar=pillar, function=function)
    places = [made.catalogue, *([made.function] if made.function else []), made.test]
    _tell({"indicator": name, "measure": made.measure, "files": [root.relative(path) for path in places]}, json)
    if not json:
        typer.echo(
            f"It reads {made.measure}. Say in the entry what you mean; see it in notebooks/explore.ipynb; "
            f"then: fourpillars check"
        )


def report(
    name: Annotated[
        str, typer.Argument(help="Of the notebook and the address: a-z, 0-9, hyphens.", show_default=False)
    ],
    for_each: Annotated[
        str, typer.Option("--for-each", help="A report for every activity, or every ref_area.", show_default=False)
    ] = "",
    group: Annotated[
        str, typer.Option("--group", help="Its group in the menu, as in reports/edition.yml.", show_default=False)
    ] = "",
    title: Annotated[str, typer.Option("--title", help="Default: the name.", show_default=False)] = "",
    title_zh: Annotated[str, typer.Option("--title-zh", help="The same in Chinese.", show_default=False)] = "",
    json: Json = False,
    project: Project = None,
) -> None:
    """Begin a report: a notebook that runs as it is, and its line in reports/edition.yml.

    **Examples**

    `fourpillars new report power-and-chips --title "Power and chips" --title-zh 电力与芯片`

    `fourpillars new report outlook --for-each ref_area`
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.editions.new import new_report

    root = find_project(project)
    made = new_report(root, name, for_each=for_each, group=group, title=title, title_zh=title_zh)
    files = [root.relative(made.notebook), root.relative(root.reports / "edition.yml")]
    _tell({"report": name, "line": made.line, "files": files}, json)
    if not json:
        slug = f"{name}/*" if for_each else name
        typer.echo(f"Open it with make lab; see it as a page: fourpillars publish --only '{slug}'")


def _tell(made: dict[str, object], json: bool) -> None:
    from fourpillars.cli.console import print_json

    if json:
        print_json(made)
        return
    for path in made["files"]:
        typer.echo(path)
