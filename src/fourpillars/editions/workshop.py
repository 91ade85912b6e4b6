"""What a Dask worker keeps from page to page: the unpacked project, and a warm process that has it loaded."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from fourpillars.editions.cluster import RemotePage, RemoteResult
from fourpillars.editions.page_task import PageTask
from fourpillars.editions.pages import build_page
from fourpillars.editions.run.failure import ReportFailure
from fourpillars.editions.run.job import ReportJob
from fourpillars.editions.run.warm import WarmExecutor
from fourpillars.errors import FourPillarsError

_one_page_at_a_time = threading.Lock()  # V8, pandoc and Typst are one each a process
_open: dict[str, Workshop] = {}


class Workshop:
    """A folder with the project in it, and an executor that has loaded what its reports share."""

    def __init__(self, page: RemotePage) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fourpillars-worker-"))
        self.root = self.folder / "project"
        _unpack(page.inputs, self.root)
        from fourpillars.editions.preload import warm_up

        environment = {"FOURPILLARS_HOME": str(self.root), "FOURPILLARS_STATIC": "1"}
        self.executor = WarmExecutor(1, partial(warm_up, page.edition, str(self.root)), environment=environment)
        self.executor.start()

    def build(self, page: RemotePage) -> ReportFailure | RemoteResult:
        """Run and render a page, and put its files into the shared place."""
        task = self._at_home(page.task)
        job = ReportJob(task.key, self.root / page.notebook, page.parameters, task.executed)
        try:
            run = self.executor.submit(job).result()
        except ReportFailure as failure:
            failure.part_run = None  # it lies on this machine
            return failure
        try:
            result = build_page(task)
            _put(task.tree, page.outputs)
        finally:
            for folder in (task.tree, task.executed.parent, task.copy.parent):
                shutil.rmtree(folder, ignore_errors=True)
        return RemoteResult(result, run.reads, run.seconds)

    def close(self) -> None:
        """End the warm process and remove the folder."""
        self.executor.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _at_home(self, task: PageTask) -> PageTask:
        return replace(
            task,
            executed=self.folder / "executed" / f"{task.key}.ipynb",
            copy=self.folder / "copies" / f"{task.key}.ipynb",
            tree=self.folder / "tree",
            reports=self.root / "reports",
        )


def build_remote_page(page: RemotePage) -> ReportFailure | RemoteResult:
    """Build a page in this worker.

    Raises
    ------
    FourPillarsError
        If this worker has another version of the package than the publisher.
    """
    from fourpillars.editions.imports import package_digest

    if package_digest() != page.code:
        raise FourPillarsError(
            "A Dask worker has another version of fourpillars than the publisher.",
            "Install the same version there, and start the worker again.",
        )
    with _one_page_at_a_time:
        if page.inputs not in _open:
            _close_all()
            _open[page.inputs] = Workshop(page)
        return _open[page.inputs].build(page)


def clear_away() -> None:
    """Leave nothing of an edition in this worker."""
    with _one_page_at_a_time:
        _close_all()


@atexit.register
def _close_all() -> None:
    while _open:
        _open.popitem()[1].close()


def _unpack(url: str, into: Path) -> None:
    import fsspec

    with fsspec.open(url, "rb") as file, zipfile.ZipFile(file) as archive:
        archive.extractall(into)


def _put(tree: Path, url: str) -> None:
    import fsspec

    files, folder = fsspec.core.url_to_fs(url)
    for path in sorted(path for path in tree.rglob("*") if path.is_file()):
        target = f"{folder}/{path.relative_to(tree).as_posix()}"
        files.makedirs(target.rpartition("/")[0], exist_ok=True)
        files.put_file(str(path), target)
