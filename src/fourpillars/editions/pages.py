"""One page in a long-lived render worker: executed notebook → charts → copy in one language → HTML, PDF and
data."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions.cache import link, write_json
from fourpillars.editions.inputs import digest
from fourpillars.editions.page_task import PageTask
from fourpillars.editions.render.page import METHOD, PageContext
from fourpillars.editions.revisions import mark, write_revisions
from fourpillars.editions.shown import write_shown
from fourpillars.editions.uncollected import uncollected

if TYPE_CHECKING:
    from fourpillars.editions.run.how_made import Method
    from fourpillars.editions.run.kept_charts import KeptCharts

SUMMARY = ("id", "kind", "title", "sources", "periods")


@dataclass(frozen=True)
class PageResult:
    """What came of a page: what it showed, which formats are as they were published, and its exhibits."""

    key: str
    content: dict[str, str]
    unchanged: tuple[str, ...]
    exhibits: list[dict[str, Any]]
    seconds: dict[str, float]
    peak_memory: int
    dropped: tuple[str, ...] = ()
    shown: str = ""
    revised: bool = False
    rendered: int = 0
    error: str = ""
    disk: bool = False

    @property
    def charts(self) -> int:
        """How many charts the page shows."""
        return sum(exhibit["kind"] == "chart" for exhibit in self.exhibits)


def build_page(task: PageTask) -> PageResult:
    """Make the copy and the data of a page and, unless it would come out as published, the page itself.

    Errors come back in the result: one page must not end the worker.
    """
    clock = _Clock()
    try:
        with uncollected():
            return _build(task, clock)
    except OSError as error:
        return _failed(task, clock, error, disk=error.errno in (28, 122, 30))
    except Exception as error:
        return _failed(task, clock, error)


def charts_ahead(task: PageTask, seconds: float) -> None:
    """Compile a page's charts while its notebook runs, so many seconds at most."""
    from fourpillars.editions.run.charts_ahead import compile_ahead

    kept = _kept_charts(task)
    compile_ahead(task.charts, kept.read() if kept else {}, seconds)


def _build(task: PageTask, clock: _Clock) -> PageResult:
    from fourpillars.editions.run.executed import dropped_outputs, read_executed, read_exhibits, shown

    with clock("read"):
        executed = read_executed(task.executed)
        exhibits = read_exhibits(executed)
        seen = digest([shown(executed), task.context.lang, task.context.title, task.description])
        revised = task.revised(exhibits)
        content = {format: task.content(seen, revised, format) for format in task.formats}
        _write_data(task, exhibits, seen)
        write_revisions(task.tree / task.revisions_path, revised)
        mark(exhibits, revised)
    wanted = tuple(format for format in task.formats if not _is_there(task, format, content[format]))
    if wanted or not task.embedded:
        _make(task, executed, wanted, content, clock)
    unchanged = tuple(format for format in task.formats if task.unchanged(format, content[format]))
    summary = [{name: exhibit[name] for name in SUMMARY} for exhibit in exhibits]
    dropped = dropped_outputs(executed)
    told = {"dropped": dropped, "shown": seen, "rendered": len(wanted), "revised": bool(revised)}
    result = PageResult(task.key, content, unchanged, summary, clock.seconds, _peak_memory(), **told)
    note_finished(task, result)
    return result


def note_finished(task: PageTask, result: PageResult) -> None:
    """Note what a page showed, once its documents are in the cache: a run that is killed now has it done."""
    if task.record is not None and not result.error:
        told = {
            "shown": result.shown,
            "reads": list(task.reads),
            "exhibits": result.exhibits,
            "dropped": list(result.dropped),
        }
        write_json(task.record, told)


def _is_there(task: PageTask, format: str, content: str) -> bool:
    """Say whether a document need not be rendered: it is published so, or was finished by an earlier run."""
    if task.again or not task.embedded:
        return False
    finished = task.finished(format, content)
    return task.unchanged(format, content) or (finished is not None and link(finished, task.tree / task.path(format)))


def _make(task: PageTask, executed: Any, formats: tuple[str, ...], content: dict[str, str], clock: _Clock) -> None:
    from fourpillars.editions.run.prepare import prepare

    with clock("charts and copy"):
        prepared = prepare(
            executed,
            task.context.lang,
            title=task.context.title,
            description=task.description,
            data=task.context.data_csv.removesuffix(".csv"),
            method=_method(task.context),
            commentary=_commentary(task),
            kept=_kept_charts(task),
        )
    if not task.embedded:
        _write_copy(task, prepared.notebook)
        return
    contexts = {format: task.of_release(format, content[format]) for format in formats}
    with clock("page and PDF"):
        for release in sorted({page.release for page in contexts.values()}):
            same = tuple(format for format in formats if contexts[format].release == release)
            _render(task, prepared.notebook, contexts[same[0]], same)
    for format in formats:
        if (finished := task.finished(format, content[format])) is not None:
            link(task.tree / task.path(format), finished)


def _write_copy(task: PageTask, copy: Any) -> None:
    import nbformat

    task.copy.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(_closed(copy, task.context, task.reports), task.copy)


def _closed(copy: Any, page: PageContext, reports: Path | None) -> Any:
    from fourpillars.editions.colophon import with_colophon
    from fourpillars.editions.render.words import load_words

    return with_colophon(copy, page, load_words(reports, page.lang)) if reports else copy


def _method(page: PageContext) -> Method | None:
    """Return where the method report is, as seen from a page; None on that report itself."""
    from fourpillars.editions.run.how_made import Method

    title = {slug: label for group in page.navigation for slug, label in group.reports}.get(METHOD)
    if title is None or page.slug == METHOD:
        return None
    whole = f"{page.site_address}{page.edition}/{page.lang}/{METHOD}.html" if page.site_address else ""
    return Method(title, page.method, whole)


def _commentary(task: PageTask) -> str:
    from fourpillars.editions.run.commentary import read_commentary

    page = task.context
    return read_commentary(task.reports, page.edition, page.lang, page.slug) if task.reports else ""


def _kept_charts(task: PageTask) -> KeptCharts | None:
    from fourpillars.editions.run.kept_charts import KeptCharts

    if task.cache is None:
        return None
    path = task.cache / "charts" / f"{digest([task.context.edition, task.key])}.json.z"
    return KeptCharts(path, task.site, task.again)


def _write_data(task: PageTask, exhibits: Sequence[dict[str, Any]], seen: str) -> None:
    path = task.tree / task.data_path
    page = task.context
    about = {"edition": page.edition, "lang": page.lang, "slug": page.slug, "title": page.title}
    write_shown(path, about, exhibits)
    if (finished := task.finished_data(seen)) is not None:
        link(path, finished)


def _render(task: PageTask, copy: Any, page: PageContext, formats: tuple[str, ...]) -> None:
    from fourpillars.editions.render import embedded

    into = {format: task.tree / task.path(format) for format in formats}
    copy = _closed(copy, page, task.reports)
    embedded.render(copy, page=page, html=into.get("html"), pdf=into.get("pdf"), reports=task.reports)


def _failed(task: PageTask, clock: _Clock, error: Exception, disk: bool = False) -> PageResult:
    said = " ".join(str(error).split()) or type(error).__name__
    kind = "" if type(error).__name__ == "FourPillarsError" else f"{type(error).__name__}: "
    return PageResult(task.key, {}, (), [], clock.seconds, _peak_memory(), error=f"{kind}{said}"[:2000], disk=disk)


def _peak_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
