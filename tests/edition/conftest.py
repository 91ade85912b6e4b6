"""Whole editions, built once for all test processes: the subject of the tests in this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from fourpillars.catalogue.project import find_project
from fourpillars.editions.manifest import Manifest, read_manifest
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import publish

LATEST, EARLIER = "2026-08", "2023-11"
LANGUAGES = {LATEST: ("en", "zh"), EARLIER: ("zh",)}  # half of the earlier one: it takes minutes


class _Silent:
    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a site with every report of two editions, by the embedded renderer.

    FOURPILLARS_SITE names one that is built already.
    """
    if built := os.environ.get("FOURPILLARS_SITE"):
        return Path(built)
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    out, done = shared / "site", shared / "site.done"
    with FileLock(shared / "site.lock"):
        if not done.exists():
            for edition in (EARLIER, LATEST):
                outcome = publish(_request(out, edition), _Silent())
                assert [failure.key for failure in outcome.failures] == []
            done.touch()
    return out


def _request(out: Path, edition: str) -> Request:
    return Request(
        project=find_project().root, edition=edition, languages=LANGUAGES[edition], renderer="embedded", out=out,
        jobs=os.cpu_count() or 1,
    )  # fmt: skip


@pytest.fixture(scope="session", params=[LATEST, EARLIER])
def edition(site: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of an edition."""
    return site / request.param


@pytest.fixture(scope="session")
def manifest(edition: Path) -> Manifest:
    """The manifest of an edition."""
    return read_manifest(edition)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[object]:
    """A headless Chromium that asks for nothing of its own; ended with its file, as Playwright runs one at a time."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield launched
        launched.close()
