"""`fourpillars schedule`: publishing that starts by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.editions.place import Place
    from fourpillars.editions.schedule.once import Command

Project = Annotated[Path | None, typer.Option("--project", help="The project's root folder.", show_default=False)]
Out = Annotated[
    Path | None, typer.Option("--out", help="The site's folder. Default: reports/site.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
KINDS = ("auto", "systemd", "cron")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(rich_help_panel="Run by itself")(schedule)


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
