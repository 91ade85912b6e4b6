"""A site on another host, by rsync: releases first, then what leads to them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from fourpillars.editions.destinations.tree import LEFT_OUT
from fourpillars.errors import FourPillarsError

PREFIX = "rsync:"
SECONDS = 3600
_COMMON = ("--archive", "--hard-links", "--delay-updates", "--itemize-changes", "--exclude=.*")
_EDITION = "[0-9][0-9][0-9][0-9]-[0-9][0-9]"


def deliver(out: Path, to: str, everything: bool = False) -> Counter[str]:
    """Bring the site at `out` to an rsync destination, `rsync:` and what rsync calls it: a folder, or host:folder.

    Twice: first without the links of the editions and without the way in, then with them. Nothing is
    removed there.

    Raises
    ------
    FourPillarsError
        If there is no rsync, or it fails.
    """
    program = shutil.which("rsync")
    if program is None:
        raise FourPillarsError("There is no rsync on this machine.", "Install it, or bring the site to a folder.")
    sent = 0
    for command in commands(program, out, to, everything):
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise FourPillarsError(f"rsync did not end within {SECONDS} s.", "Look at the connection.") from None
        if done.returncode:
            said = " ".join(done.stderr.split())[-300:]
            raise FourPillarsError(f"rsync failed ({done.returncode}): {said}", "Look at the host, then deliver again.")
        sent += sum(bool(re.match(r"[<>c]f", line)) for line in done.stdout.splitlines())
    return Counter(sent=sent)


def commands(program: str, out: Path, to: str, everything: bool = False) -> list[list[str]]:
    """Return the two commands, as lists: no shell reads them, and after `--` nothing is an option.

    Examples
    --------
    >>> first, last = commands("rsync", Path("/srv/a site"), "rsync:web:/srv/www")
    >>> last[-3:]
    ['--', '/srv/a site/', 'web:/srv/www/']
    """
    place = to.removeprefix(PREFIX).rstrip("/") + "/"
    options = [*_COMMON, *(f"--exclude=/{name}" for name in sorted(LEFT_OUT))]
    if everything:
        options.append("--ignore-times")
    first = [f"--exclude=/{_EDITION}", "--exclude=/*.html", "--exclude=/*.xml", "--exclude=/status"]
    ends = ["--", f"{str(out.absolute()).rstrip('/')}/", place]
    return [[program, *options, *first, *ends], [program, *options, *ends]]
