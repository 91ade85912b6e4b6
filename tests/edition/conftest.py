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
EVERY = bool(os.environ.get("FOURPILLARS_EVERY_PAGE"))
SAMPLE = (
    ("overview", "growth", "method", "comparison/regions", "industry/C31", "industry/C41", "region/440000")
    if not EVERY
    else ()
)  # fmt: skip
"""Of the earlier edition, a preview of one report or two of each kind: the whole takes minutes."""


class _Silent:
    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, stage: str, key: str, failed: bool = False) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a site with an edition whole and an earlier one in samples, by the embedded renderer.

    FOURPILLARS_SITE names one that is built already.
    """
    if built := os.environ.get("FOURPILLARS_SITE"):
        return Path(built)
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    out, done = shared / "site", shared / "site.done"
    with FileLock(shared / "site.lock"):
        if not done.exists():
            for edition, only in ((EARLIER, SAMPLE), (LATEST, ())):
                outcome = publish(_request(out, edition, only), _Silent())
                assert [failure.key for failure in outcome.failures] == []
            done.touch()
    return out


def _request(out: Path, edition: str, only: tuple[str, ...]) -> Request:
    root, jobs = find_project().root, os.cpu_count() or 1
    return Request(project=root, edition=edition, only=only, renderer="embedded", out=out, jobs=jobs)


@pytest.fixture(scope="session", params=[LATEST, EARLIER])
def edition(site: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of an edition, or of its preview."""
    return next(path for path in (site / request.param, site / "preview" / request.param) if path.exists())


@pytest.fixture(scope="session")
def manifest(edition: Path) -> Manifest:
    """The manifest of an edition."""
    return read_manifest(edition)


@pytest.fixture
def whole(manifest: Manifest) -> None:
    """For what a preview does not have."""
    if manifest.preview:
        pytest.skip("a preview has none; FOURPILLARS_EVERY_PAGE builds the earlier edition whole")


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
