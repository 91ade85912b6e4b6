"""The schedule as a systemd user timer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from fourpillars.editions.inputs import digest
from fourpillars.editions.schedule.once import GRACE, Command
from fourpillars.editions.schedule.timetable import Timetable
from fourpillars.editions.settings import DAYS, ScheduleConfig
from fourpillars.errors import FourPillarsError


def unit_name(project: Path) -> str:
    """Return what the units of a project are called, so that several projects have theirs.

    Examples
    --------
    >>> unit_name(Path("/srv/four pillars")).rpartition("-")[0]
    'fourpillars-four-pillars'
    """
    folder = re.sub(r"[^A-Za-z0-9]+", "-", project.name).strip("-")[:40] or "site"
    return f"fourpillars-{folder}-{digest(str(project))[:6]}"


def units(title: str, command: Command, config: ScheduleConfig) -> dict[str, str]:
    """Return the files of the timer and of its service, by name."""
    name, table = unit_name(command.project), Timetable.of(config)
    days = ",".join(DAYS[day].capitalize() for day in table.days)
    calendar = "\n".join(f"OnCalendar={days} {clock}:00 {config.time_zone}" for clock in table.at)
    service = f"""[Unit]
Description={_line(title)}: publish what is new
After=network-online.target

[Service]
Type=oneshot
ExecStart=:{words(command.once)}
TimeoutStartSec={_longest(config)}
KillMode=mixed
Nice=10
"""
    timer = f"""[Unit]
Description={_line(title)}: when to look for what is new

[Timer]
{calendar}
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{name}.service": service, f"{name}.timer": timer}


def words(command: Sequence[str]) -> str:
    """Return a command as `ExecStart=:` takes it: each word quoted, no specifier in it, nothing expanded.

    Examples
    --------
    >>> words(["/srv/a site/run", "100%"])
    '"/srv/a site/run" "100%%"'
    """
    return " ".join(f'"{_escaped(word)}"' for word in command)


def install(files: dict[str, str], folder: Path | None = None) -> list[Path]:
    """Write the units for this user, and start the timer.

    Raises
    ------
    FourPillarsError
        If systemd does not take them; they stay for a look.
    """
    folder = folder or user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", next(name for name in files if name.endswith(".timer")))
    return paths


def remove(name: str, folder: Path | None = None) -> list[Path]:
    """Stop the timer, and remove its units; return those that were there."""
    folder = folder or user_folder()
    paths = [folder / f"{name}{suffix}" for suffix in (".timer", ".service")]
    there = [path for path in paths if path.is_file()]
    if there:
        _systemctl("disable", "--now", f"{name}.timer")
        for path in there:
            path.unlink()
        _systemctl("daemon-reload")
    return there


def user_folder() -> Path:
    """Return the folder of this user's units."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def is_there() -> bool:
    """Say whether a systemd of this user answers."""
    if shutil.which("systemctl") is None:
        return False
    asked = subprocess.run(
        ["systemctl", "--user", "show-environment"], capture_output=True, check=False, timeout=20, text=True
    )
    return asked.returncode == 0


def _systemctl(*arguments: str) -> None:
    try:
        done = subprocess.run(
            ["systemctl", "--user", *arguments], capture_output=True, text=True, check=False, timeout=60
        )
    except OSError:
        raise FourPillarsError("There is no systemctl on this machine.", "Use --kind cron, or --foreground.") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[-300:]
        raise FourPillarsError(f"systemctl --user {arguments[0]} failed: {said}", "Use --kind cron, or --foreground.")


def _escaped(word: str) -> str:
    if any(ord(letter) < 32 for letter in word):
        raise FourPillarsError(f"The path {word!r} holds a control character.", "Rename it.")
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _line(text: str) -> str:
    return " ".join(text.split()).replace("%", "%%").rstrip("\\")


def _longest(config: ScheduleConfig) -> int:
    """Return the seconds a run takes at most with all its tries and the waits between them."""
    waits = sum(min(3600, config.retry_after * 2**number) for number in range(config.retries))
    return int((config.time_limit + 2 * GRACE) * (config.retries + 1) + waits)
