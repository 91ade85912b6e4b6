"""Publish an edition: plan it, build what has changed, put a complete release in place of the one before."""

from __future__ import annotations

import errno
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions import cache, finished, release
from fourpillars.editions import failures as failed
from fourpillars.editions.failures import DiskFull
from fourpillars.editions.inputs import files_below
from fourpillars.editions.lock import publishing
from fourpillars.editions.manifest import Manifest, write_manifest
from fourpillars.editions.measure import Meter
from fourpillars.editions.outcome import Outcome, of_build, write_run
from fourpillars.editions.prepare import Prepared, Request, digest_of_files, prepare
from fourpillars.editions.retention import rolled_back_from
from fourpillars.editions.run.semaphores import sweep_semaphores
from fourpillars.editions.sbom import NAME as SBOM
from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from fourpillars.editions.build import Watcher


def publish(request: Request, watch: Watcher, started: Callable[[], None] = lambda: None) -> Outcome:
    """Publish an edition as asked for; readers have the release before until the new one is complete.

    Parameters
    ----------
    request : Request
        What to publish, and where.
    watch : Watcher
        Who is told how far it has come.
    started : callable
        Called when the request stands, before anything is written.

    Raises
    ------
    FourPillarsError
        If the request is refused, another run is publishing, or the disk is full or must not be written.
        Nothing readers have has changed then.
    """
    ready = prepare(request)
    started()
    return _publish(ready, watch)


def _publish(ready: Prepared, watch: Watcher) -> Outcome:
    request = ready.request
    if request.if_new and not ready.plan.to_build and not ready.plan.preview and _is_complete(ready):
        return _unchanged(ready)
    if request.if_new and rolled_back_from(ready):
        return replace(_unchanged(ready), state="held")
    try:
        with publishing(ready.out), Meter() as meter, _ended_by_signals():
            _sweep(ready)
            ready = _planned_again_if_published_meanwhile(ready)
            if not ready.plan.to_build and not ready.plan.preview:
                return _completed(ready)
            with release.build_folder(ready.out) as folder:
                return _build_and_release(ready, folder, meter, watch)
    except (DiskFull, OSError) as error:
        raise _about_the_disk(error, ready.out) from error


def _sweep(ready: Prepared) -> None:
    """Remove what runs that were killed have left behind."""
    release.sweep(ready.out)
    cache.sweep(ready.cache)
    cache.sweep(cache.user_folder())
    sweep_semaphores()


def _build_and_release(ready: Prepared, folder: Path, meter: Meter, watch: Watcher) -> Outcome:
    from fourpillars.editions.assemble import assemble
    from fourpillars.editions.build import build_pages

    number = release.next_number(ready.out, ready.edition)
    built = build_pages(ready, folder, number, meter, watch)
    _refuse_changed_statistics(ready)
    failures = tuple(failed.keep(built.failures, ready.out / "failed" / ready.edition))
    if failures and not ready.request.allow_missing:
        outcome = of_build("failed", ready, built, failures, ready.out / ready.edition, meter)
        write_run(ready.out / "failed" / ready.edition, outcome)
        return outcome
    with meter.stage("assemble"):
        manifest = assemble(ready, built, failures, folder / "tree")
    with meter.stage("put in place"):
        state, where = _put_in_place(ready, manifest, folder / "tree")
    outcome = of_build(
        state, ready, built, failures, where, meter, manifest.release if state == "published" else number - 1
    )
    write_run(where, outcome)
    return outcome


def _refuse_changed_statistics(ready: Prepared) -> None:
    """Refuse to publish pages of which some may have read other files than the rest, and do not keep them.

    Raises
    ------
    FourPillarsError
        If a file of the statistics was changed since the edition was planned.
    """
    if digest_of_files(ready.project, ready.config) == ready.statistics["files"]:
        return
    for parts in finished.parts_files(ready):
        parts.unlink(missing_ok=True)
    for item in ready.plan.to_build:
        finished.record_file(item, ready).unlink(missing_ok=True)
    raise FourPillarsError(
        "The statistics in data/observations changed while the edition was being built.",
        "The published edition is untouched. Publish again, once they stay as they are.",
    )


def _put_in_place(ready: Prepared, manifest: Manifest, tree: Path) -> tuple[str, Path]:
    """Give readers the new release with its manifest; where it says what the one before said, only the manifest
    is brought up to date."""
    if manifest.preview:
        write_manifest(manifest, tree)
        return "preview", release.put_preview(tree, ready.out, ready.edition)
    published = ready.plan.published
    if published is not None and manifest.contents() == published.contents():
        folder = (ready.out / ready.edition).resolve()
        (tree / SBOM).replace(folder / SBOM)
        write_manifest(replace(manifest, release=published.release, correction=published.correction), folder)
        release.link_files([f"data/{name}" for name in files_below(tree / "data", ignored=())], tree, folder)
        _write_way_in(ready)
        return "same", folder
    write_manifest(manifest, tree)
    folder = release.put_in_place(tree, ready.out, ready.edition, manifest.release)
    _write_way_in(ready)
    return "published", folder


def _write_way_in(ready: Prepared) -> None:
    from fourpillars.editions.site import write_way_in

    write_way_in(ready.out, ready.project, ready.config)


def _planned_again_if_published_meanwhile(ready: Prepared) -> Prepared:
    now = release.published(ready.out, ready.edition)[1]
    return ready if ready.plan.preview or now == ready.plan.published else prepare(ready.request)


def _is_complete(ready: Prepared) -> bool:
    """Say whether the run that published the release came to its end: it writes `run.json` last."""
    return (ready.out / ready.edition / "run.json").is_file()


def _completed(ready: Prepared) -> Outcome:
    """Leave the release as it is, and finish what a run that was killed just after the switch left undone."""
    outcome = _unchanged(ready)
    if not _is_complete(ready):
        _write_way_in(ready)
        write_run(outcome.folder, replace(outcome, state="published"))
    return outcome


def _unchanged(ready: Prepared) -> Outcome:
    manifest = ready.plan.published
    folder = (ready.out / ready.edition).resolve()
    return Outcome(
        "unchanged",
        ready.edition,
        folder,
        manifest.release,
        0,
        len(manifest.documents),
        renderer=ready.renderer.identity,
    )


def _about_the_disk(error: OSError | DiskFull, out: Path) -> Exception:
    """Return what to tell the publisher where the disk is full or must not be written; other errors as they
    are."""
    untouched = "The published edition is untouched."
    number = errno.ENOSPC if isinstance(error, DiskFull) else error.errno
    if number in (errno.ENOSPC, errno.EDQUOT):
        free = shutil.disk_usage(out).free // 2**20
        return FourPillarsError(
            f"The disk that holds {out} is full ({free} MB free).", f"Make room and try again. {untouched}"
        )
    if number in (errno.EROFS, errno.EACCES, errno.EPERM):
        return FourPillarsError(f"{error.filename or out} cannot be written: {error.strerror}.", untouched)
    return error


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Turn the signals that end a process into an exception, so that what is under way is cleared away."""

    def end(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    endings = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    in_main = threading.current_thread() is threading.main_thread()
    before = {number: signal.signal(number, end) for number in endings} if in_main else {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
