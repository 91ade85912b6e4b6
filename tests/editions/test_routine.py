"""A publisher's run from the command line: what follows a publication, what is awaited, logs and JSON."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from fourpillars.cli.app import app, main
from fourpillars.cli.logs import JsonFormatter, set_up
from fourpillars.editions import history
from fourpillars.editions.config import load_config
from fourpillars.editions.notices import secrets

IF_NEW = ("publish", "--if-new", "--renderer", "embedded", "--jobs", "1", "--json")
HOOK = "http://127.0.0.1:1/services/T0KEN-0f9e8d7c6b"


def fourpillars(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from fourpillars.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})


@pytest.fixture
def published(project: Path, first_site: Path) -> Path:
    shutil.copytree(first_site, project / "reports" / "site", symlinks=True)
    return project


def test_a_part_of_a_newer_edition_is_awaited_and_ends_well(published: Path) -> None:
    path = published / "data/observations/value_added.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    newest = next(row for row in rows if ",value_added_growth,M,2026-08," in row)
    path.write_text("\n".join([*rows, newest.replace("2026-08", "2026-09")]) + "\n", encoding="utf-8")
    answer = fourpillars(
        "publish", "--if-new", "--renderer", "embedded", "--jobs", "1", "--json", "--project", published
    )
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    assert (said["state"], said["release"], said["waiting"]["edition"]) == ("unchanged", 1, "2026-09")
    assert said["waiting"]["said"] == "September 2026 waits for Operating revenue (operating_revenue, B-D, CN)."
    assert [run.state for run in history.read(published / "reports/site")] == ["unchanged"]


def test_a_release_is_brought_on_told_of_and_remembered(changed: Path) -> None:
    published, path = changed, changed / "reports/edition.yml"
    path.write_text(
        "keep_releases: 1\ndestinations: [{to: ../www}]\n"
        "notices: [{kind: slack, url_env: HOOK, events: [success, failure]}]\n" + path.read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    answer = fourpillars("--log", "json", *IF_NEW, "--project", published, HOOK=HOOK)
    assert answer.returncode == 0, answer.stderr  # the notice that fails fails nothing else
    said = json.loads(answer.stdout)
    assert (said["state"], said["release"], said["retired"]) == ("published", 2, ["2026-08.1"])
    assert said["changed"] == ["notebook"]
    assert [(one["to"], one["error"]) for one in said["deliveries"]] == [("../www", "")]
    assert [(one["event"], one["error"]) for one in said["notices"]] == [("success", "ConnectError")]
    www = published.parent / "www"
    assert "Output grew fast" in (www / "2026-08/en/overview.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in www.glob("2026*")) == ["2026-08", "2026-08.2"]
    assert not list(www.glob(".*"))
    for lang, word in (("en", "published"), ("zh", "已发布")):
        assert word in (www / f"status/{lang}.html").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in answer.stderr.splitlines()]
    assert {"time", "level", "logger", "message"} <= set(lines[0])
    assert "run ended: published" in [line["message"] for line in lines]
    everything = answer.stdout + answer.stderr + history.path_of(published / "reports/site").read_text()
    assert "T0KEN" not in everything


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Run a command that is refused here, which is quicker than in a process, and return why."""
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    assert end.value.code == 2
    return capsys.readouterr().err


def test_a_refusal_by_hand_writes_nothing(
    published: Path, edit: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    site = published / "reports/site"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    refused(capsys, "publish", "--edition", "2026-13", "--project", published)
    edit("data/observations/value_added.csv", "pct_yoy", "percent")
    assert "run ended" not in refused(capsys, "publish", "--project", published)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_broken_statistics_on_schedule_are_remembered_as_refused(
    published: Path,
    edit: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit("data/observations/value_added.csv", "pct_yoy", "percent")
    monkeypatch.setenv("FOURPILLARS_RUN_ID", "20260914T0300")
    said = refused(capsys, "publish", "--if-new", "--project", published, "--json")
    assert json.loads(said.splitlines()[-1])["problems"][0]["found"] == "percent"
    assert [run.state for run in history.read(published / "reports/site")] == ["refused"]


def commands() -> list[str]:
    return sorted(command.name for command in _leaves(typer.main.get_command(app)))


def _leaves(command: Any) -> list[Any]:
    below = getattr(command, "commands", None)
    return [command] if below is None else [leaf for one in below.values() for leaf in _leaves(one)]


def test_every_command_answers_in_json_where_asked() -> None:
    lacking = [
        command.name
        for command in _leaves(typer.main.get_command(app))
        if "--json" not in {option for parameter in command.params for option in parameter.opts}
    ]
    assert lacking == []
    assert {"publish", "plan", "schedule", "status", "history", "notify", "deliver", "rollback"} <= set(commands())


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("rollback", "2026-13"), "Unknown edition '2026-13'."),
        (("schedule", "--install", "--once"), "--install, --remove, --foreground and --once exclude each other."),
        (("schedule", "--kind", "corn"), "Unknown kind of schedule 'corn'."),
        (("deliver",), "No destination is named."),
        (("deliver", "--to", "s3://k:s@b/x"), "--to: the address holds a password: give it by the environment."),
        (("notify",), "No notices are asked for."),
    ],
)
def test_a_refusal_is_json_too(
    published: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], error: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main([*arguments, "--json", "--project", str(published)])
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (2, "")
    assert json.loads(said.err)["error"] == error


def test_logs_hold_no_secret_whatever_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    secrets.remember("swordfish-1234")
    record = logging.makeLogRecord({"msg": "POST %s", "args": ("https://h/swordfish-1234",), "to": "swordfish-1234"})
    said = json.loads(JsonFormatter().format(record))
    assert (said["message"], said["to"]) == ("POST https://h/***", "***")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOURPILLARS_LOG", "")
        set_up("json")
        assert logging.getLogger("httpx").level == logging.WARNING  # it would log addresses
        set_up("text")
        root = logging.getLogger()
        (own,) = [handler for handler in root.handlers if handler.name == "fourpillars"]
        root.removeHandler(own)


@pytest.mark.parametrize("command", ["schedule", "status", "history", "notify", "deliver", "rollback"])
def test_help_teaches(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert "Example" in capsys.readouterr().out


def test_settings_that_change_no_page_are_no_input(project: Path, edit: Callable[..., None]) -> None:
    from fourpillars.editions.inputs import shared_inputs

    def contents() -> str:
        config = load_config(project / "reports")
        return shared_inputs(project, project / "data", project / "reports", config, "embedded")["contents"]

    before = contents()
    edit(
        "reports/edition.yml",
        "title: {en: Tiny",
        "keep_releases: 3\nschedule: {days: mon}\ndestinations: [{to: ../www}]\n"
        "notices: [{kind: wecom, url_env: HOOK}]\ntitle: {en: Tiny",
    )
    assert contents() == before
