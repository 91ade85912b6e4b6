"""`fourpillars data add`: a file of one's own into the statistics."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from fourpillars.errors import FourPillarsError

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]


def add(
    file: Annotated[Path, typer.Argument(help="A CSV, Excel, Parquet, SDMX-CSV or SDMX-ML file.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking.")] = False,
    revise: Annotated[
        bool, typer.Option("--revise", help="Let it revise figures that are there; the old ones are kept as vintages.")
    ] = False,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", help="A YAML file of answers to what the file leaves open.", show_default=False),
    ] = None,
    said: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="What holds for all figures, such as basis=ytd. Can be repeated.", show_default=False
        ),
    ] = None,
    publisher: Annotated[str, typer.Option("--publisher", help="Who published the figures, as readers are told.")] = "",
    title: Annotated[
        str, typer.Option("--title", help="The publication. Default: the table's title, or the file.")
    ] = "",
    published: Annotated[str, typer.Option("--published", help="When: 2026-09-15. Default: unknown.")] = "",
    read_from: Annotated[str, typer.Option("--read-from", help="The address. Default: the file's name.")] = "",
    sheet: Annotated[str, typer.Option("--sheet", help="Only this sheet. Default: all that hold a table.")] = "",
    into: Annotated[str, typer.Option("--into", help="The topic, a file of observations. Default: FILE's name.")] = "",
    json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
    project: Project = None,
) -> None:
    """Add a file of statistics: show what was understood, and write all of it or nothing.

    Wide or long tables, Chinese or English headings, merged ones too; names instead of codes; 2026年8月,
    1-8月, Aug-26; 亿元, 万元, %. What the file does not say is asked, never guessed: at a terminal here,
    elsewhere by exit code 3 with a list, which **--map** answers. Figures that differ from those already
    there are revisions: shown, taken only with **--revise**, and the old ones are kept.

    **Examples**

    `fourpillars data add august.xlsx --set ref_area=CN --set basis=month --publisher NBS --yes`

    `fourpillars data add august.csv --map answers.yml --yes --revise`
    """
    from fourpillars.catalogue.codelists import load_codelists
    from fourpillars.catalogue.project import find_project
    from fourpillars.cli.console import print_json
    from fourpillars.cli.data_asked import at_a_terminal
    from fourpillars.cli.data_shown import as_record, conclude
    from fourpillars.observations.intake.questions import Answers, checked_values, read_answers
    from fourpillars.observations.intake.take import take_file
    from fourpillars.observations.intake.write import adding

    root = find_project(project)
    codelists = load_codelists(root)
    answers = read_answers(map_file, codelists) if map_file else Answers()
    answers = answers.with_values(checked_values(dict(map(_named, said or ())), codelists, "--set"))
    source = {"publisher": publisher, "title": title, "published": published, "read_from": read_from}
    answers.source.update({name: text for name, text in source.items() if text})
    talks = sys.stdin.isatty() and sys.stdout.isatty() and not json
    with adding(root):
        change = take_file(file, root, answers, sheet, into, at_a_terminal(codelists) if talks else None)
        written = conclude(change, root, yes=yes, revise=revise, talks=talks, quiet=json)
    if json:
        print_json(as_record(change, written))


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (equals and name.strip() and value.strip()):
        raise FourPillarsError(f"--set {text!r} says nothing.", "Write column=value, such as basis=ytd.")
    return name.strip(), value.strip()
