"""The schedule: its times, its units and lines, a run with limit and retries, and a month of accidents."""

from __future__ import annotations

import json
import os
import random
import runpy
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import yaml
from apscheduler.schedulers import base

from fourpillars.cli import publishing
from fourpillars.editions import history, release
from fourpillars.editions.config import load_config
from fourpillars.editions.history import BEGAN, ENDED, Run
from fourpillars.editions.manifest import Manifest, read_manifest, write_manifest
from fourpillars.editions.place import Place
from fourpillars.editions.schedule import cron, systemd
from fourpillars.editions.schedule.foreground import mend, prepare
from fourpillars.editions.schedule.once import TIMED_OUT, Command, Runner, read_environment
from fourpillars.editions.schedule.timetable import Timetable
from fourpillars.editions.settings import ScheduleConfig
from fourpillars.errors import FourPillarsError

SHANGHAI = ZoneInfo("Asia/Shanghai")
TABLE = Timetable.of(ScheduleConfig())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("last", "now", "first"),
    [
        (None, "2026-09-14 11:00", "2026-09-14 14:30"),  # never before: at the next time
        ("2026-09-14 10:30", "2026-09-14 11:00", "2026-09-14 14:30"),
        ("2026-09-11 18:30", "2026-09-14 09:00", "2026-09-14 10:30"),  # a weekend misses nothing
        ("2026-09-11 14:30", "2026-09-14 09:00", "2026-09-14 09:00"),  # Friday evening was missed
        ("2026-08-03 10:30", "2026-09-14 11:00", "2026-09-14 11:00"),  # six weeks off: one run
        ("2026-09-14 10:30", "2026-09-14 10:00", "2026-09-14 14:30"),  # the clock went back half an hour
        ("2030-01-01 10:30", "2026-09-14 10:00", "2026-09-14 10:30"),  # a wrong clock wrote the last
    ],
)
def test_when_to_run_first(last: str | None, now: str, first: str) -> None:
    assert TABLE.first(at(last) if last else None, at(now)) == at(first)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"at": ["25:00"]}, "at"),
        ({"days": "mon-fry"}, "unknown day 'fry'. Did you mean 'fri'"),
        ({"time_zone": "Asia/Shangai"}, "unknown time zone 'Asia/Shangai'. Did you mean 'Asia/Shanghai'"),
        ({"time_zone": "../etc/passwd"}, "unknown time zone"),
        ({"retries": -1}, "retries"),
    ],
)
def test_wrong_settings_are_named(
    project: Path, edit: Callable[..., None], settings: dict[str, object], said: str
) -> None:
    edit("reports/edition.yml", "title: {en: Tiny", f"schedule: {json.dumps(settings)}\ntitle: {{en: Tiny")
    with pytest.raises(FourPillarsError) as refusal:
        load_config(project / "reports")
    assert said in str(refusal.value)


STRANGE = Path("/srv/a \"b\" 'c' 100%/$HOME;x")


def test_cron_lines_are_in_the_machines_time(tmp_path: Path) -> None:
    config = ScheduleConfig(at=["06:00", "10:30", "18:30"], days="mon-fri")
    command = Command(Path("/srv/pillars"), program=("/srv/bin/fourpillars",))
    text = cron.lines(command, config, datetime(2026, 9, 14, tzinfo=UTC))
    run = "/srv/bin/fourpillars schedule --once --project /srv/pillars"
    assert text.splitlines()[2:-1] == [
        f"0 22 * * 0,1,2,3,4 {run}",  # six in Shanghai is ten the evening before in London
        f"30 2,10 * * 1,2,3,4,5 {run}",
        f"@reboot sleep 60; {run}",
    ]
    text = cron.lines(command, config, datetime(2026, 9, 14, tzinfo=ZoneInfo("Pacific/Auckland")))  # UTC+12: 4 more
    assert text.splitlines()[2:5] == [
        f"0 10 * * 1,2,3,4,5 {run}",
        f"30 14,22 * * 1,2,3,4,5 {run}",
        f"@reboot sleep 60; {run}",
    ]


