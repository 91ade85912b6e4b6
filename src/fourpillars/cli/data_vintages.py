"""`fourpillars data revisions` and `fourpillars data known`: what was known when."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourpillars.errors import FourPillarsError

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]


def revisions(
    measure: Annotated[str, typer.Option("--measure", help="Only this measure.")] = "",
    since: Annotated[str, typer.Option("--since", help="Only those known from this day on: 2026-10-01.")] = "",
    json: Json = False,
    project: Project = None,
) -> None:
    """List the figures that later ones replaced: the old, the new, and since when.

    **Example**: `fourpillars data revisions --since 2026-10-01`
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.cli.console import print_json, print_table
    from fourpillars.observations.schema import KEY
    from fourpillars.observations.vintages.journal import read_journal
    from fourpillars.observations.vintages.known import checked_day

    day = checked_day(since) if since else ""
    found = [
        one
        for one in read_journal(find_project(project))
        if measure in ("", one.key[KEY.index("measure")]) and one.known >= day
    ]
    if json:
        print_json([vars(one) | {"key": dict(zip(KEY, one.key, strict=True))} for one in found])
        return
    rows = [
        [one.known, " ".join(filter(None, one.key)), one.old_value, one.new_value, one.new_source_id] for one in found
    ]
    print_table(("known from", "figure", "old", "new", "source"), rows)
    typer.echo(f"{len(found):,} revisions.", err=True)


def known(
    day: Annotated[str, typer.Argument(help="Such as 2026-10-01.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The CSV file to write.", show_default=False)],
    json: Json = False,
    project: Project = None,
) -> None:
    """Write the observations as they were known on a day: what was published by then, before later revisions.

    **Example**: `fourpillars data known 2026-10-01 -o then.csv`
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.cli.console import print_json
    from fourpillars.observations import load_observations
    from fourpillars.observations.schema import COLUMNS
    from fourpillars.observations.vintages.journal import read_journal
    from fourpillars.observations.vintages.known import known_on

    root = find_project(project)
    now = load_observations(root)
    then = known_on(now, read_journal(root), day)
    try:
        then.table[list(COLUMNS)].to_csv(output, index=False, float_format="%.15g", lineterminator="\n")
    except OSError as error:
        raise FourPillarsError(f"{output} cannot be written: {error.strerror}.") from None
    if json:
        print_json({"day": day, "known": len(then.table), "of": len(now.table), "written": str(output)})
        return
    typer.echo(f"{len(then.table):,} of {len(now.table):,} observations were known on {day}: {output}")
