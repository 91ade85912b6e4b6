"""Bringing a site elsewhere: to a folder, to an S3 store on this machine, by rsync."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from fourpillars.editions import history, release
from fourpillars.editions.destinations import folder, rsync, store, tree
from fourpillars.editions.destinations.deliver import deliver, delivered
from fourpillars.editions.destinations.tree import fingerprint, site_files
from fourpillars.editions.place import Place
from fourpillars.editions.retention import retire
from fourpillars.editions.routine import deliver_and_tell, roll_back_and_tell
from fourpillars.editions.settings import DestinationConfig
from fourpillars.errors import FourPillarsError

PAGES = ("en/index.html", "en/overview.html", "en/overview.pdf", "manifest.json", "run.json")
SITE = {
    "index.html",
    "assets/site.0a1b2c3d.css",
    *(f"{name}/{page}" for name in ("2026-08", "2026-08.1") for page in PAGES),
}


@pytest.fixture
def out(tmp_path: Path, make_release: Callable[..., Path]) -> Path:
    """A site of one release, with all that is not to leave it."""
    out = tmp_path / "the site"
    make_release(out, "2026-08", 1)
    for private in (".lock", ".runs/history.jsonl", ".cache/x", "failed/2026-08/run.json", "preview/2026-08/a.html"):
        (out / private).parent.mkdir(parents=True, exist_ok=True)
        (out / private).write_text("private")
    (out / "assets" / ".assets.json").write_text("private")
    return out


def test_the_front_page_goes_last_and_what_is_private_never(out: Path) -> None:
    paths = [file.path for file in site_files(out)]
    assert set(paths) == SITE
    assert paths[-1] == "index.html"
    assert paths.index("2026-08.1/en/overview.html") < paths.index("2026-08/en/overview.pdf")
    assert paths.index("2026-08/en/overview.html") < paths.index("2026-08/en/index.html")


def test_the_fingerprint_is_of_what_readers_get(out: Path, make_release: Callable[..., Path]) -> None:
    before = fingerprint(out)
    (out / ".runs/history.jsonl").write_text("more")
    (out / "status").mkdir()
    (out / "status/en.html").write_text("a run")
    assert fingerprint(out) == before
    make_release(out, "2026-08", 2)
    later = fingerprint(out)
    assert later != before
    release.point(out, "2026-08", 1)
    assert fingerprint(out) not in (before, later)


def tree_of(target: Path) -> set[str]:
    found = (path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    return {path for path in found if not path.startswith("2026-08/")}


class TestFolder:
    def test_a_site_stands_there_as_here(self, out: Path, tmp_path: Path, make_release: Callable[..., Path]) -> None:
        target = tmp_path / "srv" / "www"
        assert folder.deliver(out, target) == {"sent": 7, "removed": 0}
        assert tree_of(target) == {path for path in SITE if not path.startswith("2026-08/")}
        assert os.readlink(target / "2026-08") == "2026-08.1"
        assert folder.deliver(out, target) == {"kept": 7, "removed": 0}
        make_release(out, "2026-08", 2)
        assert folder.deliver(out, target) == {"sent": 5, "kept": 7, "removed": 0}
        assert os.readlink(target / "2026-08") == "2026-08.2"
        assert not list(target.rglob("*.part"))

    def test_what_was_retired_here_goes_there_and_other_editions_stay(
        self, out: Path, tmp_path: Path, make_release: Callable[..., Path]
    ) -> None:
        target = tmp_path / "www"
        make_release(target, "2025-12", 1)  # of another machine
        folder.deliver(out, target)
        make_release(out, "2026-08", 2)
        retire(out, 1)
        assert folder.deliver(out, target)["removed"] == 1
        assert {path.name for path in target.glob("20*")} == {"2025-12", "2025-12.1", "2026-08", "2026-08.2"}

    @pytest.mark.parametrize("inside", [".", "below", ".."])
    def test_never_into_itself(self, out: Path, inside: str) -> None:
        with pytest.raises(FourPillarsError, match="is the site itself"):
            folder.deliver(out, out / inside)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server on this machine."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A client of an empty bucket 'reports'; keys come from the environment, as they do in earnest."""
    import boto3

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret-0123456789")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    client = boto3.client("s3", endpoint_url=s3)
    client.create_bucket(Bucket="reports")
    yield client
    for name in keys(client):
        client.delete_object(Bucket="reports", Key=name)
    client.delete_bucket(Bucket="reports")


def keys(client: Any) -> set[str]:
    return {one["Key"] for one in client.list_objects_v2(Bucket="reports").get("Contents", ())}


def to(s3: str) -> DestinationConfig:
    return DestinationConfig(to="s3://reports/pillars", endpoint=s3)


