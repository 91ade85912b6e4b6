"""The `fourpillars` command: its groups, and how errors leave it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache

import typer

from fourpillars import __version__
from fourpillars.cli import cube, data, data_commands, new, notebooks, publishing, running, scheduling, site
from fourpillars.cli.console import refuse
from fourpillars.cli.logs import as_json
from fourpillars.errors import FourPillarsError

REFUSED = 2

app = typer.Typer(
    name="fourpillars",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Statistics in, published reports out: the four pillars of industry, in English and Chinese.",
    epilog="Begin with `fourpillars plan`, then `fourpillars publish --only overview`.",
)
for group in (publishing, scheduling, running, notebooks, new, data, data_commands, cube, site):
    group.add_to(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fourpillars {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
    log: str = typer.Option(
        "", "--log", help="Logs on standard error: text or json. Default: FOURPILLARS_LOG, or text."
    ),
) -> None:
    from fourpillars.cli.logs import set_up

    set_up(log)


@cache
def command() -> Callable[..., None]:
    """Return the whole command, put together once: typer reads the options of every command for it."""
    return typer.main.get_command(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process: 0 done, 1 a document failed, 2 refused, 3 an answer is
    needed, 130 interrupted."""
    try:
        command()(args=list(arguments) if arguments is not None else None, standalone_mode=True)
    except Exception as error:
        if not isinstance(error, FourPillarsError) and not hasattr(error, "hint"):
            raise  # only the score library has refusals of its own: it imports no other room
        given = sys.argv[1:] if arguments is None else arguments
        refuse(error, as_json="--json" in given or as_json())
        sys.exit(getattr(error, "exit_code", REFUSED))