def test_a_shell_reads_the_paths_of_a_cron_line_as_they_are() -> None:
    command = Command(STRANGE, program=(sys.executable, "-c", "import sys; print(*sys.argv[1:], sep=chr(10))"))
    line = cron.quoted(command.once)
    assert "%" not in line.replace(r"\%", "")
    seen = subprocess.run(["sh", "-c", line.replace(r"\%", "%")], capture_output=True, text=True, check=True).stdout
    assert seen.splitlines() == ["schedule", "--once", "--project", str(STRANGE)]


def test_a_crontab_keeps_what_others_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "table"
    script = tmp_path / "bin" / "crontab"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\nif [ "$1" != -l ]; then cat >{table}; exit; fi\n'
        f'[ -f {table} ] || {{ echo "no crontab for me" >&2; exit 1; }}\ncat {table}\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
    project, other = Path("/srv/pillars"), Path("/srv/other pillars")
    text = cron.lines(Command(project), ScheduleConfig(), datetime.now(UTC))
    cron.install(text, project)
    cron.install(cron.lines(Command(other), ScheduleConfig(), datetime.now(UTC)), other)
    table.write_text(f"MAILTO=me\n{table.read_text()}5 5 * * * mine")
    cron.install(text, project)  # again: in place of the former
    assert table.read_text().count(cron.marks(project)[0]) == 1
    assert cron.remove(project)
    assert cron.remove(other)
    assert not cron.remove(project)
    assert table.read_text() == "MAILTO=me\n5 5 * * * mine\n"


