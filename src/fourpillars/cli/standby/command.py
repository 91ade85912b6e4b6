"""A command in a fork of the process that stands by: its caller's streams, environment and place, and its end."""

from __future__ import annotations

import fcntl
import gc
import json
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from fourpillars.cli.standby.place import is_own

PATIENCE = 5.0  # seconds a caller has to say what it wants


@dataclass(frozen=True)
class Command:
    """What a caller wants: what it tells of itself, and its streams."""

    connection: socket.socket
    streams: tuple[int, ...]
    told: dict[str, Any]

    @property
    def key(self) -> str:
        """The code and the surroundings it is to be run by."""
        return self.told["key"]

    def leave(self) -> None:
        """Leave it to another process."""
        for descriptor in (*self.streams, self.connection.detach()):
            os.close(descriptor)


def received(connection: socket.socket) -> Command | None:
    """Return what a caller wants; None if it is another user, or says nothing that can be understood."""
    streams: list[int] = []
    try:
        connection.settimeout(PATIENCE)
        if not is_own(connection):
            return None
        _, streams, _, _ = socket.recv_fds(connection, 1, 3)
        with connection.makefile("r") as said:
            told = json.loads(said.readline())
        if len(streams) == 3 and {"key", "arguments", "folder", "environment", "umask"} <= set(told):
            return Command(connection, tuple(streams), told)
    except (OSError, ValueError, TypeError):
        pass
    for stream in streams:
        os.close(stream)
    return None


def run(command: Command) -> NoReturn:
    """Be the command, and tell its caller first by which process it is run, then its exit code."""
    connection = command.connection
    _become(command)
    connection.settimeout(None)
    connection.sendall(f"{os.getpid()}\n".encode())
    _end_with(connection)
    os.register_at_fork(after_in_child=connection.close)
    gc.set_threshold(50_000)  # as `fourpillars.cli.main` has it
    gc.enable()
    code = _exit_code(command.told["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    _outlive(connection)
    connection.sendall(f"{code}\n".encode())
    sys.exit(code)


def _become(command: Command) -> None:
    """Take the caller's streams, environment and place; signals come from it alone."""
    for number, stream in enumerate(command.streams):
        os.dup2(stream, number)
        os.close(stream)
    for name, mode, buffering in (("stdin", "r", -1), ("stdout", "w", 1 if os.isatty(1) else -1), ("stderr", "w", 1)):
        before = getattr(sys, name)
        stream = open(before.fileno(), mode, buffering, before.encoding, before.errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.environ.clear()
    os.environ.update(command.told["environment"])
    time.tzset()
    os.umask(command.told["umask"])
    os.chdir(command.told["folder"])
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    sys.argv = list(command.told["arguments"])


def _end_with(connection: socket.socket) -> None:
    """Have the kernel send this process SIGTERM when its caller, who says nothing more, is no more."""
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection, fcntl.F_SETSIG, signal.SIGTERM)
    fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) | os.O_ASYNC)
    with suppress(BlockingIOError):
        connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        os.kill(os.getpid(), signal.SIGTERM)  # it is no more already


def _outlive(connection: socket.socket) -> None:
    """Take that back: the command is over."""
    fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) & ~os.O_ASYNC)


def _exit_code(arguments: list[str]) -> int:
    """Run a command as the command line does, and return its exit code."""
    from fourpillars.cli.app import main
    from fourpillars.editions.run.launch import launched

    try:
        with launched():
            main(arguments[1:])
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        return 130
    except BaseException:
        import traceback

        traceback.print_exc()
        return 1
    return 0
