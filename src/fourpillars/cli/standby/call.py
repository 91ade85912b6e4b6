"""A command that is run by the process that stands by: what this one does meanwhile. It imports hardly anything."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from fourpillars.cli.standby.place import Caller, is_own, seconds, socket_file

PATIENCE = 5.0  # seconds the process that stands by has to take a command, which is run here otherwise
FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_PROGRAM = "import sys; from fourpillars.cli.standby.serve import main; main(sys.argv[1], int(sys.argv[2]))"


def check() -> None:
    """End this process where its environment does not say how long a process shall stand by."""
    try:
        seconds()
    except ValueError as error:
        print(f"Error: {error}\nGive a number of seconds, 0 for none.", file=sys.stderr)
        sys.exit(2)


def call(caller: Caller, arguments: Sequence[str]) -> int | None:
    """Have a command run by the process that stands by, and return its exit code; None where none has taken it.

    Output, input, working directory and environment are this process's; signals are passed on. When this process
    ends, the command is ended too.
    """
    path = socket_file()
    if not seconds() or path is None:
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            process = _taken_by(connection, str(path), caller, arguments)
        except (OSError, ValueError):  # nobody is there, nobody answers, or a stream or the folder is gone
            return None
        connection.settimeout(None)
        with _passed_on(process), connection.makefile("r") as answers:
            return _exit_code(answers)


def begin(caller: Caller) -> None:
    """Start a process that stands by for the commands to come, where one may; it ends at once where one does."""
    from fourpillars.editions.redaction import without_secrets
    from fourpillars.editions.run.launch import ENVIRONMENT

    limit = seconds()
    if not limit or socket_file() is None:
        return
    with suppress(OSError):
        subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, caller.key, str(limit)],
            env={**without_secrets(caller.environment), **ENVIRONMENT},
            cwd="/",
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _taken_by(connection: socket.socket, path: str, caller: Caller, arguments: Sequence[str]) -> int:
    """Ask for a command to be run, and return the number of the process that runs it.

    Raises
    ------
    OSError, ValueError
        If none does.
    """
    umask = os.umask(0o077)
    os.umask(umask)
    told = {
        "key": caller.key,
        "arguments": [sys.argv[0], *arguments],
        "folder": os.getcwd(),
        "environment": caller.environment,
        "umask": umask,
    }
    connection.settimeout(PATIENCE)
    connection.connect(path)
    if not is_own(connection):
        raise PermissionError(path)
    socket.send_fds(connection, [b"\n"], [0, 1, 2])
    connection.sendall(json.dumps(told).encode() + b"\n")
    answer = b""
    while not answer.endswith(b"\n") and (byte := connection.recv(1)):  # no more: the exit code follows
        answer += byte
    return int(answer)


def _exit_code(answers: Iterator[str]) -> int:
    with suppress(OSError):
        for answer in answers:
            return int(answer)
    print("Error: The process that ran the command was ended.\nRun it again.", file=sys.stderr)
    return 1


@contextmanager
def _passed_on(process: int) -> Iterator[None]:
    """Pass on to a process the signals this one is sent, but those it ignores."""

    def pass_on(number: int, _: object) -> None:
        with suppress(ProcessLookupError):
            os.kill(process, number)

    before = {number: signal.getsignal(number) for number in FORWARDED}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, pass_on)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
