"""What a render worker is told of a page, and what tells a document from the one published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from fourpillars.editions.inputs import digest
from fourpillars.editions.render.page import PageContext
from fourpillars.editions.revisions import REVISED, Before, find
from fourpillars.editions.shown import SHOWN


@dataclass(frozen=True)
class Rendered:
    """What a published document was rendered from, and the release it names."""

    content: str
    release: int
    correction: str


@dataclass(frozen=True)
class PageTask:
    """A page to render: where it comes from, where it goes, what stands around it.

    `site` is the digest of what all pages share (renderer, look, environment); `published` says by format
    what the published page was rendered from. A page that would be rendered from the same is not, unless
    `again`: then it is rendered for the release it was published in. `cache` keeps finished documents;
    `record` is the file that says so, with what the notebook `reads`. `before` is what readers have of the page.
    """

    key: str
    context: PageContext
    description: str
    executed: Path
    copy: Path
    tree: Path
    formats: tuple[str, ...]
    site: str
    published: dict[str, Rendered] = field(default_factory=dict)
    again: bool = False
    cache: Path | None = None
    record: Path | None = None
    before: Before | None = None
    reads: tuple[str, ...] = ()
    embedded: bool = True
    reports: Path | None = None

    def path(self, format: str) -> str:
        """Return the document's path in the release."""
        return f"{self.key}.{format}"

    @property
    def charts(self) -> Path:
        """The folder of the charts the notebook has shown so far, where somebody compiles them meanwhile."""
        return self.executed.with_suffix(".charts")

    @property
    def data_path(self) -> str:
        """The path in the release of the page's exhibits as data."""
        return f"data/{self.key}{SHOWN}"

    @property
    def revisions_path(self) -> str:
        """The path in the release of what was revised on the page."""
        return f"data/{self.key}{REVISED}"

    def revised(self, exhibits: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Return which of the page's figures differ from those readers have."""
        return find(exhibits, self.before, self.context.release)

    def content(self, shown: str, revised: dict[str, Any], format: str) -> str:
        """Return the digest of all a document is rendered from, save the release it is rendered for."""
        return digest([shown, revised, _around(self.context, format), self.site, format])

    def of_release(self, format: str, content: str) -> PageContext:
        """Return what stands around a document: it names the release in which it last changed."""
        before = self.published.get(format)
        if before is None or before.content != content:
            return self.context
        return replace(self.context, release=before.release, correction=before.correction)

    def finished(self, format: str, content: str) -> Path | None:
        """Return the place in the cache of a finished document."""
        page = self.of_release(format, content)
        told = [content, page.release, page.correction, page.published, page.missing]
        return None if self.cache is None else self.cache / "documents" / f"{digest(told)}.{format}"

    def finished_data(self, shown: str) -> Path | None:
        """Return the place in the cache of the page's data."""
        told = [shown, self.key, self.context.edition, self.context.title, self.site]
        return None if self.cache is None else self.cache / "documents" / f"{digest(told)}.json"

    def unchanged(self, format: str, content: str) -> bool:
        """Say whether the published document was rendered from the same."""
        return format in self.published and self.published[format].content == content


def _around(page: PageContext, format: str) -> dict[str, Any]:
    """Return what of a page's surroundings a format shows, save the release; a PDF has no menu."""
    around = asdict(replace(page, release=0, published=None, correction="", missing=()))
    if format == "html":
        return around
    shown = ("site_title", "edition", "lang", "slug", "title", "keywords", "site_address", "preview")
    return {**{name: around[name] for name in shown}, "method": page.method}
