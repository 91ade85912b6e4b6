"""The command line: `fourpillars`, a file a group of commands. Heavy imports wait until a command needs
them."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; `fourpillars.cli.app` says how it ends.

    A process that renders imports the script it was started by, and with it this package, but no command.
    """
    from fourpillars.cli.app import main as run

    run(arguments)
