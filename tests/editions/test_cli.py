"""The command line: what it refuses, how fast, and with which exit codes."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from fourpillars.cli.app import main

ROOT = Path(__file__).resolve().parents[2]


def fourpillars(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from fourpillars.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("publish", "--lang", "eng"), "Unknown language 'eng'.\nDid you mean 'en'?"),
        (("publish", "--format", "pdff"), "Unknown format 'pdff'.\nDid you mean 'pdf'?"),
        (("publish", "--renderer", "qarto"), "Unknown renderer 'qarto'.\nDid you mean 'quarto' or 'auto'?"),
        (("publish", "--edition", "2026-01"), "Did you mean '2026-02'?"),
        (("publish", "--edition", "august"), "is no edition"),
        (("publish", "--only", "overveiw"), "Unknown report 'overveiw'.\nDid you mean 'overview'?"),
        (("publish", "--project", "/nowhere"), "'/nowhere' named by --project does not exist"),
        (("plan", "--only", "industry/C93"), "Unknown report 'industry/C93'."),
        (("run", "overveiw"), "Unknown notebook 'overveiw'.\nDid you mean 'overview'?"),
        (("run", "overview", "-p", "edition"), "'edition' is not name=value"),
        (("run", "industry", "-p", "actvity=C31"), "Did you mean 'activity'?"),
        (("run", "industry", "-p", "activity=C99"), "Unknown activity 'C99'."),
        (("indicators", "--pillar", "grwoth"), "Unknown pillar 'grwoth'.\nDid you mean 'growth'?"),
        (("compare", "/nowhere", "/nowhere"), "There are no documents in /nowhere"),
        (("serve", "--out", "/nowhere"), "There is no published site in /nowhere"),
        (("trace", "overview", "--out", "/nowhere"), "Nothing is published in /nowhere"),
    ],
)
def test_a_wrong_request_is_refused_in_a_sentence_or_two(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    answer = capsys.readouterr()
    assert end.value.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert len(answer.err.splitlines()) <= 4


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("publish", "plan", "run", "check", "indicators", "trace", "compare", "serve", "doctor"):
        with pytest.raises(SystemExit) as end:
            main([command, "--help"])
        assert end.value.code == 0
        assert "Example" in capsys.readouterr().out


def test_a_misspelt_parameter_is_refused_at_once() -> None:
    before = work_of_children()
    answer = fourpillars("run", "industry", "-p", "actvity=C31")
    assert "Did you mean 'activity'?" in answer.stderr
    assert work_of_children() - before < 1.0


def work_of_children() -> float:
    """Return the processor seconds of ended children: unlike the clock's, a busy machine does not add to them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_notebook_is_run(project: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.ipynb"
    answer = fourpillars("run", "tiny_industry", "-p", "activity=C39", "-o", output, "--project", project)
    assert answer.returncode == 0, answer.stderr
    assert "C39 grew" in output.read_text(encoding="utf-8")


def test_the_plan_says_why(project: Path) -> None:
    answer = fourpillars("plan", "--project", project, "--renderer", "embedded")
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[:2] == ["document\taction\tbecause", "en/overview.html\tbuild\tnew"]
    assert len(answer.stdout.splitlines()) == 13
    assert "12 to build, 0 to keep; makes a release" in answer.stderr


def test_broken_statistics_are_a_table_of_problems(project: Path) -> None:
    path = project / "data/observations/value_added.csv"
    path.write_text(path.read_text().replace("pct_yoy", "percent"))
    answer = fourpillars("publish", "--project", project)
    assert answer.returncode == 2
    assert "value_added.csv\t2\tunit\tpercent\t" in answer.stderr
    assert "Traceback" not in answer.stderr
