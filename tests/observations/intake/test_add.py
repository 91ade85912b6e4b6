"""`fourpillars data add`: all or nothing, asked and never guessed, no figure overwritten silently, no traceback."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import pty
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from fourpillars.cli import main
from fourpillars.files.guarded import read_guarded
from fourpillars.files.sheet import UnreadableFileError
from fourpillars.observations import check, load_observations
from fourpillars.observations.intake import write as writing
from fourpillars.observations.vintages.journal import read_journal
from fourpillars.observations.vintages.known import known_on

TABLE = "2026年9月各地区规模以上工业增加值\n单位：%\n地区,9月,1-9月\n河北省,５.２,5.8①\n　山 西,—,6.1\n"
SOURCE = ("--set", "activity=B-D", "--publisher", "Bureau", "--published", "2026-10-20")


@pytest.fixture
def run(project, tmp_path, capsys):
    """Run `data add` on a text or a file; return the exit code, what was said, and the refusal."""

    def run(file: str | bytes | Path, *options: str, name: str = "september.csv") -> tuple[int, str, str]:
        path = file if isinstance(file, Path) else tmp_path / name
        if not isinstance(file, Path):
            path.write_bytes(file.encode() if isinstance(file, str) else file)
        capsys.readouterr()
        code = 0
        try:
            main(["data", "add", str(path), "--project", str(project.root), *options])
        except SystemExit as error:
            code = int(error.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def digest(project) -> str:
    files = sorted(path for path in project.data.rglob("*") if path.is_file() and path.name != ".adding.lock")
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def figures(project, measure: str = "value_added_growth", period: str = "2026-09") -> dict[tuple[str, str], float]:
    table = load_observations(project).table
    part = table[(table["measure"] == measure) & (table["time_period"] == period)]
    return {(row.ref_area, row.basis): row.obs_value for row in part.itertuples()}


def test_a_table_is_understood_shown_and_written(run, project):
    code, out, _ = run(TABLE, *SOURCE, "--yes")
    assert code == 0
    assert "C 1-9月\tfigures: month 9 ytd" in out
    assert "3 new, 0 there already, 0 differ." in out
    assert figures(project) == {("130000", "month"): 5.2, ("130000", "ytd"): 5.8, ("140000", "ytd"): 6.1}
    source = load_observations(project).sources.loc["D00001"]
    assert (source["publisher"], source["published"], source["title"]) == (
        "Bureau", "2026-10-20", "2026年9月各地区规模以上工业增加值")  # fmt: skip
    assert check(project) == []
    assert run(TABLE, *SOURCE)[1].endswith("Nothing to write: all of it is there already.\n")


def test_nothing_is_written_unless_somebody_says_so(run, project):
    before = digest(project)
    code, _, err = run(TABLE, *SOURCE)
    assert (code, "--yes" in err, digest(project)) == (3, True, before)


def test_what_is_open_is_asked_and_a_file_of_answers_answers(run, project, tmp_path):
    before = digest(project)
    code, _, err = run("行业,2026年9月\n钢铁冶炼及压延加工业,5.2%\n", "--yes")
    assert code == 3
    assert '"钢铁冶炼及压延加工业":   # C31 黑色金属冶炼和压延加工业' in err
    assert "publisher:" in err
    assert digest(project) == before
    answers = tmp_path / "answers.yml"
    answers.write_text(
        "names: {activity: {钢铁冶炼及压延加工业: C31}}\nvalues: {measure: value_added_growth, ref_area: 全国}\n"
        "source: {publisher: Bureau}\n",
        encoding="utf-8",
    )
    code, out, err = run("行业,2026年9月\n钢铁冶炼及压延加工业,5.2%\n", "--map", str(answers), "--yes", "--json")
    assert code == 0, err
    assert json.loads(out)["new"] == 1
    assert figures(project) == {("CN", "month"): 5.2}


def test_rows_can_be_left_out_by_an_answer(run, project, tmp_path):
    answers = tmp_path / "answers.yml"
    answers.write_text("names: {ref_area: {各省合计: skip}}", encoding="utf-8")
    code, out, err = run(TABLE + "各省合计,5.0,5.9\n", *SOURCE, "--map", str(answers), "--yes")
    assert code == 0, err
    assert "Row 6 is left out, as was answered: 各省合计" in out
    assert len(figures(project)) == 3


def test_a_wrong_file_of_answers_is_refused(run, tmp_path):
    answers = tmp_path / "answers.yml"
    for text, named in (
        ("names: {activity: {钢铁业: C99}}", "'C99' is in no codelist"),
        ("colums: {a: skip}", "Did you mean 'columns'"),
        ("columns: {a: regin}", "'regin' is no column"),
        ("- a", "answers are columns"),
        ("a: [", "cannot be read"),
        ("source: {published: soon}", "is no date"),
    ):
        answers.write_text(text, encoding="utf-8")
        code, _, err = run(TABLE, *(SOURCE[:4]), "--map", str(answers), "--yes")
        assert (code, named in err) == (2, True), err


def test_at_a_terminal_a_person_is_asked(run, project, monkeypatch):
    answers = io.StringIO()
    answers.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", answers)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    asked = []
    replies = iter(["1", "Bureau", ""])
    monkeypatch.setattr("typer.prompt", lambda text, **_: asked.append(text) or next(replies))
    monkeypatch.setattr("typer.confirm", lambda text: asked.append(text) or True)
    code, out, err = run("行业,地区,2026年9月\n钢铁冶炼及压延加工业,全国,5.2%\n", "--set", "measure=value_added_growth")
    assert code == 0, err
    assert "What is '钢铁冶炼及压延加工业' (activity)?" in out
    assert "  1  C31 黑色金属冶炼和压延加工业" in out
    assert asked[-1] == "Write 1 new figures?"
    assert figures(project) == {("CN", "month"): 5.2}


def test_questions_come_as_json_too(run):
    code, _, err = run("行业,2026年9月\n钢铁业,5.2%\n", "--json")
    asked = {(one["kind"], one["subject"]) for one in json.loads(err)["questions"]}
    assert code == 3
    assert {("names", "钢铁业"), ("source", "publisher")} <= asked


def test_a_figure_that_differs_is_a_revision_and_both_are_kept(run, project):
    run(TABLE, *SOURCE, "--yes")
    before = digest(project)
    later = ("--set", "activity=B-D", "--publisher", "Bureau", "--published", "2026-11-20", "--yes")
    code, out, err = run(TABLE.replace("5.8①", "5.9"), *later)
    assert (code, digest(project)) == (3, before)
    assert "5.8 → 5.9" in err
    assert "1 differ" in out
    assert run(TABLE.replace("5.8①", "5.9"), *later, "--revise")[0] == 0
    assert figures(project)["130000", "ytd"] == 5.9
    (revision,) = read_journal(project)
    assert (revision.old_value, revision.new_value, revision.known) == ("5.8", "5.9", "2026-11-20")
    now = load_observations(project)
    then = known_on(now, read_journal(project), "2026-11-01").table
    assert dict(zip(then["ref_area"].astype(str) + then["basis"].astype(str), then["obs_value"], strict=True))[
        "130000ytd"] == 5.8  # fmt: skip
    assert len(known_on(now, read_journal(project), "2026-09-20").table) < len(then)
    assert check(project) == []


def test_units_are_converted_and_said(run, project):
    code, out, err = run("地区,2026年1-8月营业收入（万元）\n河北,12345678\n", *SOURCE, "--yes")
    assert code == 0, err
    assert "1 figures converted: 万元 → cny_100m" in out
    assert figures(project, "operating_revenue", "2026-08") == {("130000", "ytd"): 1234.5678}


REFUSED = {  # a file, and what its refusal names
    "row and column": (TABLE.replace("6.1", "6.1x"), "september.csv\t5\tC 1-9月"),
    "a rule": (TABLE.replace("6.1", "-101"), "september.csv\t5\tC"),
    "a figure twice": (TABLE + "河北,5.3,5.8\n", "september.csv\t6\tB"),
    "no heading": ("河北,5.2\n山西,6.1\n", "no table with headings"),
    "empty": ("", "is empty"),
    "a web page": ("<html><table><tr><td>1</td></tr></table></html>", "is a web page"),
    "a PDF": ("%PDF-1.7", "is a PDF"),
    "bytes": (bytes(range(128, 256)) * 20, "neither UTF-8 nor GB18030"),
    "an open quotation mark": ('地区,9月\n"河北,5.2\n', "is not CSV"),
    "a formula": (TABLE.replace("6.1", "=1+5.1"), "'=1+5.1'"[1:-1]),
    "entities": ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "declares XML entities"),
    "another XML": ("<a/>", "no SDMX message"),
}


def test_a_bad_file_is_refused_with_its_place_and_nothing_is_written(run, project):
    before = digest(project)
    for what, (content, named) in REFUSED.items():
        code, _, err = run(content, *SOURCE, "--yes")
        assert (what, code, named in err, "Traceback" in err) == (what, 2, True, False), err
    assert digest(project) == before


def test_bombs_are_refused(run, project, tmp_path):
    before = digest(project)
    packed = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book, book.open("xl/sheet.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(1_000_000))
    line = tmp_path / "line.csv"
    with line.open("wb") as file:
        os.truncate(file.fileno(), 1_000_000_000)
    short = tmp_path / "short.csv"
    short.write_bytes(b"a," + b"1" * 20_000_000)
    for path, named in ((packed, "unpacks to 300 MB"), (line, "1,000 MB"), (short, "over 1,000,000 characters")):
        code, _, err = run(path, *SOURCE, "--yes")
        assert (code, named in err) == (2, True), err
    assert digest(project) == before


def test_reading_has_a_limit_of_time_and_memory(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"takes over 0\.01 s"):
        read_guarded(path, seconds=0.01)
    with pytest.raises(UnreadableFileError, match="takes over 1 MB"):
        read_guarded(path, memory=1_000_000)


@pytest.mark.parametrize("moment", [1, 2])
def test_what_a_killed_process_began_is_finished_by_the_next(run, project, monkeypatch, moment):
    count = 0

    def replace(source, target, real=os.replace):
        nonlocal count
        count += 1
        if count == moment:
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(writing.os, "replace", replace)
        run(TABLE, *SOURCE, "--yes")
    assert check(project) == []
    with writing.adding(project):
        pass
    assert len(figures(project)) == 3
    assert check(project) == []
    assert not (project.data / ".added").exists()


def test_a_full_disk_writes_nothing(run, project, monkeypatch):
    before = digest(project)

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(writing.os, "fsync", full)
        code, _, err = run(TABLE, *SOURCE, "--yes")
    assert (code, "No space left" in err, digest(project)) == (2, True, before)


DECIMALS = "地区;9月;1-9月\n河北;12,5;0,8\n山西;1,234;-3,1\n"


def test_decimal_commas_are_proven_by_the_figures_or_refused(run, project):
    title = "2026年9月各地区规模以上工业增加值;单位：%;\n"
    before = digest(project)
    for text in ("河北;1,234;5,678\n", "河北;12,5;1,234\n"):  # nothing tells; a single one may be a slip
        code, _, err = run(title + "地区;9月;1-9月\n" + text, *SOURCE, "--yes")
        assert (code, "may be thousands or decimals" in err, digest(project)) == (2, True, before), err
    code, out, err = run(title + DECIMALS, *SOURCE, "--yes")
    assert code == 0, err
    assert "Its figures have decimal commas." in out
    assert sorted(figures(project).values()) == [-3.1, 0.8, 1.234, 12.5]


CODE = "from fourpillars.cli import main; main()"


def test_of_files_added_at_once_each_is_whole_or_refused(project, tmp_path):
    """As many processes as there are files, the same file among them twice."""
    tables = [TABLE, TABLE, *(TABLE.replace("9月", f"{month}月").replace("1-9", f"1-{month}") for month in (10, 11))]
    running = []
    for number, table in enumerate(tables):
        path = tmp_path / f"table-{number}.csv"
        path.write_text(table, encoding="utf-8")
        asked = [
            "data",
            "add",
            str(path),
            "--project",
            str(project.root),
            *SOURCE,
            "--into",
            "value_added.csv",
            "--yes",
        ]
        running.append(subprocess.Popen([sys.executable, "-c", CODE, *asked], stderr=subprocess.PIPE, text=True))
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
    assert check(project) == []
    assert {code for _, code in ended} <= {0, 2}
    assert all("Somebody else is adding data" in said for said, code in ended if code)
    months = {
        "2026-09" if number < 2 else f"2026-{number + 8:02}" for number, (_, code) in enumerate(ended) if not code
    }
    assert months
    for month in ("2026-09", "2026-10", "2026-11"):
        assert len(figures(project, period=month)) == (3 if month in months else 0)
    left = {path.name for path in project.data.iterdir()} & {".adding", ".added"}
    assert left == set()


def dialogue(project, path: Path, replies: list[str]) -> tuple[str, int]:
    """Add a file at a terminal of its own, typing an answer at each prompt; return what stood on it."""
    asked = ["data", "add", str(path), "--project", str(project.root), "--set", "measure=value_added_growth"]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", CODE, *asked])
    said, end = b"", time.monotonic() + 120
    with contextlib.suppress(OSError):  # what a terminal whose program has ended gives
        while time.monotonic() < end and (part := os.read(terminal, 4096)):
            said += part
            if replies and said.rstrip().endswith((b"give up:", b"[y/N]:")):
                os.write(terminal, replies.pop(0).encode() + b"\n")
                said += b"\n"
    os.close(terminal)
    return said.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(("answer", "code", "written"), [("n", 3, 0), ("y", 0, 1)])
def test_the_dialogue_at_a_terminal(project, tmp_path, answer, code, written):
    path = tmp_path / "steel.csv"
    path.write_text("行业,地区,2026年9月\n钢铁冶炼及压延加工业,全国,5.2%\n", encoding="utf-8")
    before = digest(project)
    said, ended = dialogue(project, path, ["1", "Bureau", answer])
    assert ended == code, said
    assert "What is '钢铁冶炼及压延加工业' (activity)?" in said
    assert "  1  C31 黑色金属冶炼和压延加工业" in said
    assert "Write 1 new figures?" in said
    assert len(figures(project)) == written
    assert (digest(project) == before) == (not written)
