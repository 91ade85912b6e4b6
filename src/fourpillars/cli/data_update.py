"""`fourpillars data update`: what is new at the sources over the network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from fourpillars.errors import FourPillarsError

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]


def update(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Which sources. Default: all.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    revise: Annotated[
        bool, typer.Option("--revise", help="Let it revise figures that are there; the old ones are kept as vintages.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask anew what was asked within the last hour.")] = False,
    json: Json = False,
    project: Project = None,
) -> None:
    """Fetch what is new at the sources of data/services.yml, show it, and write it.

    Each source is written whole or not at all; one that fails does not keep the others from theirs. Figures
    that differ are revisions, taken only with **--revise**; the old ones are kept.

    **Example**: `fourpillars data update --yes`
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.cli.console import print_json, refuse
    from fourpillars.cli.data_shown import as_record, conclude
    from fourpillars.observations.intake.write import adding
    from fourpillars.observations.services.update import changes

    root = find_project(project)
    talks = sys.stdin.isatty() and sys.stdout.isatty() and not json
    told, failed = [], 0
    with adding(root):
        for service, change in changes(root, sources or [], fresh):
            if not json:
                typer.echo(f"{service.name}:")
            try:
                if isinstance(change, FourPillarsError):
                    raise change
                written = conclude(change, root, yes=yes, revise=revise, talks=talks, quiet=json)
                told.append(as_record(change, written))
            except FourPillarsError as error:
                failed = max(failed, getattr(error, "exit_code", 1))
                told.append({"file": service.name, "error": error.message, "hint": error.hint})
                if not json:
                    refuse(error)
    if json:
        print_json(told)
    elif not told:
        typer.echo("There are no sources in data/services.yml: docs/data.md says how to name some.")
    if failed:
        raise typer.Exit(failed)
