"""Which releases are kept, and rolling back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fourpillars.editions import history, release
from fourpillars.editions.lock import publishing
from fourpillars.editions.manifest import read_manifest, write_manifest
from fourpillars.editions.place import Place
from fourpillars.editions.prepare import Request, prepare
from fourpillars.editions.publish import publish
from fourpillars.editions.retention import numbers, retire, rolled_back_from, shown, superfluous
from fourpillars.editions.routine import roll_back_and_tell
from fourpillars.editions.site import write_way_in
from fourpillars.errors import FourPillarsError


class Silent:
    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        pass


@pytest.fixture
def out(tmp_path: Path, make_release: Callable[..., Path]) -> Path:
    """A site of two editions: five releases of one, readers at the second; two of the other."""
    out = tmp_path / "site"
    for number in (1, 2, 3, 4, 5):
        make_release(out, "2026-08", number)
    for number in (1, 2):
        make_release(out, "2026-07", number)
    release.point(out, "2026-08", 2)
    return out


@pytest.mark.parametrize(
    ("keep", "gone"),
    [
        (None, []),
        (5, []),
        (3, ["2026-08.1"]),
        (2, ["2026-08.1", "2026-08.3"]),
        (1, ["2026-07.1", "2026-08.1", "2026-08.3", "2026-08.4"]),
    ],
)
def test_the_latest_are_kept_and_what_readers_have(out: Path, keep: int | None, gone: list[str]) -> None:
    assert sorted(path.name for path in superfluous(out, keep)) == gone
    assert sorted(retire(out, keep)) == gone
    left = {f"2026-08.{n}" for n in range(1, 6)} | {"2026-07.1", "2026-07.2"}
    assert {path.name for path in out.glob("2026-0?.*")} == left - set(gone)
    assert (out / "2026-08").resolve().name == "2026-08.2"
    assert release.next_number(out, "2026-08") == 6  # a number is never given twice


def test_what_a_killed_retirement_left_is_swept_away(out: Path) -> None:
    (out / "2026-08.1").rename(out / f"{release.BUILD}retired-2026-08.1")
    release.sweep(out)
    assert not list(out.glob(".build-*"))


def test_no_release_is_retired_while_another_run_publishes(out: Path) -> None:
    with publishing(out), pytest.raises(FourPillarsError, match="Another run"):
        retire(out, 1)
    assert numbers(out, "2026-08") == [1, 2, 3, 4, 5]


@pytest.fixture
def twice(project: Path, first_site: Path) -> Place:
    """The tiny project, published once, and a second release made from the same that says something else."""
    out = project / "reports" / "site"
    shutil.copytree(first_site, out, symlinks=True)
    folder = shutil.copytree(out / "2026-08.1", out / "2026-08.2")
    write_manifest(read_manifest(folder).with_release(2), folder)
    note = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    (folder / "release.json").write_text(json.dumps({**note, "release": 2}), encoding="utf-8")
    page = folder / "en/overview.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Output grew", "Output grew fast"), encoding="utf-8")
    place = Place.of(project, None)
    release.point(out, "2026-08", 2)
    write_way_in(out, place.project, place.config)
    return place


def test_one_command_leads_back_and_forward(twice: Place, edit: Callable[..., None]) -> None:
    project, out = twice.project.root, twice.out
    assert "2026-08.2/en/index.html" in (out / "feed.en.xml").read_text()
    done = roll_back_and_tell(project, None, "2026-08")
    assert (done.run.state, done.run.release, shown(out, "2026-08")) == ("rolled back", 1, 1)
    assert "Output grew fast" not in (out / "2026-08/en/overview.html").read_text()
    feed = (out / "feed.en.xml").read_text()
    assert "2026-08.1/en/index.html" in feed
    assert "2026-08.2" not in feed
    assert [run.said for run in history.read(out)] == ["Release 2 was replaced by release 1."]
    assert roll_back_and_tell(project, None, "2026-08.2").run.release == 2
    assert os.readlink(out / "2026-08") == "2026-08.2"


def test_a_schedule_does_not_undo_a_rollback_before_something_changes(twice: Place, edit: Callable[..., None]) -> None:
    asked = Request(project=twice.project.root, renderer="embedded", if_new=True)
    assert rolled_back_from(prepare(asked)) == 0
    release.point(twice.out, "2026-08", 1)
    page = twice.out / "2026-08.1/en/overview.html"
    page.unlink()  # else there would be nothing to build
    outcome = publish(asked, Silent())
    assert (outcome.state, outcome.release) == ("held", 1)
    assert rolled_back_from(prepare(asked)) == 2
    edit("notebooks/tiny.ipynb", "Output grew", "Output grew a little")
    assert rolled_back_from(prepare(asked)) == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2026-09", "Unknown edition '2026-09'"),
        ("2026-08.9", "Unknown release '2026-08.9'"),
        ("../2026-08.1", "Unknown edition"),
        ("2026-07.1/..", "Unknown edition"),
    ],
)
def test_what_is_not_there_is_refused(project: Path, out: Path, name: str, said: str) -> None:
    with pytest.raises(FourPillarsError, match=said):
        roll_back_and_tell(project, out, name)
    assert shown(out, "2026-08") == 2


def test_a_release_that_lost_a_document_is_refused(project: Path, out: Path) -> None:
    (out / "2026-08.1/en/overview.pdf").unlink()
    with pytest.raises(FourPillarsError, match=r"has lost en/overview\.pdf"):
        roll_back_and_tell(project, out, "2026-08.1")
    assert shown(out, "2026-08") == 2


def test_the_first_release_has_none_before_it(project: Path, out: Path) -> None:
    release.point(out, "2026-07", 1)
    with pytest.raises(FourPillarsError, match="no release of 2026-07 before"):
        roll_back_and_tell(project, out, "2026-07")
