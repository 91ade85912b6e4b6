"""An edition on a Dask cluster: the same plan, the same pages; inputs and outputs go through a shared place.

The publisher packs the project into one file named by its content, in a folder or an object store that the
workers reach too. A worker unpacks it once, keeps a warm process as the publisher would, and builds a page
a task. Finished documents come back the same way and go into the release as if they had been built here.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions.cache import link
from fourpillars.editions.page_task import PageTask
from fourpillars.editions.pages import PageResult
from fourpillars.editions.plan import PlannedPage
from fourpillars.editions.run.failure import ReportFailure
from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from fourpillars.editions.prepare import Prepared

PACKED = ("data", "notebooks", "reports")
_LEFT_OUT = {"site", "__pycache__", ".ipynb_checkpoints"}


@dataclass(frozen=True)
class RemotePage:
    """A page for a worker: what to run, how to render it, where its inputs and outputs lie.

    `code` is the digest of this package: a worker that has another version must not build the page.
    """

    task: PageTask
    notebook: str
    parameters: Mapping[str, Any]
    edition: str
    inputs: str
    outputs: str
    code: str


@dataclass(frozen=True)
class RemoteResult:
    """A page a worker has built."""

    page: PageResult
    reads: tuple[str, ...]
    seconds: float


def build_on_cluster(
    planned: Mapping[str, PlannedPage], tasks: Mapping[str, PageTask], ready: Prepared
) -> Iterator[ReportFailure | RemoteResult]:
    """Build pages on the cluster and yield each one's outcome as it comes, its files in the tree.

    Raises
    ------
    FourPillarsError
        If the scheduler cannot be reached, it has no workers, or they have another version of this package.
    """
    from distributed import as_completed

    from fourpillars.editions.imports import package_digest

    shared = ready.request.shared or str(ready.out / ".shared")
    with _client(ready.request.scheduler) as client, _exchanged(ready, shared) as (inputs, outputs):
        pages = {
            key: RemotePage(
                task=replace(tasks[key], cache=None, record=None),
                notebook=ready.project.relative(item.page.report.notebook),
                parameters=item.page.parameters(ready.edition),
                edition=ready.edition,
                inputs=inputs,
                outputs=f"{outputs}/{key}",
                code=package_digest(),
            )
            for key, item in planned.items()
        }
        futures = client.map(_on_worker(), list(pages.values()), retries=1, pure=False)
        try:
            for future in as_completed(futures, loop=client.loop):
                outcome = future.result()
                if isinstance(outcome, RemoteResult):
                    _collect(tasks[outcome.page.key], outcome.page, f"{outputs}/{outcome.page.key}")
                yield outcome
        finally:
            client.cancel(futures)
            client.run(_clear())


def _on_worker() -> Any:
    from fourpillars.editions.workshop import build_remote_page

    return build_remote_page


def _clear() -> Any:
    from fourpillars.editions.workshop import clear_away

    return clear_away


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    from distributed import Client

    try:
        client = Client(scheduler, timeout=15, set_as_default=False)
    except (OSError, ValueError) as error:
        raise FourPillarsError(
            f"No Dask scheduler answers at {scheduler!r}.",
            "Start one: `dask scheduler`; docs/cluster.md says how.",
        ) from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise FourPillarsError(
                f"The Dask cluster at {scheduler} has no workers.",
                f"Start some: `dask worker {scheduler} --nthreads 1`.",
            )
        yield client


@contextmanager
def _exchanged(ready: Prepared, shared: str) -> Iterator[tuple[str, str]]:
    """Put the project where the workers find it; take away at the end what only this run needed."""
    import fsspec

    files, root = fsspec.core.url_to_fs(shared)
    with tempfile.TemporaryDirectory(prefix="fourpillars-pack-") as folder:
        packed = _pack(ready.project.root, Path(folder) / "project.zip")
        name = hashlib.sha256(packed.read_bytes()).hexdigest()[:16]
        inputs, outputs = f"{root}/project-{name}.zip", f"{root}/pages-{name}"
        files.makedirs(root, exist_ok=True)
        files.put_file(str(packed), inputs)
    try:
        yield files.unstrip_protocol(inputs), files.unstrip_protocol(outputs)
    finally:
        for path in (inputs, outputs):
            if files.exists(path):
                files.rm(path, recursive=True)
        if files.isdir(root) and not files.ls(root):
            files.rmdir(root)


def _pack(root: Path, into: Path) -> Path:
    """Pack the project's files, the same bytes for the same files."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(path for name in PACKED for path in (root / name).rglob("*")):
            inside = path.relative_to(root)
            hidden = any(part in _LEFT_OUT or part.startswith(".") for part in inside.parts)
            if path.is_file() and not hidden:
                archive.writestr(zipfile.ZipInfo(inside.as_posix()), path.read_bytes())
    return into


def _collect(task: PageTask, result: PageResult, outputs: str) -> None:
    """Bring a page's files into the tree and, as those built here, into the cache."""
    import fsspec

    files, folder = fsspec.core.url_to_fs(outputs)
    places = {
        task.path(format): task.finished(format, result.content[format])
        for format in task.formats
        if task.again or format not in result.unchanged
    }
    places[task.data_path] = task.finished_data(result.shown)
    if result.revised:
        places[task.revisions_path] = None
    for path, kept in places.items() if not result.error else ():
        into = task.tree / path
        into.parent.mkdir(parents=True, exist_ok=True)
        files.get_file(f"{folder}/{path}", str(into))
        if kept is not None:
            link(into, kept)
