"""The command line: `fourpillars`, a file a group of commands. Heavy imports wait until a command needs
them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; `fourpillars.cli.app` says how it ends.

    A process that renders imports the script it was started by, and with it this package, but no command.
    """
    gc.set_threshold(50_000)  # a command is short, and most of what it reads stays until its end
    given = sys.argv[1:] if arguments is None else arguments
    if not _of_few_reports(given):
        from fourpillars.cli.app import main as run

        run(arguments)
        return
    from fourpillars.cli.standby.call import Caller, begin, call, check

    check()
    caller = Caller.now()
    code = call(caller, given)
    if code is not None:
        sys.exit(code)
    try:
        _publish_few(arguments)
    except SystemExit as ended:
        if ended.code in (None, 0, 1):  # it came to its end: more such commands may follow
            begin(caller)
        raise


def _publish_few(arguments: Sequence[str] | None) -> None:
    from fourpillars.editions.run.launch import launched

    with launched():  # first of all: it loads while others find out what there is to do
        from fourpillars.cli.app import main as run

        run(arguments)


def _of_few_reports(arguments: Sequence[str]) -> bool:
    """Say whether a command is, by the look of it, to publish some reports here and now.

    Examples
    --------
    >>> _of_few_reports(["publish", "--only", "overview"]), _of_few_reports(["publish", "--edition", "2026-08"])
    (True, False)
    """
    names = {text.partition("=")[0] for text in arguments}
    elsewhere = names & {"--help", "-h"} or any(text.endswith("dask") for text in arguments)
    return "publish" in names and "--only" in names and not elsewhere
