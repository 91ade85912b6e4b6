"""What goes wrong around a publication: the edition readers have stays, it is said clearly, and it can be repeated."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from fourpillars.cli.progress import Progress
from fourpillars.editions import assemble, build, cache, publish
from fourpillars.editions.manifest import read_manifest
from fourpillars.editions.outcome import Outcome
from fourpillars.editions.prepare import Request
from fourpillars.editions.run.job import Limits, ReportJob
from fourpillars.errors import FourPillarsError

TOKEN = "ghp-not-a-real-token-0123456789"
TELLS_SECRETS = """
import os
address = "postgresql://editor:sesame-open@db.example/sales"
known = 'ghp-not-a-real-' + 'token-0123456789'
raise ValueError(f"{os.environ.get('SALES_TOKEN')} {known} {address} {os.environ['HOME']}")
"""
HANGS = "import time; time.sleep(600)"
PRINTS = "import os, sys\nfor _ in range(1700):\n    print('x' * 60_000); print('y', file=sys.stderr)"


def go(project: Path, **asked: object) -> Outcome:
    return publish.publish(Request(project=project, renderer="embedded", **{"jobs": 1, **asked}), Progress(quiet=True))


def site(project: Path) -> Path:
    return project / "reports" / "site"


def served(project: Path) -> dict[str, bytes]:
    """Return everything readers of the edition are given, and the release they are given."""
    release = site(project) / "2026-08"
    files = {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}
    return {**files, "": os.readlink(release).encode()}


def insert(notebook: Path, source: str) -> None:
    """Put code at the top of a notebook's second cell."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"][1]["source"] = [source + "\n", *content["cells"][1]["source"]]
    notebook.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def refuse(number: int) -> Callable[..., None]:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "a file")

    return refused


@pytest.mark.parametrize(
    ("room", "stage", "number", "said"),
    [
        (assemble, "write_downloads", errno.ENOSPC, "is full"),
        (publish, "write_manifest", errno.EROFS, "cannot be written"),
    ],
)
def test_a_disk_that_takes_no_more(
    changed: Path, monkeypatch: pytest.MonkeyPatch, room: ModuleType, stage: str, number: int, said: str
) -> None:
    before = served(changed)
    monkeypatch.setattr(room, stage, refuse(number))
    with pytest.raises(FourPillarsError, match=said) as refused:
        go(changed)
    assert "untouched" in refused.value.hint
    assert served(changed) == before
    assert not list(site(changed).glob(".build-*"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.getuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]).returncode:
        pytest.skip("a file system can be mounted by root only")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_disk_that_is_full(changed: Path, disk: Path) -> None:
    out = disk / "site"
    shutil.copytree(site(changed), out, symlinks=True)
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free)
    manifest = read_manifest(out / "2026-08")
    with pytest.raises(FourPillarsError, match="is full"):
        go(changed, out=out)
    assert read_manifest(out / "2026-08") == manifest
    filler.unlink()
    assert go(changed, out=out).release == 2


def test_a_disk_that_is_read_only(changed: Path, disk: Path) -> None:
    out = disk / "site"
    shutil.copytree(site(changed), out, symlinks=True)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(FourPillarsError, match="cannot be written: Read-only file system"):
        go(changed, out=out)
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert go(changed, out=out).release == 2


def test_a_clock_that_jumps_back(changed: Path) -> None:
    """What there is dates from the future, and what is new is older: contents decide, not times."""
    later, earlier = 4_000_000_000, 1_000_000_000
    for path in changed.rglob("*"):
        os.utime(path, (later, later), follow_symlinks=False)
    os.utime(changed / "notebooks/tiny.ipynb", (earlier, earlier))
    outcome = go(changed)
    assert (outcome.release, outcome.built, outcome.kept) == (2, 4, 8)
    assert go(changed).state == "unchanged"


def test_statistics_replaced_meanwhile(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, build_pages = served(changed), build.build_pages
    finished = set(site(changed).glob(".cache/pages/*"))

    def replacing(*args: object) -> object:
        built = build_pages(*args)
        path = changed / "data/observations/value_added.csv"
        path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
        return built

    monkeypatch.setattr(build, "build_pages", replacing)
    with pytest.raises(FourPillarsError, match="changed while the edition was being built"):
        go(changed)
    assert served(changed) == before
    assert len(finished - set(site(changed).glob(".cache/pages/*"))) == 2  # the overview, in two languages


QUARTO = """#!/bin/sh
rm "$0"
echo 1.11.99
"""


def test_quarto_gone_half_way(changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says its version, and is there no more when the notebooks have been run."""
    before, program = served(changed), tmp_path / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text(QUARTO)
    program.chmod(0o755)
    monkeypatch.setenv("QUARTO_PATH", str(program.parent))
    request = Request(project=changed, renderer="quarto", languages=("en",), formats=("html",), jobs=1)
    with pytest.raises(FourPillarsError, match="could not be started") as refused:
        publish.publish(request, Progress(quiet=True))
    assert "untouched" in refused.value.hint
    assert served(changed) == before
    assert not list(site(changed).glob(".build-*"))


def impatient(key: str, *told: object, charts: Path | None) -> ReportJob:
    """Return a job that may take a minute, or six seconds where it is known to hang."""
    limits = Limits(seconds=6.0 if "C31" in key else 60.0, grace=0.5)
    return ReportJob(key, *told, limits=limits, charts=charts)


def test_notebooks_that_hang_flood_and_tell_secrets(
    changed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = served(changed)
    shutil.copy(changed / "notebooks/tiny_industry.ipynb", changed / "notebooks/tiny_flood.ipynb")
    config = changed / "reports/edition.yml"
    flood = "{slug: flood, notebook: tiny_flood, group: nation, label: {en: F, zh: F}, parameters: {activity: C31}}"
    config.write_text(config.read_text(encoding="utf-8").rstrip() + f"\n  - {flood}\n", encoding="utf-8")
    for name, source in (("tiny", TELLS_SECRETS), ("tiny_industry", HANGS), ("tiny_flood", PRINTS)):
        insert(changed / f"notebooks/{name}.ipynb", source)
    monkeypatch.setattr(build, "ReportJob", impatient)
    monkeypatch.setenv("SALES_TOKEN", TOKEN)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache.user_folder().parent))
    monkeypatch.setenv("HOME", str(tmp_path))
    few = {"languages": ("en",), "formats": ("html",), "only": ("overview", "industry/C31", "flood")}
    outcome = go(changed, **few, jobs=2)
    assert (outcome.state, outcome.exit_code) == ("failed", 1)
    causes = {failure.key: failure.cause for failure in outcome.failures}
    assert causes["en/industry/C31"] == "ReportTimedOut: longer than 6 seconds"
    assert re.fullmatch(r"TooMuchOutput: \d+ MB printed and shown; 64 MB are allowed", causes["en/flood"])
    assert causes["en/overview"] == "ValueError: None *** postgresql://***@db.example/sales ~"
    assert served(changed) == before
    kept = [path for path in site(changed).rglob("*") if path.is_file() and "secret" not in path.name]
    for path in kept:
        content = path.read_bytes()
        assert not [word for word in (TOKEN, "sesame-open", str(tmp_path)) if word.encode() in content], path
    assert max(path.stat().st_size for path in (site(changed) / "failed").rglob("*") if path.is_file()) < 1_000_000
