"""`fourpillars status`, `history`, `notify`, `deliver` and `rollback`: a site that keeps itself up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from fourpillars.editions.routine import Done

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Out = Annotated[
    Path | None, typer.Option("--out", help="The site's folder. Default: reports/site.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
To = Annotated[
    list[str] | None,
    typer.Option("--to", help="A folder, s3://bucket/folder or rsync:host:/folder. Can be repeated."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    for command in (status, history, notify, deliver, rollback):
        app.command(rich_help_panel="Run by itself")(command)


def status(out: Out = None, json: Json = False, project: Project = None) -> None:
    """Say how the site stands: what is published, how the last run went, what the next edition waits for.

    Exit code 1 where the last run went wrong.

    **Example**: `fourpillars status`
    """
    from datetime import UTC, datetime

    from fourpillars.cli.console import print_json, seconds
    from fourpillars.editions.place import Place
    from fourpillars.editions.status import clock_time, status_of

    place = Place.of(project, out)
    found = status_of(place, datetime.now(UTC))
    zone = place.config.schedule.time_zone
    if json:
        print_json(found.as_dict())
    else:
        for edition in found.editions:
            typer.echo("Published: {edition}, release {release}, {documents} documents".format(**edition))
        if found.last is None:
            typer.echo("Last run: none recorded")
        else:
            run = found.last
            typer.echo(f"Last run: {clock_time(run.began, zone)}, {seconds(run.seconds)}: {run.state}")
            for line in (run.said, *run.failures) if run.bad else ():
                typer.echo(f"  {line}")
        if found.last_good and found.last_good != found.last:
            typer.echo(f"Last good run: {clock_time(found.last_good.began, zone)}: {found.last_good.state}")
        if found.waiting:
            typer.echo(found.waiting["said"])
        for one in found.destinations:
            typer.echo(f"{one['to']}: {'up to date' if one['up_to_date'] else 'not up to date'}")
        typer.echo(f"Next on schedule: {clock_time(found.next_slot, zone)} ({zone})")
    raise typer.Exit(1 if found.last is not None and found.last.bad else 0)


def history(
    last: Annotated[int, typer.Option("--last", "-n", help="How many runs.")] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Also runs that found nothing new.")] = False,
    out: Out = None,
    json: Json = False,
    project: Project = None,
) -> None:
    """List the last runs: when, how long, what came of them, what changed, what failed.

    **Example**: `fourpillars history --last 5`
    """
    from fourpillars.cli.console import print_json, print_table, seconds
    from fourpillars.editions.history import read
    from fourpillars.editions.place import Place
    from fourpillars.editions.status import LOOKED, clock_time

    place = Place.of(project, out)
    runs = [run for run in read(place.out) if all_ or run.state != LOOKED][-max(last, 1) :][::-1]
    if json:
        print_json([run.as_dict() for run in runs])
        return
    zone = place.config.schedule.time_zone
    rows = [
        [
            clock_time(run.began, zone),
            seconds(run.seconds),
            run.what,
            run.state,
            f"{run.edition}.{run.release}" if run.release else run.edition,
            "; ".join([*([run.said] if run.said else ()), *run.failures, *run.changed]),
        ]
        for run in runs
    ]
    print_table(("began", "took", "what", "result", "release", "about"), rows)


def notify(
    test: Annotated[bool, typer.Option("--test", help="Send a test notice by every way.")] = False,
    json: Json = False,
    project: Project = None,
) -> None:
    """Show by which ways notices go out, or send a test. Exit code 1 where one does not arrive.

    **Example**: `fourpillars notify --test`
    """
    from fourpillars.catalogue.project import find_project
    from fourpillars.cli.console import print_json, print_table
    from fourpillars.editions.config import load_config
    from fourpillars.editions.notices.message import of_test
    from fourpillars.editions.notices.send import name_of, send

    config = load_config(find_project(project).reports)
    if not config.notices:
        raise FourPillarsError(
            "No notices are asked for.",
            "Name them under `notices` in reports/edition.yml: docs/operations.md shows how.",
        )
    if not test:
        ways = [{"way": name_of(way), "events": list(way.events), "lang": way.lang} for way in config.notices]
        print_json(ways) if json else print_table(
            ("way", "events", "lang"), [[way["way"], ", ".join(way["events"]), way["lang"]] for way in ways]
        )
        return
    sent = send(lambda lang: of_test(config.title.get(lang), lang), "test", config.notices)
    if json:
        print_json([vars(one) for one in sent])
    else:
        print_table(("way", "result"), [[one.way, one.error or "sent"] for one in sent])
    raise typer.Exit(1 if any(one.error for one in sent) else 0)


def deliver(
    to: To = None,
    everything: Annotated[bool, typer.Option("--everything", help="Send also what seems to be there.")] = False,
    out: Out = None,
    json: Json = False,
    project: Project = None,
) -> None:
    """Bring the published site to its destinations: those of --to, or else of reports/edition.yml.

    New releases go first, the front page last. An address holds no keys: they come from the environment.

    **Examples**

    `fourpillars deliver`

    `fourpillars deliver --to s3://bucket/pillars`
    """
    from fourpillars.editions.routine import deliver_and_tell

    _tell_done(deliver_and_tell(project, out, destinations(to), everything), json)


def rollback(
    release: Annotated[str, typer.Argument(help="2026-08.1, or 2026-08 for the release before the present one.")],
    out: Out = None,
    json: Json = False,
    project: Project = None,
) -> None:
    """Give readers another release of an edition. Nothing is removed: the same command leads forward again.

    `publish --if-new` leaves it at that until the statistics or the code change.

    **Example**: `fourpillars rollback 2026-08.1`
    """
    from fourpillars.editions.routine import roll_back_and_tell

    _tell_done(roll_back_and_tell(project, out, release), json)


def destinations(to: list[str] | None) -> tuple:
    """Return the destinations that `--to` names."""
    from pydantic import ValidationError

    from fourpillars.editions.settings import DestinationConfig

    try:
        return tuple(
            DestinationConfig(to=one if "://" in one or one.startswith("rsync:") else str(Path(one).absolute()))
            for one in to or ()
        )
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise FourPillarsError(
            f"--to: {message}.", "Write a folder, s3://bucket/folder or rsync:host:/folder."
        ) from None


def _tell_done(done: Done, json: bool) -> None:
    """Print what came of a run that built nothing."""
    from fourpillars.cli.console import print_json

    if json:
        print_json({**done.run.as_dict(), "deliveries": [vars(one) for one in done.deliveries]})
    else:
        if done.run.said:
            typer.echo(done.run.said)
        for one in done.deliveries:
            typer.echo(one.said, err=bool(one.error))
    raise typer.Exit(done.exit_code)
