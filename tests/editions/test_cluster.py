"""The tiny project on a cluster of two Dask workers, started as docs/cluster.md says: the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fourpillars.cli.progress import Progress
from fourpillars.editions.manifest import read_manifest
from fourpillars.editions.outcome import Outcome
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import publish
from fourpillars.errors import FourPillarsError


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers on this machine."""
    folder = tmp_path_factory.mktemp("cluster")
    known = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    start = [
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
         "--scheduler-file", str(known)],
        [*dask, "worker", "--scheduler-file", str(known), "--host", "127.0.0.1", "--nworkers", "2",
         "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)],
    ]  # fmt: skip
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (folder / "said.log").open("w") as said:
        running = [
            subprocess.Popen(command, stdout=said, stderr=said, env=environment, start_new_session=True)
            for command in start
        ]
        try:
            yield _address(known)
        finally:
            for process in reversed(running):
                process.send_signal(signal.SIGINT)
            for process in reversed(running):
                process.wait(timeout=30)
    assert not list(folder.glob("fourpillars-*"))  # the workers left nothing


def _address(known: Path) -> str:
    from distributed import Client

    end = time.monotonic() + 60
    while not known.exists():
        assert time.monotonic() < end, "the scheduler did not start"
        time.sleep(0.1)
    address = json.loads(known.read_text())["address"]
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    return address


def documents(folder: Path) -> dict[str, str]:
    """Return the hash of every document, of the data, and of the manifest."""
    found = [folder / "manifest.json"]
    for entry in read_manifest(folder).documents:
        found += [folder / entry.path, folder / f"data/{entry.lang}/{entry.slug}.json.gz"]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def go(project: Path, scheduler: str, **asked: object) -> Outcome:
    request = Request(
        project=project,
        executor="dask",
        scheduler=scheduler,
        shared=f"file://{project}/shared place",
        **asked,
    )
    return publish(request, Progress(quiet=True))


def test_two_workers_build_the_same_bytes(project: Path, first_site: Path, scheduler: str) -> None:
    outcome = go(project, scheduler)
    assert (outcome.state, outcome.built) == ("published", 12)
    assert documents(project / "reports/site/2026-08") == documents(first_site / "2026-08")
    assert not (project / "shared place").exists()
    assert go(project, scheduler).state == "unchanged"


def test_a_failing_report_is_named(project: Path, first_site: Path, scheduler: str, edit) -> None:
    edit("notebooks/tiny.ipynb", "import pandas as pd", "1 / 0")
    outcome = go(project, scheduler, allow_missing=True)
    assert sorted(failure.key for failure in outcome.failures) == ["en/overview", "zh/overview"]
    assert outcome.failures[0].cause == "ZeroDivisionError: division by zero"
    assert len(read_manifest(project / "reports/site/2026-08").missing) == 4


def test_a_scheduler_that_is_not_there_is_named(project: Path) -> None:
    with pytest.raises(FourPillarsError, match="No Dask scheduler answers"):
        go(project, "tcp://127.0.0.1:9")


def test_an_executor_needs_its_scheduler(project: Path) -> None:
    with pytest.raises(FourPillarsError, match="go together"):
        publish(Request(project=project, executor="dask"), Progress(quiet=True))
