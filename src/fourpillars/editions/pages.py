"""One page in a long-lived render worker: executed notebook → charts → copy in one language → HTML, PDF and
data."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from fourpillars.editions.inputs import digest, file_sha256
from fourpillars.editions.render.page import PageContext

SUMMARY = ("id", "kind", "title", "sources", "periods")


@dataclass(frozen=True)
class PageTask:
    """A page to render: where it comes from, where it goes, what stands around it.

    `site` is the digest of what all pages share (renderer, look, environment); `contents` the digests by
    format of what the published page was rendered from. A page that would be rendered from the same is not.
    """

    key: str
    context: PageContext
    description: str
    executed: Path
    copy: Path
    tree: Path
    formats: tuple[str, ...]
    site: str
    contents: dict[str, str] = field(default_factory=dict)
    embedded: bool = True
    reports: Path | None = None

    def path(self, format: str) -> str:
        """Return the document's path in the release."""
        return f"{self.key}.{format}"

    @property
    def data_path(self) -> str:
        """The path in the release of the page's exhibits as data."""
        return f"data/{self.key}.json"


@dataclass(frozen=True)
class PageResult:
    """What came of a page: which formats are as they were published, and its exhibits."""

    key: str
    content: dict[str, str]
    unchanged: tuple[str, ...]
    exhibits: list[dict[str, Any]]
    seconds: dict[str, float]
    peak_memory: int
    dropped: tuple[str, ...] = ()
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
        return _build(task, clock)
    except OSError as error:
        return _failed(task, clock, error, disk=error.errno in (28, 122, 30))
    except Exception as error:
        return _failed(task, clock, error)


def _build(task: PageTask, clock: _Clock) -> PageResult:
    from fourpillars.editions.run.prepare import prepare

    with clock("charts and copy"):
        copy = prepare(
            task.executed,
            task.context.lang,
            task.copy,
            title=task.context.title,
            description=task.description,
        )
    _write_data(task, copy.exhibits)
    content = {format: _content(task, format) for format in task.formats}
    unchanged = tuple(format for format in task.formats if task.contents.get(format) == content[format])
    if task.embedded:
        _render(task, tuple(format for format in task.formats if format not in unchanged), clock)
    summary = [{name: exhibit[name] for name in SUMMARY} for exhibit in copy.exhibits]
    return PageResult(task.key, content, unchanged, summary, clock.seconds, _peak_memory(), copy.dropped)


def _write_data(task: PageTask, exhibits: Sequence[dict[str, Any]]) -> None:
    path = task.tree / task.data_path
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "edition": task.context.edition,
        "lang": task.context.lang,
        "slug": task.context.slug,
        "title": task.context.title,
        "exhibits": list(exhibits),
    }
    path.write_text(
        json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )


def _content(task: PageTask, format: str) -> str:
    """Return the digest of all a document is rendered from, save the release it is rendered for."""
    around = replace(task.context, release=0, published=None, correction="", missing=())
    return digest([file_sha256(task.copy), asdict(around), task.site, format])


def _render(task: PageTask, formats: tuple[str, ...], clock: _Clock) -> None:
    if not formats:
        return
    from fourpillars.editions.render import embedded

    into = {format: task.tree / task.path(format) for format in formats}
    with clock("page and PDF"):
        embedded.render(
            task.copy, page=task.context, html=into.get("html"), pdf=into.get("pdf"), reports=task.reports
        )


def _failed(task: PageTask, clock: _Clock, error: Exception, disk: bool = False) -> PageResult:
    said = " ".join(str(error).split()) or type(error).__name__
    kind = "" if type(error).__name__ == "FourPillarsError" else f"{type(error).__name__}: "
    return PageResult(
        task.key, {}, (), [], clock.seconds, _peak_memory(), error=f"{kind}{said}"[:2000], disk=disk
    )


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
