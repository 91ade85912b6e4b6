"""`fourpillars schedule`, `status`, `history`, `notify`, `deliver` and `rollback`: a site that keeps itself up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.editions.place import Place
    from fourpillars.editions.routine import Done
    from fourpillars.editions.schedule.once import Command

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Out = Annotated[
    Path | None, typer.Option("--out", help="The site's folder. Default: reports/site.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
To = Annotated[
    list[str] | None,
    typer.Option("--to", help="A folder, s3://bucket/folder or rsync:host:/folder. Can be repeated."),
]
KINDS = ("auto", "systemd", "cron")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    for command in (schedule, status, history, notify, deliver, rollback):
        app.command(rich_help_panel="Run by itself")(command)


def schedule(
    kind: Annotated[str, typer.Option("--kind", help="auto, systemd or cron.")] = "auto",
    install: Annotated[bool, typer.Option("--install", help="Install it for this user.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove what --install installed.")] = False,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Keep the schedule here, until the process is told to end.")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="One run now, with time limit and retries.")] = False,
    environment: Annotated[
        Path | None,
        typer.Option("--environment", help="A file of NAME=value lines, for secrets.", show_default=False),
    ] = None,
    out: Out = None,
    json: Json = False,
    project: Project = None,
) -> None:
    """Publish what is new, by itself: print a systemd timer or cron lines, install them, or run in the foreground.

    The times stand in reports/edition.yml under `schedule`. One run at a time, missed runs are caught up
    once, each has a time limit and retries.

    **Examples**

    `fourpillars schedule`

    `fourpillars schedule --install --environment ~/.config/fourpillars.env`

    `fourpillars schedule --foreground`
    """
    from fourpillars.editions.place import Place
    from fourpillars.editions.schedule.once import Command, read_environment

    if sum((install, remove, foreground, once)) > 1:
        raise FourPillarsError("--install, --remove, --foreground and --once exclude each other.", "Give one.")
    if kind not in KINDS:
        raise UnknownNameError.of("kind of schedule", kind, KINDS)
    place = Place.of(project, out)
    environment = environment.expanduser().absolute() if environment else None
    command = Command(place.project.root, out.absolute() if out else None, environment)
    if environment:
        _take(read_environment(environment))
    if foreground or once:
        _run(place, command, once)
    elif remove:
        _tell({"removed": _remove(place)}, json)
    else:
        _print_or_install(place, command, kind, install, json)


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


def _run(place: Place, command: Command, once: bool) -> None:
    """Run the schedule here, or one run of it."""
    from datetime import datetime

    from fourpillars.editions.schedule.once import Runner, stopped_by_signals
    from fourpillars.editions.schedule.timetable import Timetable

    table = Timetable.of(place.config.schedule)
    runner = Runner(place, command.publish, place.config.schedule)
    if once:
        with stopped_by_signals(runner.stop):
            raise typer.Exit(runner.run(table.latest(datetime.now(table.zone))))
    from fourpillars.editions.schedule.foreground import run_forever

    run_forever(place, runner, table)


def _print_or_install(place: Place, command: Command, kind: str, install: bool, json: bool) -> None:
    from datetime import datetime

    from fourpillars.editions.schedule import cron, systemd

    if kind == "auto":
        kind = _found(install)
    if kind == "cron":
        text = cron.lines(command, place.config.schedule, datetime.now().astimezone())
        if install:
            cron.install(text, place.project.root)
        _tell({"kind": kind, "installed": install, "crontab": text}, json, "" if install else text)
        return
    files = systemd.units(place.config.title.en, command, place.config.schedule)
    paths = systemd.install(files) if install else [systemd.user_folder() / name for name in files]
    text = "\n".join(f"# {path}\n{content}" for path, content in zip(paths, files.values(), strict=True))
    _tell(
        {"kind": kind, "installed": install, "units": dict(zip(map(str, paths), files.values(), strict=True))},
        json,
        "" if install else text,
    )
    if install:
        typer.echo("It runs while you are logged in; to let it run always: loginctl enable-linger", err=True)


def _found(install: bool) -> str:
    """Return what this machine has; to print, systemd's where there is neither."""
    import shutil

    from fourpillars.editions.schedule import systemd

    if systemd.is_there():
        return "systemd"
    if shutil.which("crontab"):
        return "cron"
    if install:
        raise FourPillarsError(
            "There is neither a systemd of this user nor a crontab on this machine.",
            "Keep the schedule in the foreground: fourpillars schedule --foreground.",
        )
    return "systemd"


def _remove(place: Place) -> list[str]:
    import shutil

    from fourpillars.editions.schedule import cron, systemd

    gone = [str(path) for path in systemd.remove(systemd.unit_name(place.project.root))]
    if shutil.which("crontab") and cron.remove(place.project.root):
        gone.append("crontab")
    return gone


def _take(found: dict[str, str]) -> None:
    import os

    os.environ.update(found)


def _tell(result: dict, json: bool, text: str | None = None) -> None:
    from fourpillars.cli.console import print_json

    if json:
        print_json(result)
    elif text:
        typer.echo(text, nl=False)
    else:
        done = result.get("removed")
        typer.echo("Installed." if done is None else f"Removed: {', '.join(done)}" if done else "Nothing was there.")


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
