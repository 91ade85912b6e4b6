"""What is built again after a change, why, and that it comes out as a clean build would make it."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fourpillars.cli.progress import Progress
from fourpillars.editions.manifest import read_manifest
from fourpillars.editions.outcome import Outcome
from fourpillars.editions.prepare import Request, prepare
from fourpillars.editions.publish import publish

READING = {
    "tiny": ("operating_revenue", "ytd", "Output grew"),
    "tiny_industry": ("value_added_growth", "month", "activity"),
}
"""Each notebook shows the latest national figure of one measure."""


def go(project: Path, **asked: object) -> Outcome:
    return publish(Request(project=project, renderer="embedded", jobs=1, **asked), Progress(quiet=True))


def hashes(project: Path) -> dict[str, str]:
    """Return the hash of every document and of the data."""
    folder = project / "reports/site/2026-08"
    found = [folder / entry.path for entry in read_manifest(folder).documents]
    found += list(folder.glob("data/*/**/*.json"))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def reading(measure: str, basis: str) -> str:
    return (
        'from fourpillars.exhibits.snapshots import snapshot\\n",\n'
        f'    "wide = snapshot(edition).observations.wide(\\"{measure}\\", freq=\\"M\\", '
        f'basis=\\"{basis}\\", kind=\\"nation\\")\\n",\n'
        '    "latest = float(wide.values[\\"CN\\"].iloc[-1])'
    )


def make_them_read(project: Path) -> None:
    """Let each notebook of the tiny project show a figure of the statistics."""
    for name, (measure, basis, _) in READING.items():
        path = project / "notebooks" / f"{name}.ipynb"
        text = path.read_text(encoding="utf-8")
        text = text.replace("import pandas as pd", 'import pandas as pd\\n",\n    "' + reading(measure, basis), 1)
        text = text.replace('\\"Output grew\\"', 'f\\"Output: {latest}\\"').replace(
            'f\\"{activity} grew\\"', 'f\\"{activity}: {latest}\\"'
        )
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny project whose notebooks read, published once; to be copied."""
    root = tmp_path_factory.mktemp("reading") / "a project"
    _conftest(root)
    make_them_read(root)
    assert go(root).state == "published"
    return root


def _conftest(root: Path) -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("tiny_project", Path(__file__).with_name("conftest.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write_project(root)


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "a project", symlinks=True))


def revise(project: Path, file: str, starts: str, by: float = 1.0) -> None:
    """Add to the value of the last row of a file that starts so."""
    path = project / "data/observations" / file
    lines = path.read_text(encoding="utf-8").splitlines()
    place = max(n for n, line in enumerate(lines) if line.startswith(starts))
    cells = lines[place].split(",")
    column = lines[0].split(",").index("obs_value")
    cells[column] = f"{float(cells[column]) + by:.1f}"
    lines[place] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_what_a_page_read_stands_in_the_manifest(built: Path) -> None:
    manifest = read_manifest(built / "reports/site/2026-08")
    read = {entry.slug: manifest.reads[entry.reads] for entry in manifest.documents}
    assert read == {
        "overview": ["operating_revenue/nation"],
        "industry/C31": ["value_added_growth/nation"],
        "industry/C39": ["value_added_growth/nation"],
    }


def test_a_revised_figure_rebuilds_the_pages_that_read_it_as_a_clean_build_would(project: Path, tmp_path: Path) -> None:
    revise(project, "enterprise_accounts.csv", "CN,B-D,,,operating_revenue,M")
    clean = Path(shutil.copytree(project, tmp_path / "clean", symlinks=True))
    shutil.rmtree(clean / "reports/site/.cache")
    plan = prepare(Request(project=project, renderer="embedded")).plan
    why = {item.page.key: (item.reasons, item.changed) for item in plan.to_build}
    assert why == dict.fromkeys(("en/overview", "zh/overview"), (("statistics",), ("operating_revenue/nation",)))
    before = hashes(project)
    outcome = go(project)
    assert (outcome.state, outcome.built, outcome.kept) == ("published", 4, 8)
    assert outcome.measured["pages"] == {"documents rendered": 4, "run": 2}
    after = hashes(project)
    changed = {path for path in after if after[path] != before.get(path) and path.endswith((".html", ".pdf"))}
    assert changed == {f"{lang}/overview.{format}" for lang in ("en", "zh") for format in ("html", "pdf")}

    assert go(clean, force=True).measured["pages"] == {"documents rendered": 12, "run": 6}
    assert hashes(clean) == after
    ours, theirs = (read_manifest(root / "reports/site/2026-08") for root in (project, clean))
    assert ours.documents == theirs.documents


def test_a_figure_nobody_read_rebuilds_nothing(project: Path) -> None:
    revise(project, "enterprise_accounts.csv", "CN,B-D,,,total_profit,M")
    assert go(project).state == "unchanged"


def test_a_revision_no_reader_sees_is_run_and_not_rendered(project: Path) -> None:
    path = project / "data/observations/enterprise_accounts.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("CN,B-D,,,operating_revenue,M"))
    cells = lines[place].split(",")
    cells[lines[0].split(",").index("obs_value")] = "12345.6"  # not the latest, which the pages show
    path.write_text("\n".join([*lines[:place], ",".join(cells), *lines[place + 1 :]]) + "\n", encoding="utf-8")
    outcome = go(project)
    assert (outcome.state, outcome.release) == ("same", 1)
    assert outcome.measured["pages"] == {"documents rendered": 0, "run": 2}
    assert go(project).state == "unchanged"


def test_code_is_an_input_of_the_notebooks_that_import_it(built: Path) -> None:
    from fourpillars.editions.imports import closure

    manifest = read_manifest(built / "reports/site/2026-08")
    assert all(entry.inputs["code"] for entry in manifest.documents)
    files = {path.name for path in closure(["fourpillars.signals.rates"])}
    assert files >= {"rates.py"}
    assert "brand.py" not in files


def test_a_killed_run_goes_on_where_it_was(project: Path) -> None:
    shutil.rmtree(project / "reports/site")
    path = project / "notebooks/tiny.ipynb"
    whole = path.read_text(encoding="utf-8")
    sleep = "__import__('time').sleep(170 * (lang == 'zh'))\\n\",\n    \"import pandas as pd"
    path.write_text(whole.replace("import pandas as pd", sleep, 1), encoding="utf-8")
    code = "from fourpillars.cli import main; main()"
    run = subprocess.Popen(
        [
            sys.executable,
            "-c",
            code,
            "publish",
            "--project",
            project,
            "--renderer",
            "embedded",
            "--quiet",
            "--jobs",
            "2",
        ],
        stderr=subprocess.DEVNULL,
    )
    pages, end = project / "reports/site/.cache/pages", time.monotonic() + 150
    while len(list(pages.glob("*.json"))) < 5:
        assert time.monotonic() < end, "the other pages were not finished"
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait(timeout=60)
    path.write_text(whole, encoding="utf-8")
    outcome = go(project)
    assert outcome.state == "published"
    assert outcome.measured["pages"] == {"documents rendered": 2, "run": 2, "taken over": 4}
    assert not list((project / "reports/site").glob(".build-*"))


def test_what_nobody_has_used_for_a_month_is_swept_away(tmp_path: Path) -> None:
    import os

    from fourpillars.editions import cache

    old, new = tmp_path / "a/old", tmp_path / "a/new"
    for path in (old, new):
        cache.write(path, b"x")
    long_ago = time.time() - 40 * 86400
    os.utime(old, (long_ago, long_ago))
    cache.sweep(tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["new"]
