"""Publishing the tiny project: releases, failures, previews, interruptions. Slow parts are built once a
session."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fourpillars.editions.lock import publishing
from fourpillars.editions.manifest import read_manifest
from fourpillars.editions.outcome import Outcome
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import publish
from fourpillars.errors import FourPillarsError

DOCUMENTS = [
    f"{lang}/{slug}.{format}"
    for lang in ("en", "zh")
    for slug in ("industry/C31", "industry/C39", "overview")
    for format in ("html", "pdf")
]


class Silent:
    """A watcher that remembers what it was told."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str, bool]] = []

    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        self.steps.append((stage, key, failed))


def go(project: Path, **asked: object) -> Outcome:
    return publish(Request(project=project, renderer="embedded", jobs=1, **asked), Silent())


def site(project: Path) -> Path:
    return project / "reports" / "site"


def tree(folder: Path) -> dict[str, str]:
    """Return the hash of every file, save what differs every time."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in ("run.json", ".lock"))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def published(project: Path, first_site: Path) -> Path:
    """The tiny project, published once."""
    shutil.copytree(first_site, site(project), symlinks=True)
    return project


def test_a_first_publication_is_a_complete_release(published: Path) -> None:
    out = site(published)
    manifest = read_manifest(out / "2026-08")
    assert os.readlink(out / "2026-08") == "2026-08.1"
    assert [entry.id for entry in manifest.documents] == DOCUMENTS
    for entry in manifest.documents:
        content = (out / "2026-08" / entry.path).read_bytes()
        assert (entry.status, entry.charts) == ("ok", 1)
        assert entry.sha256 == hashlib.sha256(content).hexdigest()
        assert [exhibit["id"] for exhibit in entry.exhibits] == ["fig-growth", "tbl-growth"]
    assert manifest.by_id()["zh/industry/C39.pdf"].parameters == {
        "edition": "2026-08",
        "lang": "zh",
        "activity": "C39",
    }
    assert (out / "index.html").is_file()
    assert json.loads((out / "2026-08" / "run.json").read_text())["state"] == "published"
    assert not list(out.glob(".build-*"))


def test_what_has_not_changed_is_not_built_again(published: Path) -> None:
    before = tree(site(published))
    for asked in ({}, {"if_new": True}):
        outcome = go(published, **asked)
        assert (outcome.state, outcome.built, outcome.exit_code) == ("unchanged", 0, 0)
    assert tree(site(published)) == before


def test_a_changed_notebook_makes_a_release_of_what_it_changes(published: Path, edit: Callable[..., None]) -> None:
    edit("notebooks/tiny.ipynb", "Output grew", "Output grew fast")
    edit("notebooks/tiny.ipynb", "[4.1, 5.2]", "[4.1, 5.3]")
    edit("notebooks/tiny.ipynb", '\\"4.1\\", \\"5.2\\"', '\\"4.1\\", \\"5.3\\"')
    outcome = go(published)
    out = site(published)
    assert (outcome.state, outcome.release, outcome.built, outcome.kept) == ("published", 2, 4, 8)
    assert os.readlink(out / "2026-08") == "2026-08.2"
    assert "Output grew fast" in (out / "2026-08/en/overview.html").read_text()
    assert "Output grew fast" not in (out / "2026-08.1/en/overview.html").read_text()
    kept = "en/industry/C31.pdf"
    assert (out / "2026-08.2" / kept).samefile(out / "2026-08.1" / kept)
    manifest = read_manifest(out / "2026-08")
    assert {entry.release for entry in manifest.documents if entry.slug == "overview"} == {2}
    assert {entry.release for entry in manifest.documents if entry.slug != "overview"} == {1}
    assert manifest.correction["en"] == "This release replaces release 1. Changed: how figures are made."
    assert manifest.correction["en"] in (out / "2026-08/en/overview.html").read_text()
    revised = "Revised in release 2, in brackets the figure of release 1: Aug 2026: 5.3 (5.2)."
    assert (out / "2026-08/en/overview.html").read_text().count(revised) == 2
    assert "Revised" not in (out / "2026-08/en/industry/C31.html").read_text()
    kept_revisions = json.loads((out / "2026-08/data/zh/overview.revisions.json").read_text(encoding="utf-8"))
    assert (kept_revisions["before"], sorted(kept_revisions["exhibits"])) == (1, ["fig-growth", "tbl-growth"])


def test_a_change_that_no_reader_sees_makes_no_release(published: Path, edit: Callable[..., None]) -> None:
    edit("notebooks/tiny.ipynb", "import pandas as pd", "import pandas as pd  # frames")
    outcome = go(published)
    assert (outcome.state, outcome.release) == ("same", 1)
    assert sorted(path.name for path in site(published).glob("2026-08*")) == ["2026-08", "2026-08.1"]
    assert go(published).state == "unchanged"


def test_what_comes_out_as_published_is_not_put_together_again(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("it was put together again")

    before = tree(site(published) / "2026-08")
    with monkeypatch.context() as patch:
        for name in ("write_downloads", "write_search"):
            patch.setattr(f"fourpillars.editions.assemble.{name}", refuse)
        assert go(published, force=True).state == "same"
    after = tree(site(published) / "2026-08")
    assert {path for path in before if before[path] != after[path]} <= {"manifest.json", "run.json"}
    lost = site(published) / "2026-08/data/csv/overview.csv"
    lost.unlink()
    assert go(published, force=True).state == "same"
    assert lost.is_file()


def test_a_failing_report_leaves_the_published_edition_or_is_missing_where_allowed(
    published: Path, edit: Callable[..., None]
) -> None:
    out = site(published) / "2026-08"
    before = tree(out)
    fails = "import pandas as pd\\n\",\n    \"1 / (activity != 'C39')"
    edit("notebooks/tiny_industry.ipynb", "import pandas as pd", fails)
    outcome = go(published)
    assert (outcome.state, outcome.exit_code, outcome.built) == ("failed", 1, 4)
    assert sorted(failure.key for failure in outcome.failures) == ["en/industry/C39", "zh/industry/C39"]
    failure = min(outcome.failures, key=lambda failure: failure.key)
    assert (failure.notebook, failure.cell, failure.stage) == ("tiny_industry.ipynb", 1, "run")
    assert failure.parameters == {"edition": "2026-08", "lang": "en", "activity": "C39"}
    assert failure.cause == "ZeroDivisionError: division by zero"
    assert failure.kept == site(published) / "failed/2026-08/en/industry/C39.ipynb"
    assert "ZeroDivisionError" in failure.kept.read_text()
    assert tree(out) == before
    assert os.readlink(out) == "2026-08.1"

    outcome = go(published, allow_missing=True)
    assert (outcome.state, outcome.release, outcome.exit_code) == ("published", 2, 1)
    missing = [entry.id for entry in read_manifest(out).documents if entry.status == "missing"]
    assert missing == [name for name in DOCUMENTS if "C39" in name]
    title = "Manufacture of computers, communication and other electronic equipment, August 2026"
    assert title in (out / "en/index.html").read_text()
    assert f"Missing from this release: {title}" in (out / "en/industry/C39.html").read_text()
    assert not (out / "en/industry/C39.pdf").exists()

    edit("notebooks/tiny_industry.ipynb", fails, "import pandas as pd")
    completed = go(published, only=("industry/C39",))
    assert (completed.state, completed.release, completed.exit_code) == ("preview", 0, 0)  # C31 is out of date too


def test_only_completes_a_release_whose_rest_is_as_it_would_be(published: Path) -> None:
    (site(published) / "2026-08/en/overview.html").unlink()
    outcome = go(published, only=("overview",), languages=("en",))
    assert (outcome.state, outcome.built, outcome.kept) == ("published", 2, 10)
    assert [entry.id for entry in read_manifest(site(published) / "2026-08").documents] == DOCUMENTS
    assert (site(published) / "2026-08/en/overview.html").is_file()


def test_only_makes_a_preview_where_nothing_is_published(project: Path, first_site: Path) -> None:
    shutil.copytree(first_site / "assets", site(project) / "assets")
    outcome = go(project, only=("overview",), languages=("zh",), formats=("html",))
    assert (outcome.state, outcome.built) == ("preview", 1)
    preview = site(project) / "preview/2026-08"
    assert outcome.folder == preview
    assert sorted(tree(preview)) == [
        "data/codes.csv",
        "data/csv/overview.csv",
        "data/csv/overview/fig-growth.csv",
        "data/csv/overview/tbl-growth.csv",
        "data/zh/overview.json.gz",
        "manifest.json",
        "release.json",
        "zh/index.html",
        "zh/overview.html",
    ]
    assert not (site(project) / "2026-08").exists()
    assert "../../../assets/" in (preview / "zh/overview.html").read_text()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"edition": "2026-01"}, "2026-02"),
        ({"edition": "2031-05"}, "the latest is '2026-08'"),
        ({"languages": ("eng",)}, "Did you mean 'en'"),
        ({"formats": ("pdff",)}, "Did you mean 'pdf'"),
        ({"only": ("overveiw",)}, "Did you mean 'overview'"),
        ({"only": ("industry/C93",)}, "industry/C39"),
    ],
)
def test_a_wrong_request_is_refused_and_nothing_written(project: Path, asked: dict, said: str) -> None:
    with pytest.raises(FourPillarsError, match=r"\w") as refusal:
        go(project, **asked)
    assert said in str(refusal.value)
    assert not site(project).exists()


def test_broken_statistics_are_refused_and_nothing_written(project: Path, edit: Callable[..., None]) -> None:
    edit("data/observations/value_added.csv", "pct_yoy", "percent")
    with pytest.raises(FourPillarsError):
        go(project)
    assert not site(project).exists()


def test_a_second_run_is_refused(published: Path) -> None:
    with publishing(site(published)), pytest.raises(FourPillarsError, match=rf"process {os.getpid()}"):
        go(published, force=True)


def test_what_a_killed_run_left_is_swept_away(changed: Path) -> None:
    out = site(changed)
    (out / ".build-killed" / "tree").mkdir(parents=True)
    shutil.copytree(out / "2026-08.1", out / "2026-08.2")
    (out / "2026-08.2" / "run.json").unlink()  # never published
    assert go(changed).release == 2
    assert not list(out.glob(".build-*"))


def test_a_release_that_was_rolled_back_from_is_kept(changed: Path) -> None:
    assert go(changed).release == 2
    out = site(changed)
    (out / "2026-08").unlink()
    (out / "2026-08").symlink_to("2026-08.1")
    notebook = changed / "notebooks/tiny.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("Output grew fast", "Output grew a little"), encoding="utf-8")
    assert go(changed).release == 3
    assert (out / "2026-08.2/en/overview.html").is_file()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_the_published_edition(
    published: Path, edit: Callable[..., None], ending: signal.Signals
) -> None:
    out = site(published)
    edit("notebooks/tiny.ipynb", "import pandas as pd", 'import time\\n",\n    "time.sleep(30)')
    command = [
        sys.executable,
        "-c",
        "from fourpillars.cli import main; main()",
        "publish",
        "--project",
        published,
    ]
    run = subprocess.Popen([*command, "--renderer", "embedded", "--jobs", "1"], stderr=subprocess.PIPE, text=True)
    wait_for(lambda: list(out.glob(".build-*")))
    time.sleep(0.5)
    run.send_signal(ending)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == (-9 if ending == signal.SIGKILL else 128 + ending)
    assert os.readlink(out / "2026-08") == "2026-08.1"
    if ending != signal.SIGKILL:
        assert "untouched" in said
        assert not list(out.glob(".build-*"))
    edit("notebooks/tiny.ipynb", "time.sleep(30)", "import pandas as pd")
    assert go(published).state == "same"
    assert not list(out.glob(".build-*"))


def wait_for(happened: Callable[[], object], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
