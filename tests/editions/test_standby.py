"""The process that stands by for `publish --only`: what it runs is what would have been run here."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fourpillars.cli.standby import place

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "from fourpillars.cli import main; main()"]
BEGIN = "from fourpillars.cli.standby.call import Caller, begin; begin(Caller.now())"
PAGE = ("publish", "--only", "overview", "--lang", "en", "--renderer", "embedded", "--project", str(ROOT))
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes stand by on Linux only")


def until(true: Callable[[], object], seconds: float = 60) -> bool:
    """Wait until something is true, and say whether it came to be."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(true())


@dataclass
class Standby:
    """A process that stands by in a place of its own, and commands of the environment it is for."""

    folder: Path
    seconds: str = "300"
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def environment(self) -> dict[str, str]:
        own = {"XDG_RUNTIME_DIR": str(self.folder), "FOURPILLARS_STANDBY": self.seconds, "MARKED_BY": self.mark}
        inherited = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        return inherited | own

    def begin(self) -> None:
        subprocess.run([sys.executable, "-c", BEGIN], env=self.environment, check=True)
        assert until(self.is_there)

    def is_there(self) -> bool:
        return bool(list(self.folder.glob("*/*.sock")))

    def processes(self) -> dict[int, str]:
        """Return the command lines of it and of all it has forked."""
        found = {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (path / "environ").read_bytes():
                    found[int(path.name)] = (path / "cmdline").read_text()
            except OSError:
                continue
        return found

    def served(self, *arguments: str, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command that must be run by it: this process imports nothing of a command."""
        timed = [PROGRAM[0], "-X", "importtime", *PROGRAM[1:], *arguments]
        ended = subprocess.run(timed, env=self.environment | more, cwd=cwd, capture_output=True, text=True)
        said = [line for line in ended.stderr.splitlines() if not line.startswith("import time:")]
        assert "typer" not in ended.stderr.replace("\n".join(said), ""), "it was not run by the process that stands by"
        ended.stderr = "\n".join(said)
        return ended

    def alone(self, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        """Run a command by itself."""
        environment = self.environment | {"FOURPILLARS_STANDBY": "0"}
        return subprocess.run([*PROGRAM, *arguments], env=environment, cwd=cwd, capture_output=True, text=True)

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([*PROGRAM, *arguments], env=self.environment, cwd=ROOT, **pipes)

    def end(self) -> None:
        for process in self.processes():
            os.kill(process, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def place_for_one() -> Iterator[Standby]:
    """A process that may stand by, not yet begun; in a folder with a short name, as sockets need."""
    standby = Standby(Path(tempfile.mkdtemp(prefix="s-", dir="/tmp")))
    yield standby
    standby.end()


@pytest.fixture
def standby(place_for_one: Standby) -> Standby:
    place_for_one.begin()
    return place_for_one


def documents(out: Path) -> dict[str, str]:
    manifest = json.loads(next(out.glob("preview/*/manifest.json")).read_text(encoding="utf-8"))
    return {entry["path"]: entry["sha256"] for entry in manifest["documents"]}


def test_it_runs_a_command_as_it_would_have_been_run_here(standby: Standby, tmp_path: Path) -> None:
    for arguments, code in (
        (("publish", "--only", "overveiw"), 2),
        (("publish", "--only", "overview", "--nonsense"), 2),
        (("publish", "--only", "overview", "--project", "nowhere"), 2),
        (("--version", "publish", "--only", "overview"), 0),
    ):
        here, there = standby.alone(*arguments, cwd=tmp_path), standby.served(*arguments, cwd=tmp_path)
        assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr.rstrip())
        assert there.returncode == code


def test_it_makes_the_same_documents_with_forks_alone(standby: Standby, tmp_path: Path) -> None:
    alone = standby.alone(*PAGE, "--out", str(tmp_path / "alone"))
    assert alone.returncode == 0, alone.stderr
    running = standby.started(*PAGE, "--out", str(tmp_path / "served"))
    seen: dict[int, str] = {}
    while running.poll() is None:
        seen |= standby.processes()
        time.sleep(0.02)
    out, error = running.communicate()
    assert running.returncode == 0, error
    assert "preview of 2 documents" in out
    assert documents(tmp_path / "served") == documents(tmp_path / "alone")
    others = [line for process, line in seen.items() if process != running.pid and line.startswith(sys.executable)]
    assert len(others) >= 5  # it, the command, the warm process, a report, a render worker
    assert [line for line in others if "standby.serve" not in line] == []
    assert until(lambda: len(standby.processes()) == 1)


def test_what_is_secret_comes_with_each_command_and_is_not_kept(standby: Standby) -> None:
    arguments = ("publish", "--only", "overveiw")
    assert standby.served(*arguments, REPORTS_TOKEN="sesame-opens").returncode == 2
    [process] = standby.processes()
    assert b"sesame-opens" not in Path(f"/proc/{process}/environ").read_bytes()


def test_it_ends_where_it_is_not_for_the_command(standby: Standby) -> None:
    other = standby.environment | {"LC_ALL": "C"}
    ended = subprocess.run([*PROGRAM, "publish", "--only", "overveiw"], env=other, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "Did you mean 'overview'?" in ended.stderr
    assert until(lambda: not standby.processes(), 10)
    assert not standby.is_there()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_reach_the_command(standby: Standby, tmp_path: Path, number: int, code: int) -> None:
    running = standby.started(*PAGE, "--out", str(tmp_path))
    assert until(lambda: list(tmp_path.glob(".build-*")))
    running.send_signal(number)
    _, error = running.communicate(timeout=30)
    assert running.returncode == code
    assert "Interrupted. What was published before is untouched." in error
    assert until(lambda: len(standby.processes()) == 1)
    assert not list(tmp_path.glob(".build-*"))


def test_a_command_ends_with_its_caller(standby: Standby, tmp_path: Path) -> None:
    running = standby.started(*PAGE, "--out", str(tmp_path))
    assert until(lambda: list(tmp_path.glob(".build-*")))
    running.kill()
    running.communicate()
    assert until(lambda: len(standby.processes()) == 1)
    assert not list(tmp_path.glob(".build-*"))


def test_a_caller_says_so_where_its_command_was_killed(standby: Standby, tmp_path: Path) -> None:
    running = standby.started(*PAGE, "--out", str(tmp_path))
    assert until(lambda: list(tmp_path.glob(".build-*")))
    os.kill(json.loads((tmp_path / ".lock").read_text(encoding="utf-8"))["pid"], signal.SIGKILL)
    _, error = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "The process that ran the command was ended." in error
    assert until(lambda: len(standby.processes()) == 1)


def test_one_stands_by_and_only_for_so_long(place_for_one: Standby) -> None:
    place_for_one.seconds = "2"
    place_for_one.begin()
    subprocess.run([sys.executable, "-c", BEGIN], env=place_for_one.environment, check=True)
    assert until(lambda: not place_for_one.processes(), 30)
    assert not place_for_one.is_there()


def test_it_begins_after_a_command_that_came_to_its_end(place_for_one: Standby, tmp_path: Path) -> None:
    ended = subprocess.run([*PROGRAM, "publish", "--only", "overveiw"], env=place_for_one.environment, cwd=ROOT)
    assert ended.returncode == 2
    assert not place_for_one.processes()
    command = [*PROGRAM, *PAGE, "--format", "html", "--out", str(tmp_path)]
    assert subprocess.run(command, env=place_for_one.environment).returncode == 0
    assert until(place_for_one.is_there)


def test_a_wrong_number_of_seconds_is_refused(place_for_one: Standby) -> None:
    place_for_one.seconds = "long"
    ended = place_for_one.started("publish", "--only", "overview")
    _, error = ended.communicate()
    assert ended.returncode == 2
    assert error == "Error: FOURPILLARS_STANDBY is 'long'.\nGive a number of seconds, 0 for none.\n"


def test_its_folder_is_this_users_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(place, "_LONGEST_PATH", 1000)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    found = place.socket_file()
    assert found is not None
    assert found.parent.stat().st_mode & 0o777 == 0o700
    found.parent.chmod(0o750)
    assert place.socket_file() is None
    found.parent.rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").chmod(0o700)
    found.parent.symlink_to(tmp_path / "elsewhere")
    assert place.socket_file() is None
