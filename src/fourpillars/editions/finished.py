"""Pages an earlier run has finished of the same inputs: an interrupted publication goes on where it was."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from fourpillars import exhibits
from fourpillars.editions import cache
from fourpillars.editions.imports import code_digest
from fourpillars.editions.inputs import FILES, digest

if TYPE_CHECKING:
    from fourpillars.editions.page_task import PageTask
    from fourpillars.editions.pages import PageResult
    from fourpillars.editions.plan import PlannedPage
    from fourpillars.editions.prepare import Prepared


def noted(item: PlannedPage, ready: Prepared) -> bool:
    """Say whether an earlier run has finished a page of the same inputs."""
    return not ready.request.force and record_file(item, ready).is_file()


def restore(item: PlannedPage, task: PageTask, ready: Prepared) -> tuple[PageResult, tuple[str, ...]] | None:
    """Put a finished page into the tree, with its data; None where anything of it is missing."""
    from fourpillars.editions.pages import PageResult
    from fourpillars.editions.revisions import write_revisions
    from fourpillars.editions.shown import read_shown

    found = cache.read_json(record_file(item, ready))
    if not found or task.cache is None:
        return None
    data = task.finished_data(found["shown"])
    if not data.is_file():
        return None
    revised = task.revised(read_shown(data)) if task.before else {}
    content = {format: task.content(found["shown"], revised, format) for format in task.formats}
    unchanged = tuple(format for format in task.formats if task.unchanged(format, content[format]))
    for format in task.formats:
        into = task.tree / task.path(format)
        if format not in unchanged and not cache.link(task.finished(format, content[format]), into):
            return None
    if not cache.link(data, task.tree / task.data_path):
        return None
    write_revisions(task.tree / task.revisions_path, revised)
    told = {"shown": found["shown"], "revised": bool(revised)}
    result = PageResult(task.key, content, unchanged, found["exhibits"], {}, 0, tuple(found["dropped"]), **told)
    return result, tuple(found["reads"])


def parts_files(ready: Prepared) -> tuple[Path, Path]:
    """Return the user's files of the parts that all reports share, named by what they are made of: those of an
    edition's knowledge, and with them those that any of the exhibits adds."""
    names = ("catalogue", "targets", "environment")
    told = [ready.edition, ready.observed[FILES], *(ready.inputs[name] for name in names)]
    knowledge = ["fourpillars.exhibits.snapshots", "fourpillars.editions.followed"]
    every = [*knowledge, *(f"{exhibits.__name__}.{module.name}" for module in iter_modules(exhibits.__path__))]
    folder = cache.user_folder() / "parts"
    return tuple(folder / f"{digest([*told, code_digest(code)])}.pickle" for code in (knowledge, every))


def record_file(item: PlannedPage, ready: Prepared) -> Path:
    """Return the file that says a page of these inputs is finished."""
    told = [item.page.key, ready.edition, item.inputs, ready.observed[FILES]]
    return ready.cache / "pages" / f"{digest(told)}.json"