def test_an_unreadable_crontab_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "crontab"
    script.write_text("#!/bin/sh\necho 'you may not' >&2; exit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(FourPillarsError, match="you may not"):
        cron.install("x", Path("/srv/x"))


class TestSystemd:
    @pytest.fixture
    def analyze(self) -> str:
        program = shutil.which("systemd-analyze")
        if program is None:
            pytest.skip("systemd-analyze is not installed")
        return program

    def test_systemd_accepts_the_units(self, analyze: str, tmp_path: Path) -> None:
        program = tmp_path / 'a "b" 100%' / "four pillars"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        files = systemd.units("Pillars: 100%", Command(STRANGE, program=(str(program),)), ScheduleConfig())
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        timer = next(name for name in files if name.endswith(".timer"))
        done = subprocess.run([analyze, "--user", "verify", str(tmp_path / timer)], capture_output=True, text=True)
        named = [line for line in done.stderr.splitlines() if "fourpillars-" in line]
        assert named == []

    def test_systemd_understands_the_times(self, analyze: str) -> None:
        files = systemd.units("Pillars", Command(Path("/srv/x")), ScheduleConfig(at=["06:00"], days="mon-wed,sun"))
        timer = next(text for name, text in files.items() if name.endswith(".timer"))
        calendar = next(line.removeprefix("OnCalendar=") for line in timer.splitlines() if "OnCalendar" in line)
        assert calendar == "Mon,Tue,Wed,Sun 06:00:00 Asia/Shanghai"
        done = subprocess.run([analyze, "calendar", calendar], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "Persistent=true" in timer

    def test_it_is_installed_for_the_user_and_removed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[str, ...]] = []
        monkeypatch.setattr(systemd, "_systemctl", lambda *words: asked.append(words))
        files = systemd.units("Pillars", Command(Path("/srv/x")), ScheduleConfig())
        name = systemd.unit_name(Path("/srv/x"))
        assert {path.name for path in systemd.install(files, tmp_path)} == {f"{name}.service", f"{name}.timer"}
        assert len(systemd.remove(name, tmp_path)) == 2
        assert systemd.remove(name, tmp_path) == []
        assert asked == [
            ("daemon-reload",),
            ("enable", "--now", f"{name}.timer"),
            ("disable", "--now", f"{name}.timer"),
            ("daemon-reload",),
        ]


def test_secrets_come_from_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "secrets"
    path.write_text("# webhook\nHOOK=https://h.example/?a=b\n\nPASSWORD='$(id)'\n")
    path.chmod(0o644)
    with pytest.raises(FourPillarsError, match="Others may read"):
        read_environment(path)
    path.chmod(0o600)
    assert read_environment(path) == {"HOOK": "https://h.example/?a=b", "PASSWORD": "$(id)"}
    path.write_text("export HOOK\n")
    with pytest.raises(FourPillarsError, match=r"line 1, is not NAME=value"):
        read_environment(path)


@pytest.fixture
def place(project: Path) -> Place:
    place = Place.of(project, None)
    place.out.mkdir()
    return place


def script(text: str) -> list[str]:
    return [sys.executable, "-c", text]


class TestOneRun:
    def test_it_is_tried_again_until_it_succeeds(self, place: Place, tmp_path: Path) -> None:
        log = tmp_path / "log"
        code = (
            f"import os; f = open({str(log)!r}, 'a'); f.write(os.environ['FOURPILLARS_LAST_TRY']); f.close();"
            f"raise SystemExit(os.path.getsize({str(log)!r}) < 3)"
        )
        runner = Runner(place, script(code), ScheduleConfig(retries=2, retry_after=1))
        runner.stopping.wait = lambda seconds: waits.append(seconds)
        waits: list[float] = []
        assert runner.run(at("2026-09-14 10:30")) == 0
        assert log.read_text() == "001"
        assert waits == [1, 2]  # twice as long each time

    def test_its_tries_end(self, place: Place) -> None:
        runner = Runner(place, script("raise SystemExit(2)"), ScheduleConfig(retries=1, retry_after=1))
        runner.stopping.wait = lambda seconds: None
        assert runner.run(at("2026-09-14 10:30")) == 2

    def test_one_that_takes_too_long_is_ended_with_all_it_started(self, place: Place, tmp_path: Path) -> None:
        alive = tmp_path / "alive"
        child = f"import time; time.sleep(2); open({str(alive)!r}, 'w')"
        code = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
        config = ScheduleConfig(retries=0).model_copy(update={"time_limit": 0.7})
        runner = Runner(place, script(code), config)
        assert runner.run(at("2026-09-14 10:30")) == TIMED_OUT
        (run,) = history.read(place.out)
        assert (run.state, run.slot) == ("timed out", "2026-09-14T10:30:00+08:00")
        assert "longer than" in run.said
        time.sleep(1.8)
        assert not alive.exists()

    def test_one_that_is_killed_is_remembered(self, place: Place) -> None:
        code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
        runner = Runner(place, script(code), ScheduleConfig(retries=0))
        assert runner.run(at("2026-09-14 10:30")) == 9
        assert [(run.state, run.said) for run in history.read(place.out)] == [
            ("interrupted", "The run was ended by signal 9.")
        ]

    def test_after_stop_nothing_begins(self, place: Place, tmp_path: Path) -> None:
        runner = Runner(place, script(f"open({str(tmp_path / 'ran')!r}, 'w')"), ScheduleConfig())
        runner.stop()
        assert runner.run(at("2026-09-14 10:30")) == 0
        assert not (tmp_path / "ran").exists()


def test_the_foreground_catches_up_once_and_ends_on_sigterm(place: Place) -> None:
    missed = datetime.now(SHANGHAI) - timedelta(days=9)
    history.append(place.out, ENDED, Run("before", slot=missed.isoformat(timespec="seconds"), state="unchanged"))
    code = (
        "import sys\n"
        "from fourpillars.editions.schedule import once\n"
        "once.Command.publish = property(lambda self: [sys.executable, '-c', "
        "'import time; print(\"running\", flush=True); time.sleep(60)'])\n"
        "from fourpillars.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "--log", "json", "schedule", "--foreground", "--project", place.project.root]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "running\n"
    run.send_signal(signal.SIGTERM)
    out, said = run.communicate(timeout=60)
    assert (run.returncode, out) == (0, "")
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["message"] for line in lines if line["logger"].startswith("fourpillars.editions.schedule")] == [
        "schedule begins", "run begins", "run over", "schedule ended",
    ]  # fmt: skip
    assert lines[0]["catches_up"] is True


EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def test_the_example_workflow_calls_commands_that_there_are() -> None:
    workflow = yaml.safe_load((EXAMPLES / "publish.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["publish"]["steps"]
    (command,) = [step["run"] for step in steps if "fourpillars publish" in step.get("run", "")]
    options = {word for word in command.split() if word.startswith("--")}
    assert options == {"--if-new", "--json", "--to"}
    assert options <= {f"--{name.replace('_', '-')}" for name in publishing.publish.__annotations__}
    assert workflow[True] == {"schedule": [{"cron": "30 2,6,10 * * 1-5"}], "workflow_dispatch": None}  # YAML's `on`


def test_the_example_dag_runs_the_command_and_hands_on_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Airflow itself is not installed: its names stand for what they do to a function."""
    program = tmp_path / "a project" / ".venv" / "bin" / "fourpillars"
    program.parent.mkdir(parents=True)
    outcome = {"state": "published", "edition": "2026-08", "release": 2, "built": 4, "waiting": None}
    program.write_text(f"#!/bin/sh\necho \"$@\" >'{tmp_path}/words'\ncat <<'END'\n{json.dumps(outcome)}\nEND\n")
    program.chmod(0o755)
    given: dict[str, object] = {}
    results: list[object] = []
    known = {"fourpillars_project": str(tmp_path / "a project"), "fourpillars_destination": "s3://bucket/site"}
    airflow = SimpleNamespace(
        dag=lambda **settings: given.update(settings) or (lambda function: function),
        task=lambda function: lambda: results.append(function()),
        Variable=SimpleNamespace(get=lambda name, default=None: known[name]),
    )
    monkeypatch.setitem(sys.modules, "airflow", SimpleNamespace(sdk=airflow))
    monkeypatch.setitem(sys.modules, "airflow.sdk", airflow)
    pendulum = SimpleNamespace(datetime=lambda *date, tz: datetime(*date, tzinfo=ZoneInfo(tz)))
    monkeypatch.setitem(sys.modules, "pendulum", pendulum)
    runpy.run_path(str(EXAMPLES / "airflow_dag.py"))
    assert results == [outcome]
    words = f"--log json publish --if-new --json --project {tmp_path}/a project --to s3://bucket/site"
    assert (tmp_path / "words").read_text() == f"{words}\n"
    assert (given["schedule"], given["catchup"], given["max_active_runs"]) == ("30 10,14,18 * * 1-5", False, 1)
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(RuntimeError, match="ended with 1"):
        runpy.run_path(str(EXAMPLES / "airflow_dag.py"))


# A month of accidents, on a clock of its own: the real timetable, scheduler, tries, history and releases on disk.

TOPICS = ("value_added_growth", "operating_revenue")
STEP = timedelta(minutes=20)
START, END = at("2026-09-01 00:00"), at("2026-10-01 00:00")


class Crash(Exception):
    """The whole machine goes down."""


class World:
    """A machine, its clock, and statistics that arrive in parts."""

    def __init__(self, out: Path, seed: int) -> None:
        self.out, self.now, self.random = out, START, random.Random(seed)
        self.busy: list[tuple[datetime, datetime]] = []
        self.made: list[tuple[str, str]] = []
        self.begun: list[tuple[str, datetime, int]] = []
        moments = sorted(START + timedelta(minutes=self.random.randrange(28 * 24 * 60)) for _ in range(8))
        # the first edition is there; parts of the second and third follow, and revisions of what is known
        parts = [(TOPICS[0], "2026-08"), ("revision", ""), (TOPICS[1], "2026-08"), ("revision", "")]
        parts += [(TOPICS[1], "2026-09"), ("revision", ""), (TOPICS[0], "2026-09"), ("revision", "")]
        self.arrivals = [
            *((START, topic, "2026-07") for topic in TOPICS),
            *zip(moments, *zip(*parts, strict=True), strict=True),
        ]

    def known(self) -> tuple[str, str]:
        """Return the edition that can be published now, and the state of the statistics it sees."""
        there = [(topic, month) for moment, topic, month in self.arrivals if moment <= self.now]
        edition = min(max(month for topic, month in there if topic == name) for name in TOPICS)
        return edition, f"{edition} after {sum(topic == 'revision' for topic, _ in there)} revisions"

    def publish(self, slot: datetime, number: int) -> int:
        """Do what `fourpillars publish --if-new` does, or come to grief on the way."""
        release.sweep(self.out)
        run = Run(history.new_id(self.now), slot=slot.isoformat(), began=history.moment(self.now))
        history.append(self.out, BEGAN, run)
        began, (edition, state) = self.now, self.known()
        accident = self.random.choices(["none", "slow", "failed", "killed", "power"], [70, 8, 8, 8, 6])[0]
        self.begun.append((run.slot, began, number))
        published = release.published(self.out, edition)[1]
        if published is not None and published.statistics["sees"] == state:
            history.append(self.out, ENDED, run)
            return 0
        self.now += timedelta(hours=6) if accident == "slow" else timedelta(minutes=12)
        self.busy.append((began, self.now))
        if accident == "failed":
            history.append(self.out, ENDED, run)
            return 1
        self._release(edition, state, accident)
        history.append(self.out, ENDED, run)
        return 0

    def _release(self, edition: str, state: str, accident: str) -> None:
        number = release.next_number(self.out, edition)
        tree = self.out / f"{release.BUILD}{self.random.random()}" / "tree"
        tree.mkdir(parents=True)
        write_manifest(Manifest(edition, number, {}, (), {"sees": state}), tree)
        if accident in ("killed", "power"):
            if self.random.random() < 0.5:  # between the two renames
                tree.rename(release.release_folder(self.out, edition, number))
            raise Crash(accident)
        folder = release.put_in_place(tree, self.out, edition, number)
        tree.parent.rmdir()
        (folder / "run.json").write_text("{}")
        self.made.append((edition, state))


class Machine(base.BaseScheduler):
    """APScheduler, stepped by hand."""

    def shutdown(self, wait: bool = True) -> None:
        pass

    def wakeup(self) -> None:
        pass


class Tries(Runner):
    """The tries of a run, in that world: a killed one is tried again, a power cut ends the machine."""

    def __init__(self, world: World) -> None:
        self.world, self.config, self.power_cut = world, ScheduleConfig(), False
        self.stopping = SimpleNamespace(wait=self._wait, is_set=lambda: self.power_cut)

    def _wait(self, seconds: float) -> None:
        self.world.busy.append((self.world.now, self.world.now + timedelta(seconds=seconds)))
        self.world.now += timedelta(seconds=seconds)

    def _try(self, slot: datetime, number: int, tries: int) -> int:
        try:
            return self.world.publish(slot, number)
        except Crash as crash:
            self.power_cut = str(crash) == "power"
            return 9


@pytest.fixture
def world_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[World], None]:
    def use(world: World) -> None:
        monkeypatch.setattr(base, "datetime", SimpleNamespace(now=lambda zone: world.now.astimezone(zone)))

    return use


def live(world: World, until: datetime, back: timedelta = timedelta(0), forth: timedelta = timedelta(0)) -> None:
    """Let the machine run until a moment, and start it again after power cuts; set its clock once or twice."""
    jumps = [(until - timedelta(days=20), -back), (until - timedelta(days=10), forth)]
    while world.now < until:
        tries, last = Tries(world), history.last_slot(world.out)
        machine = Machine(timezone=SHANGHAI)
        last_slot = datetime.fromisoformat(last) if last else None
        prepare(machine, TABLE, tries.run, last_slot, world.now, lambda: world.now)
        machine.start()
        while world.now < until and not tries.power_cut:
            wait = machine._process_jobs()
            mend(machine, world.now)
            if jumps and world.now >= jumps[0][0]:
                world.busy.append((world.now - STEP, world.now + STEP + abs(jumps[0][1])))
                world.now += jumps.pop(0)[1]
                continue
            world.now += min(timedelta(seconds=wait or 60), STEP)
            if world.random.random() < 0.001:
                tries.power_cut = True
        if tries.power_cut:
            off = timedelta(hours=world.random.choice([1, 9, 60]))
            world.busy.append((world.now, world.now + off))
            world.now += off


@pytest.mark.parametrize("seed", range(int(os.environ.get("FOURPILLARS_MONTHS", "3"))))
def test_in_a_month_of_accidents_nothing_is_missed_and_nothing_comes_twice(
    tmp_path: Path, seed: int, world_clock: Callable[[World], None]
) -> None:
    world = World(tmp_path, seed)
    world_clock(world)
    live(world, END, back=timedelta(minutes=50), forth=timedelta(hours=30))  # the clock is set; it sleeps
    world.random = SimpleNamespace(choices=lambda names, weights: ["none"], random=lambda: 1.0)
    live(world, END + timedelta(days=4))  # calm

    edition, state = world.known()
    assert edition == "2026-09"
    assert read_manifest(tmp_path / edition).statistics["sees"] == state  # nothing missed: the last word is out
    assert len(world.made) == len(set(world.made))  # nothing twice: no state of the statistics has two releases
    for month in release.editions(tmp_path):
        numbers = sorted(int(path.name.rpartition(".")[2]) for path in tmp_path.glob(f"{month}.*"))
        assert numbers == list(range(1, len(numbers) + 1))  # no gap, no rest of a run that was killed
    assert not list(tmp_path.glob(".build-*"))

    slot, begun = TABLE.after(START), [began for _, began, _ in world.begun]
    while slot < END:  # a run began at each time, or as soon as the machine was on and free again
        assert any(slot <= began <= free_again(world, slot) + STEP for began in begun), slot
        slot = TABLE.after(slot)
    first_tries = [slot for slot, _, number in world.begun if number == 1]
    assert len(first_tries) == len(set(first_tries))  # and for no time twice, but to try again


def free_again(world: World, moment: datetime) -> datetime:
    """Return when the machine is on and free after a moment."""
    for begin, end in sorted(world.busy):
        if begin <= moment + STEP and end > moment:
            moment = end
    return moment


def test_a_clock_that_was_years_ahead_stops_nothing(tmp_path: Path, world_clock: Callable[[World], None]) -> None:
    world = World(tmp_path, 1)
    world.random = SimpleNamespace(choices=lambda names, weights: ["none"], random=lambda: 1.0)
    world_clock(world)
    world.now = at("2030-06-03 09:00")
    live(world, at("2030-06-03 12:00"))  # one run, years ahead
    assert [slot[:10] for slot, *_ in world.begun] == ["2030-06-03"]
    machine, tries = Machine(timezone=SHANGHAI), Tries(world)
    prepare(machine, TABLE, tries.run, at("2030-06-03 10:30"), world.now, lambda: world.now)
    machine.start()
    world.now = at("2026-09-14 09:00")  # set right while it runs
    for _ in range(8):
        mend(machine, world.now)
        machine._process_jobs()
        world.now += timedelta(minutes=30)
    assert [slot[:16] for slot, *_ in world.begun[1:]] == ["2026-09-14T10:30"]
