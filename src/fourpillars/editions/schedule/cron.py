"""The schedule as lines of a crontab, between two marks that say whose they are."""

from __future__ import annotations

import shlex
import subprocess
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

from fourpillars.editions.schedule.once import Command
from fourpillars.editions.schedule.systemd import unit_name
from fourpillars.editions.schedule.timetable import Timetable
from fourpillars.editions.settings import ScheduleConfig
from fourpillars.errors import FourPillarsError

_DAYS_OF_CRON = (1, 2, 3, 4, 5, 6, 0)  # Monday … Sunday


def lines(command: Command, config: ScheduleConfig, now: datetime) -> str:
    """Return the lines of a crontab, the times turned into those of this machine.

    cron knows one time zone, the machine's, and forgets what it missed while the machine was off: hence the
    line that looks once after a start.

    Parameters
    ----------
    now : datetime
        A moment in the machine's time zone: its offset is the one that counts.
    """
    table, text = Timetable.of(config), quoted(command.once)
    shift = _shift(table, now)
    grouped: dict[tuple[int, int], list[int]] = defaultdict(list)
    for clock in table.at:
        hour, minute = (int(part) for part in clock.split(":"))
        days, minutes = divmod(hour * 60 + minute + int(shift.total_seconds()) // 60, 24 * 60)
        grouped[days, minutes % 60].append(minutes // 60)
    rows = [
        f"{minute} {','.join(map(str, sorted(hours)))} * * {_days(table.days, day)} {text}"
        for (day, minute), hours in sorted(grouped.items())
    ]
    begin, end = marks(command.project)
    about = f"# {', '.join(table.at)} on {config.days} in {config.time_zone}, here {now:%Z} (UTC{now:%z})"
    return "\n".join([begin, about, *rows, f"@reboot sleep 60; {text}", end]) + "\n"


def quoted(command: list[str]) -> str:
    """Return a command as a crontab takes it: quoted for the shell, and with no bare per cent sign.

    Examples
    --------
    >>> quoted(["/srv/a site/run", "100%"])
    "'/srv/a site/run' 100\\\\%"
    """
    if any(ord(letter) < 32 for word in command for letter in word):
        raise FourPillarsError("A path holds a control character.", "Rename it.")
    return shlex.join(command).replace("%", r"\%")


def install(text: str, project: Path) -> None:
    """Put the lines into this user's crontab, in place of those of this project that are there."""
    _write(without(_read(), project) + text)


def remove(project: Path) -> bool:
    """Take the lines of a project out of this user's crontab, and say whether there were any."""
    before = _read()
    after = without(before, project)
    if after != before:
        _write(after)
    return after != before


def without(crontab: str, project: Path) -> str:
    """Return a crontab without the lines of a project.

    Examples
    --------
    >>> begin, end = marks(Path("/srv/x"))
    >>> without(f"MAILTO=me\\n{begin}\\n30 2 * * * run\\n{end}\\n", Path("/srv/x"))
    'MAILTO=me\\n'
    """
    begin, end = marks(project)
    kept, inside = [], False
    for line in crontab.splitlines(keepends=True):
        inside = inside or line.rstrip("\n") == begin
        if not inside:
            kept.append(line if line.endswith("\n") else f"{line}\n")
        inside = inside and line.rstrip("\n") != end
    return "".join(kept)


def marks(project: Path) -> tuple[str, str]:
    """Return the lines before and after those of a project."""
    return f"# {unit_name(project)}: begin", f"# {unit_name(project)}: end"


def _shift(table: Timetable, now: datetime) -> timedelta:
    here = now.utcoffset() or timedelta(0)
    return here - (now.astimezone(table.zone).utcoffset() or timedelta(0))


def _days(days: tuple[int, ...], shift: int) -> str:
    numbers = sorted(_DAYS_OF_CRON[(day + shift) % 7] for day in days)
    return "*" if len(numbers) == 7 else ",".join(map(str, numbers))


def _read() -> str:
    done = _crontab("-l")
    if done.returncode and "no crontab" not in done.stderr.lower():  # never write over what could not be read
        raise FourPillarsError(f"crontab cannot be read: {' '.join(done.stderr.split())[-300:]}", "Look at it.")
    return done.stdout if done.returncode == 0 else ""


def _write(text: str) -> None:
    done = _crontab("-", text)
    if done.returncode:
        said = " ".join(done.stderr.split())[-300:]
        raise FourPillarsError(f"crontab refused the lines: {said}", "Print them with `fourpillars schedule`.")


def _crontab(argument: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["crontab", argument], input=text, capture_output=True, text=True, check=False, timeout=20
        )
    except OSError:
        raise FourPillarsError("There is no crontab on this machine.", "Use --kind systemd, or --foreground.") from None
