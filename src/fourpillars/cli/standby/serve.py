"""The process that stands by: it imports what a command, its reports and its pages need, and forks for each command."""

from __future__ import annotations

import gc
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, lockf
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from fourpillars.cli.standby import place
from fourpillars.cli.standby.command import Command, received, run

MODULES = (
    "fourpillars.cli.app", "fourpillars.cli.progress", "fourpillars.cli.running", "rich.progress",
    "fourpillars.editions.routine", "fourpillars.editions.publish", "fourpillars.editions.build",
    "fourpillars.editions.assemble", "fourpillars.editions.status", "fourpillars.editions.preload",
    "fourpillars.editions.rehearsal", "fourpillars.editions.kept_data", "fourpillars.observations.load",
    "multiprocessing.popen_fork", "multiprocessing.synchronize",
    "fourpillars.editions.pages", "fourpillars.editions.specimen", "fourpillars.editions.run.prepare",
    "fourpillars.editions.render.embedded", "fourpillars.editions.render.templates",
    "babel.numbers", "pikepdf", "pypandoc", "typst",
)  # fmt: skip
"""What a command and its pages import late. V8 is left out: it starts threads as it is imported."""
ROOMS = ("catalogue", "indicators", "scores", "signals", "exhibits", "exhibits.charts")
"""Notebooks take what they need of these: all of their modules."""


def main(key: str, seconds: int) -> None:
    """Stand by for commands of the code and the surroundings `key` names, until none has come for so many seconds."""
    path, code = place.socket_file(), place.code()
    if path is None or not key.startswith(code):
        return
    with path.with_suffix(".lock").open("w") as alone:
        try:
            lockf(alone, LOCK_EX | LOCK_NB)  # forks do not have it
        except OSError:
            return
        _import()
        if place.code() != code:  # changed while it was imported
            return
        command = _next_in_fork(path, key, seconds)
    if command is not None:
        run(command)


def _import() -> None:
    from fourpillars.editions.run.forks import have_imported
    from fourpillars.editions.run.libraries import import_libraries
    from fourpillars.editions.run.supervisor import dry_run

    gc.disable()  # all of it stays
    import_libraries()
    rooms = [import_module(f"fourpillars.{room}") for room in ROOMS]
    in_rooms = (module.name for room in rooms for module in iter_modules(room.__path__, f"{room.__name__}."))
    for name in (*MODULES, *in_rooms):
        import_module(name)
    import_module("fourpillars.cli.app").command()
    dry_run()
    _read_own_files()
    gc.freeze()
    have_imported()


def _read_own_files() -> None:
    """Read what every command reads of the package's own files, which stay as they are as long as it stands by."""
    from fourpillars.editions.config import LANGUAGES
    from fourpillars.editions.imports import code_digest, code_of_rendering
    from fourpillars.editions.render.fonts import own_characters
    from fourpillars.exhibits.dates import period
    from fourpillars.exhibits.language import words

    code_of_rendering()
    code_digest([__name__])
    own_characters()
    for lang in LANGUAGES:
        words(lang)
        period("2026-08", lang)


def _next_in_fork(path: Path, key: str, seconds: int) -> Command | None:
    """Return in a fork for each command, with it; in this process, with None, when its time is over."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel need not keep how commands have ended
    with _listening(path) as listener:
        while (command := _next(listener, time.monotonic() + seconds)) is not None:
            if command.key != key:
                return None  # code or surroundings have changed: the caller will have another stand by
            if os.fork() == 0:
                return command
            command.leave()
    return None


@contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    own = os.getpid()
    path.unlink(missing_ok=True)  # of one that was killed
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen()
        try:
            yield listener
        finally:
            if os.getpid() == own:
                path.unlink(missing_ok=True)


def _next(listener: socket.socket, until: float) -> Command | None:
    """Wait for the next command; None when its time is over."""
    while (left := until - time.monotonic()) > 0:
        listener.settimeout(left)
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            return None
        command = received(connection)
        if command is not None:
            return command
        connection.close()
    return None
