"""The command line: `fourpillars`, a file a group of commands. Heavy imports wait until a command needs
them."""

from fourpillars.cli.main import main

__all__ = ["main"]
