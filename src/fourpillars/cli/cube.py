"""`fourpillars cube`: enterprise files in, a file of observations out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from fourpillars.observations.cube import Cube


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(rich_help_panel="Analyse")(cube)


def cube(
    files: Annotated[list[Path], typer.Argument(help="Enterprise files: Parquet or CSV.", show_default=False)],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="The file of observations to write.", show_default=False),
    ],
    by: Annotated[
        str, typer.Option("--by", help="What it is divided by; less makes a smaller file.")
    ] = "ref_area,activity,size",
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", "-c", help="column=its name in the files. Can be repeated."),
    ] = None,
    money: Annotated[
        str, typer.Option("--money", help="The unit of money in the files: cny, cny_10k or cny_100m.")
    ] = "cny_10k",
    min_enterprises: Annotated[
        int, typer.Option("--min-enterprises", help="Withhold cells of fewer enterprises.")
    ] = 10,
    dominance: Annotated[
        float | None,
        typer.Option(
            "--dominance",
            help="Withhold cells in which one enterprise has over this per cent of revenue.",
            show_default=False,
        ),
    ] = None,
    source_id: Annotated[
        str, typer.Option("--source-id", help="Default: F- and the output's name.", show_default=False)
    ] = "",
    publisher: Annotated[
        str, typer.Option("--publisher", help="Whose files they are, as readers are told.")
    ] = "Enterprise files",
    title: Annotated[str, typer.Option("--title", help="Default: the files' names.", show_default=False)] = "",
    memory: Annotated[str, typer.Option("--memory", help="What may be used; the rest goes to disk.")] = "4GB",
    threads: Annotated[int, typer.Option("--threads", help="How many threads work.")] = 2,
    temporary: Annotated[
        Path | None,
        typer.Option("--temporary", help="The folder for what does not fit.", show_default=False),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
    project: Annotated[
        Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)
    ] = None,
) -> None:
    """Add enterprise files up to observations by province, industry and size, without giving anyone away.

    The files hold one row an enterprise and month, with the columns **enterprise** (an id), **time_period**
    (2026-08), **ref_area** (440000), **activity** (C31), **size** (large, medium, small, micro), **revenue**
    and **profit** of the month, **receivables** at its end, and **overdue**, the part of them past its due
    date.

    Cells of few enterprises are withheld, and so many others that they cannot be worked back from the
    margins. The file is written whole or not at all; its source's row goes to standard output, for
    sources.csv.

    **Examples**

    `fourpillars cube firms-*.parquet -o data/observations/firms.csv >> data/observations/sources.csv`

    `fourpillars cube firms.csv -o firms.csv --by ref_area,activity -c revenue=营业收入 --money cny`
    """
    from fourpillars.catalogue.codelists import load_codelists
    from fourpillars.catalogue.project import find_project
    from fourpillars.observations.cube import Options, Rule, build_cube

    options = Options(
        by=[name.strip() for name in by.split(",") if name.strip()],
        rule=Rule(min_enterprises, dominance),
        columns=dict(_named(text) for text in columns or ()),
        money=money,
        source_id=source_id,
        publisher=publisher,
        title=title,
        memory=memory,
        threads=threads,
        temporary=temporary,
    )
    built = build_cube(files, output, load_codelists(find_project(project)), options)
    if json:
        from fourpillars.cli.console import print_json

        print_json(vars(built))
        return
    typer.echo(built.source)
    _tell(built)


def _named(text: str) -> tuple[str, str]:
    column, equals, name = text.partition("=")
    if not (equals and column.strip() and name.strip()):
        hint = "Write column=name, such as revenue=营业收入."
        raise FourPillarsError(f"--column {text!r} names no column.", hint)
    return column.strip(), name.strip()


def _tell(built: Cube) -> None:
    months = f"{built.months[0]} to {built.months[-1]}" if len(built.months) > 1 else built.months[0]
    small, more = built.withheld_primary, built.withheld_secondary
    typer.echo(
        f"{built.enterprise_months:,} enterprise-months, {months}: {built.observations:,} observations in "
        f"{built.output}.\n{small + more:,} of {built.cells:,} cells are withheld: {small:,} by the rule, "
        f"{more:,} to protect those.",
        err=True,
    )
