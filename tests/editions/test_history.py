"""The history of runs: whole lines, torn lines, runs that were killed; and the pages that tell of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fourpillars.editions import history, ledger
from fourpillars.editions.history import BEGAN, ENDED, Run, append, process_mark, read
from fourpillars.editions.place import Place
from fourpillars.editions.status import clock_time, status_of, write_status_pages

MONDAY = datetime(2026, 9, 14, 2, 30, tzinfo=UTC)


def test_a_run_that_has_ended_is_told_by_its_end(tmp_path: Path) -> None:
    append(tmp_path, BEGAN, Run("a", began="2026-09-14T02:30:00+00:00", process="1:1"))
    append(tmp_path, ENDED, Run("a", began="2026-09-14T02:30:00+00:00", state="published", failures=("x: y",)))
    assert read(tmp_path) == [
        Run("a", began="2026-09-14T02:30:00+00:00", state="published", failures=("x: y",), process="1:1")
    ]


def test_a_run_lives_while_its_process_does(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    append(tmp_path, BEGAN, Run("a", process=process_mark(child.pid)))
    append(tmp_path, BEGAN, Run("b", process=f"{os.getpid()}:1"))  # a later process of the same number
    assert [run.state for run in read(tmp_path)] == ["running", "interrupted"]
    child.communicate(b"\n")
    assert [run.state for run in read(tmp_path)] == ["interrupted", "interrupted"]


def test_a_torn_line_is_passed_over_and_the_next_is_whole(tmp_path: Path) -> None:
    append(tmp_path, ENDED, Run("a", state="published"))
    with history.path_of(tmp_path).open("ab") as file:
        file.write(b'{"event":"ended","id":"b","sta')  # the power went
    assert [run.id for run in read(tmp_path)] == ["a"]
    append(tmp_path, ENDED, Run("c", state="same"))
    assert [(run.id, run.state) for run in read(tmp_path)] == [("a", "published"), ("c", "same")]


@pytest.mark.parametrize("line", ["[]", "null", "7", '{"id": 7}', "\x00\x00", '{"id":"z","later":"unknown to us"}'])
def test_a_strange_line_breaks_nothing(tmp_path: Path, line: str) -> None:
    append(tmp_path, ENDED, Run("a", state="same"))
    with history.path_of(tmp_path).open("a") as file:
        file.write(line + "\n")
    assert read(tmp_path)[0] == Run("a", state="same")


def test_many_writers_tear_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from fourpillars.editions.history import *\n"
        "for n in range(50): append(Path(sys.argv[1]), ENDED, Run(f'{sys.argv[2]}-{n}', state='same', said='x' * 500))"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "ab"]
    assert [writer.wait(30) for writer in writers] == [0, 0]
    assert len(read(tmp_path)) == 100


def test_the_last_time_of_the_schedule_is_the_latest_moment_not_the_last_word(tmp_path: Path) -> None:
    for slot in ("2026-09-14T10:30:00+08:00", "2026-09-14T03:00:00+00:00"):  # 10:30 and 11:00 in Shanghai
        append(tmp_path, ENDED, Run(slot, slot=slot))
    append(tmp_path, ENDED, Run("by hand"))
    assert history.last_slot(tmp_path) == "2026-09-14T03:00:00+00:00"


@pytest.fixture
def place(project: Path, make_release: Callable[..., Path]) -> Place:
    place = Place.of(project, None)
    place.out.mkdir()
    make_release(place.out, "2026-08", 2)
    return place


def clock() -> datetime:
    return MONDAY + timedelta(seconds=75)


def test_pages_tell_of_runs_in_both_languages_and_are_not_indexed(place: Place) -> None:
    run = ledger.begin(place.out, "publish", MONDAY)
    failed = Run(**{**run.as_dict(), "state": "failed", "failures": ("en/overview: <b>/srv/secret</b>",), "built": 3})
    ledger.end(place, failed, clock)
    english, chinese = (place.out / f"status/{lang}.html" for lang in ("en", "zh"))
    text = english.read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in text
    assert "2026-09-14 10:30" in text
    assert "1 min 15 s" in text
    assert "<strong>failed</strong>" in text
    assert "Failed: en/overview" in text
    assert "secret" not in text  # the machine's own words are for the publisher
    assert 'href="../assets/site.0a1b2c3d.css"' in text
    assert 'href="../2026-08/en/index.html"' in text
    text = chinese.read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in text
    assert "未完成：en/overview" in text
    assert "1分15秒" in text


def test_where_nothing_is_published_there_are_no_pages(project: Path) -> None:
    place = Place.of(project, None)
    place.out.mkdir()
    write_status_pages(place)
    assert not (place.out / "status").exists()


def test_status_says_what_stands_and_what_is_awaited(place: Place, edit: Callable[..., None]) -> None:
    ledger.end(place, Run(**{**ledger.begin(place.out, "publish", MONDAY).as_dict(), "state": "published"}), clock)
    found = status_of(place, MONDAY).as_dict()
    json.dumps(found)
    assert found["editions"] == [{"edition": "2026-08", "release": 2, "documents": 2, "missing": 0, "kept": [2]}]
    assert found["last"]["state"] == "published"
    assert found["next_slot"] == "2026-09-14T14:30+08:00"
    assert found["waiting"]["edition"] == "2026-09"
    assert [name.split("(")[1] for name in found["waiting"]["missing"]] == [
        "value_added_growth, B-D, CN)",
        "operating_revenue, B-D, CN)",
    ]
    path = place.project.observations / "value_added.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    newest = next(row for row in rows if ",value_added_growth,M,2026-08," in row)
    path.write_text("\n".join([*rows, newest.replace("2026-08", "2026-09")]) + "\n", encoding="utf-8")
    found = status_of(place, MONDAY).as_dict()
    assert found["waiting"]["said"] == "September 2026 waits for Operating revenue (operating_revenue, B-D, CN)."


def test_times_are_shown_in_the_publishers_zone() -> None:
    assert clock_time("2026-12-31T17:00:00+00:00", "Asia/Shanghai") == "2027-01-01 01:00"
    assert clock_time("", "Asia/Shanghai") == ""