class TestStore:
    def test_a_site_with_types_and_caching(self, out: Path, s3: str, bucket: Any) -> None:
        assert store.deliver(out, to(s3)) == {"sent": len(SITE), "kept": 0, "removed": 0}
        assert keys(bucket) == {f"pillars/{path}" for path in (*SITE, store.INDEX)}
        about = {
            path: bucket.head_object(Bucket="reports", Key=f"pillars/{path}")
            for path in ("index.html", "assets/site.0a1b2c3d.css", "2026-08.1/en/overview.pdf", "2026-08/manifest.json")
        }
        assert {path: (one["ContentType"], one["CacheControl"]) for path, one in about.items()} == {
            "index.html": ("text/html; charset=utf-8", "no-cache"),
            "assets/site.0a1b2c3d.css": ("text/css; charset=utf-8", "public, max-age=31536000, immutable"),
            "2026-08.1/en/overview.pdf": ("application/pdf", "public, max-age=86400"),
            "2026-08/manifest.json": ("application/json", "no-cache"),
        }
        body = bucket.get_object(Bucket="reports", Key="pillars/2026-08/en/overview.html")["Body"].read()
        assert body == b"2026-08.1 en/overview.html"

    def test_only_what_changed_is_sent_and_the_way_in_last(
        self, out: Path, s3: str, bucket: Any, make_release: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.deliver(out, to(s3))
        assert store.deliver(out, to(s3)) == {"sent": 0, "kept": len(SITE), "removed": 0}
        make_release(out, "2026-08", 2, text="new")
        (out / "index.html").write_text("leads to 2026-08 still")
        order = watch_uploads(monkeypatch)
        # five files of the release; of the edition pages, PDF and manifest (run.json says the same); the front page
        assert store.deliver(out, to(s3))["sent"] == 5 + 4 + 1
        stages = [path.partition("/")[0] for path in order]
        assert stages == ["2026-08.2"] * 5 + ["2026-08"] * 4 + ["index.html"]
        assert order[-2] == "2026-08/en/index.html"

    def test_an_interrupted_delivery_leaves_the_way_in_and_is_taken_up_again(
        self, out: Path, s3: str, bucket: Any, make_release: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.deliver(out, to(s3))
        make_release(out, "2026-08", 2, text="new")
        (out / "index.html").write_text("new front page")
        watch_uploads(monkeypatch, fails="2026-08.2/en/overview.pdf")
        with pytest.raises(OSError, match="out of reach"):
            store.deliver(out, to(s3))
        old = bucket.get_object(Bucket="reports", Key="pillars/2026-08/en/overview.html")["Body"].read()
        front = bucket.get_object(Bucket="reports", Key="pillars/index.html")["Body"].read()
        assert (old, front) == (b"2026-08.1 en/overview.html", b"leads to 2026-08")
        monkeypatch.undo()
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret-0123456789")
        store.deliver(out, to(s3))
        new = bucket.get_object(Bucket="reports", Key="pillars/2026-08/en/overview.html")["Body"].read()
        assert new == b"new"

    def test_a_lost_object_is_sent_again(self, out: Path, s3: str, bucket: Any) -> None:
        store.deliver(out, to(s3))
        bucket.delete_object(Bucket="reports", Key="pillars/2026-08/en/overview.pdf")
        assert store.deliver(out, to(s3))["sent"] == 1

    def test_a_rollback_and_a_retirement_follow(
        self, out: Path, s3: str, bucket: Any, make_release: Callable[..., Path]
    ) -> None:
        for number in (2, 3):
            make_release(out, "2026-08", number)
        (out / "2026-08.3/en/extra.html").write_text("only here")
        store.deliver(out, to(s3))
        assert "pillars/2026-08/en/extra.html" in keys(bucket)
        release.point(out, "2026-08", 1)
        retire(out, 1)  # of 1 (shown), 2 and 3 (the latest): 2 goes
        assert store.deliver(out, to(s3))["removed"] == 6
        there = keys(bucket)
        assert "pillars/2026-08/en/extra.html" not in there
        assert {path.split("/")[1] for path in there} == {
            "2026-08", "2026-08.1", "2026-08.3", "assets", "index.html", store.INDEX,
        }  # fmt: skip

    def test_another_sites_release_is_never_replaced(
        self, out: Path, s3: str, bucket: Any, tmp_path: Path, make_release: Callable[..., Path]
    ) -> None:
        store.deliver(out, to(s3))
        fresh = tmp_path / "fresh"
        make_release(fresh, "2026-08", 1, text="made anew on another machine")
        with pytest.raises(FourPillarsError, match="holds another release"):
            store.deliver(fresh, to(s3))
        body = bucket.get_object(Bucket="reports", Key="pillars/2026-08.1/en/overview.html")["Body"].read()
        assert body == b"2026-08.1 en/overview.html"


def watch_uploads(monkeypatch: pytest.MonkeyPatch, fails: str = "") -> list[str]:
    """Return the list in which paths appear as they are uploaded; one of them may fail."""
    from s3fs import S3FileSystem

    order: list[str] = []
    put = S3FileSystem.put_file

    def put_file(self: S3FileSystem, source: str, target: str, **more: Any) -> None:
        path = target.removeprefix("reports/pillars/")
        if path == fails:
            raise OSError("out of reach")
        put(self, source, target, **more)
        order.append(path)

    monkeypatch.setattr(S3FileSystem, "put_file", put_file)
    return order


class TestRsync:
    def test_the_command_is_a_list_that_ends_in_two_places(self, out: Path) -> None:
        first, last = rsync.commands("/usr/bin/rsync", out, "rsync:web:/srv/$(id)/a b")
        assert first[-3:] == last[-3:] == ["--", f"{out}/", "web:/srv/$(id)/a b/"]
        assert "--exclude=/*.html" in first
        assert "--exclude=/*.html" not in last
        assert {"--exclude=.*", "--exclude=/failed", "--exclude=/preview"} <= set(last)

    def test_a_site_goes_to_a_folder(self, out: Path, tmp_path: Path, make_release: Callable[..., Path]) -> None:
        if shutil.which("rsync") is None:
            pytest.skip("rsync is not installed")
        target = tmp_path / "a place"
        target.mkdir()
        assert rsync.deliver(out, f"rsync:{target}") == {"sent": 7}
        assert tree_of(target) == {path for path in SITE if not path.startswith("2026-08/")}
        assert os.readlink(target / "2026-08") == "2026-08.1"
        make_release(out, "2026-08", 2)
        assert rsync.deliver(out, f"rsync:{target}")["sent"] >= 5
        assert os.readlink(target / "2026-08") == "2026-08.2"
        with pytest.raises(FourPillarsError, match="rsync failed"):
            rsync.deliver(out, f"rsync:{tmp_path}/none/below/there")

    def test_without_rsync_it_says_so(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(FourPillarsError, match="no rsync"):
            rsync.deliver(out, "rsync:/srv")


@pytest.mark.parametrize(
    "address", ["s3://key:secret@bucket/site", "rsync:-oProxyCommand=id:/x", "-x", "s3://bucket/\n", ""]
)
def test_an_address_with_a_password_or_an_option_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        DestinationConfig(to=address)


def test_only_destinations_that_lack_something_are_brought_it(
    out: Path, tmp_path: Path, make_release: Callable[..., Path]
) -> None:
    there, lost = DestinationConfig(to=str(tmp_path / "www")), DestinationConfig(to=str(tmp_path / "file" / "www"))
    (tmp_path / "file").write_text("no folder")
    first = deliver(out, [there, lost], tmp_path)
    assert [bool(one.error) for one in first] == [False, True]
    assert "NotADirectoryError" in first[1].error
    assert [one.to for one in deliver(out, [there, lost], tmp_path)] == [lost.to]  # until it succeeds
    (tmp_path / "file").unlink()
    assert [(one.to, one.sent) for one in deliver(out, [there, lost], tmp_path)] == [(lost.to, 7)]
    assert deliver(out, [there, lost], tmp_path) == []
    assert set(delivered(out).values()) == {fingerprint(out)}


def test_a_rollback_reaches_the_destination(
    project: Path, edit: Callable[..., None], tmp_path: Path, make_release: Callable[..., Path]
) -> None:
    edit("reports/edition.yml", "title: {en: Tiny", f"destinations: [{{to: {tmp_path / 'www'}}}]\ntitle: {{en: Tiny")
    place = Place.of(project, None)
    for number in (1, 2):
        make_release(place.out, "2026-08", number)
    assert deliver_and_tell(project, None, ()).exit_code == 0
    assert roll_back_and_tell(project, None, "2026-08").exit_code == 0
    assert os.readlink(tmp_path / "www" / "2026-08") == "2026-08.1"
    shutil.rmtree(tmp_path / "www")
    (tmp_path / "www").write_text("in the way")
    done = deliver_and_tell(project, None, ())
    assert (done.exit_code, done.run.state) == (1, "undelivered")
    assert [run.state for run in history.read(place.out)] == ["delivered", "rolled back", "undelivered"]


def test_hashes_of_linked_files_are_read_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(tree, "file_sha256", lambda path: read.append(path) or "0")
    os.link(out / "2026-08.1/en/overview.pdf", out / "2026-08.1/en/same.pdf")
    hashes = tree.Hashes()
    assert {hashes.of(out / f"2026-08.1/en/{name}.pdf") for name in ("overview", "same")} == {"0"}
    assert len(read) == 1
