"""The group `fourpillars data`: own data in, what is new at the sources, and what was known when."""

from __future__ import annotations

import typer

from fourpillars.cli import data_vintages
from fourpillars.cli.data_add import add
from fourpillars.cli.data_update import update


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode="markdown", help="Add data of your own; see what was known when."
    )
    for command in (add, update, data_vintages.revisions, data_vintages.known):
        group.command()(command)
    app.add_typer(group, name="data", rich_help_panel="Analyse")
