"""What a publication would do: every document, and why it would be built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from fourpillars.editions.inputs import EVERYTHING, differences, digest, notebook_digest
from fourpillars.editions.manifest import Entry, Manifest
from fourpillars.editions.reports import Page, Report

NEW = "new"
LOST = "file missing"
FAILED_BEFORE = "failed before"
FORCED = "forced"
PREVIEW = "preview"
WITH_OTHERS = "rendered with the others"
STATISTICS = "statistics"


@dataclass(frozen=True)
class Shape:
    """The languages and formats of a site."""

    languages: tuple[str, ...]
    formats: tuple[str, ...]

    def joined_with(self, published: Manifest | None) -> Shape:
        """Return this shape with what is published already: an address once published stays."""
        if published is None:
            return self
        languages = {*self.languages, *published.languages}
        formats = {*self.formats, *(entry.format for entry in published.documents)}
        return Shape(tuple(sorted(languages)), tuple(sorted(formats)))


@dataclass(frozen=True)
class PlannedPage:
    """A page with its formats, its inputs, and the reasons to build it: none where it is unchanged.

    `changed` names the statistics it read that are no longer as they were. What a page reads is known only
    once it has been run, so its `inputs` say nothing of the statistics.
    """

    page: Page
    formats: tuple[str, ...]
    inputs: dict[str, str]
    reasons: tuple[str, ...]
    changed: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the page's documents in a release."""
        return tuple(self.page.path(format) for format in self.formats)


@dataclass(frozen=True)
class Now:
    """What documents would be made from now: their own inputs by slug, and all that can be read of the
    statistics."""

    own: dict[str, dict[str, str]]
    observed: Mapping[str, str]
    published: Manifest | None

    def differences(self, entry: Entry) -> tuple[str, ...]:
        """Name the inputs of a published document that differ from those it would have now."""
        found = differences(self.own[entry.slug], entry.inputs)
        return (*found, STATISTICS) if self.changed(entry) else found

    def changed(self, entry: Entry) -> tuple[str, ...]:
        """Name the statistics a published document read that are no longer as they were."""
        if self.published is None:
            return ()
        read = self.published.reads.get(entry.reads, [EVERYTHING])
        return tuple(name for name in read if name in self._different)

    @cached_property
    def _different(self) -> set[str]:
        """The names of the statistics that are not as they were."""
        before = self.published.observed
        names = {*before, *self.observed}
        return {name for name in names if self.observed.get(name, "") != before.get(name, "")}


@dataclass(frozen=True)
class Plan:
    """All pages wanted, against the release that is published now.

    `kept` are the published documents that go into the new release as they are; `shape` the languages and
    formats of the site that results; `because` says why it is only a preview, `elsewhere` which pages (language,
    slug) readers have in the published release all the same.
    """

    edition: str
    pages: tuple[PlannedPage, ...]
    reports: tuple[Report, ...]
    shape: Shape
    published: Manifest | None
    kept: tuple[Entry, ...] = ()
    because: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def preview(self) -> bool:
        """Whether the plan ends in a preview beside the site."""
        return bool(self.because)

    @property
    def to_build(self) -> tuple[PlannedPage, ...]:
        """The pages that have a reason to be built."""
        return tuple(planned for planned in self.pages if planned.reasons)


def make_plan(
    *,
    edition: str,
    reports: tuple[Report, ...],
    chosen: tuple[Report, ...],
    asked: Shape,
    inputs: dict[str, str],
    published: Manifest | None,
    folder: Path,
    codes: Mapping[Path, str] | None = None,
    observed: Mapping[str, str] | None = None,
    force: bool = False,
    together: bool = False,
) -> Plan:
    """Plan the `chosen` of all `reports` against what is `published` in `folder`.

    A selection completes the published release where all its other documents are as they would be built now,
    and makes a preview otherwise: a reader never meets a site made of two states of the statistics. A whole
    edition keeps up every language and format that is published already.

    Parameters
    ----------
    asked : Shape
        The languages and formats asked for.
    inputs : dict
        The digests of what all documents share.
    codes : mapping, optional
        The digest of the code each notebook is run by.
    observed : mapping, optional
        The digests of all that can be read of the statistics (`inputs.observed`).
    published : Manifest, optional
        The release that is published now.
    together : bool
        The renderer makes all pages at once: if one is to be built, all are.
    """
    whole = len(chosen) == len(reports)
    shape = asked.joined_with(published)
    own = _own_inputs(reports, inputs, shape, codes or {})
    now = Now(own, observed or {}, published)
    entries = published.by_id() if published else {}
    languages = shape.languages if whole else asked.languages
    pages = tuple(
        PlannedPage(
            page,
            shape.formats,
            own[page.report.slug],
            _reasons(page, shape, now, entries, folder, force),
            _changed(page, shape, now, entries),
        )
        for page in _pages(chosen, languages)
    )
    asked_for = {path for planned in pages for path in planned.paths}
    others = [entry for path, entry in entries.items() if path not in asked_for and (entry.slug in own or not whole)]
    because = _why_preview(others, now, published, whole)
    if because:
        plan = _preview_plan(edition, chosen, asked, inputs, codes or {}, because)
        readable = (entry for entry in entries.values() if entry.format == "html" and entry.status == "ok")
        return replace(plan, elsewhere=tuple((entry.lang, entry.slug) for entry in readable))
    if together and any(planned.reasons for planned in pages):
        pages = _all_together(pages, reports, shape, own)
    built = {path for planned in pages if planned.reasons for path in planned.paths}
    kept = tuple(entry for path, entry in entries.items() if path not in built and entry.slug in own)
    return Plan(edition, pages, reports, shape, published, kept)


def _all_together(
    pages: tuple[PlannedPage, ...], reports: tuple[Report, ...], shape: Shape, own: dict[str, dict[str, str]]
) -> tuple[PlannedPage, ...]:
    reasons = {planned.page.key: planned.reasons for planned in pages}
    return tuple(
        PlannedPage(page, shape.formats, own[page.report.slug], reasons.get(page.key) or (WITH_OTHERS,))
        for page in _pages(reports, shape.languages)
    )


def _preview_plan(
    edition: str,
    chosen: tuple[Report, ...],
    asked: Shape,
    inputs: dict[str, str],
    codes: Mapping[Path, str],
    because: str,
) -> Plan:
    own = _own_inputs(chosen, inputs, asked, codes)
    pages = tuple(
        PlannedPage(page, asked.formats, own[page.report.slug], (PREVIEW,)) for page in _pages(chosen, asked.languages)
    )
    return Plan(edition, pages, chosen, asked, None, because=because)


def _pages(reports: tuple[Report, ...], languages: tuple[str, ...]) -> list[Page]:
    return [Page(report, lang) for report in reports for lang in languages]


def _own_inputs(
    reports: tuple[Report, ...], shared: dict[str, str], shape: Shape, codes: Mapping[Path, str]
) -> dict[str, dict[str, str]]:
    contents = digest([shared["contents"], shape.languages, shape.formats])
    notebooks = {path: notebook_digest(path) for path in {report.notebook for report in reports}}
    return {
        report.slug: {
            "notebook": notebooks[report.notebook],
            "parameters": digest(report.parameters),
            **({"code": codes[report.notebook]} if report.notebook in codes else {}),
            **shared,
            "contents": contents,
        }
        for report in reports
    }


def _reasons(
    page: Page,
    shape: Shape,
    now: Now,
    entries: dict[str, Entry],
    folder: Path,
    force: bool,
) -> tuple[str, ...]:
    found: dict[str, None] = {FORCED: None} if force else {}
    for path in map(page.path, shape.formats):
        entry = entries.get(path)
        if entry is None:
            found[NEW] = None
        elif entry.status != "ok":
            found[FAILED_BEFORE] = None
        elif not (folder / path).is_file():
            found[LOST] = None
        else:
            found.update(dict.fromkeys(now.differences(entry)))
    return tuple(found)


def _changed(page: Page, shape: Shape, now: Now, entries: dict[str, Entry]) -> tuple[str, ...]:
    found = (entries.get(path) for path in map(page.path, shape.formats))
    return tuple(dict.fromkeys(name for entry in found if entry is not None for name in now.changed(entry)))


def _why_preview(others: list[Entry], now: Now, published: Manifest | None, whole: bool) -> str:
    if published is None:
        return "" if whole else "no release of this edition is published yet"
    changed = {name for entry in others for name in _changes_of(entry, now)}
    if not changed:
        return ""
    return f"the other documents of the published release are out of date ({', '.join(sorted(changed))})"


def _changes_of(entry: Entry, now: Now) -> tuple[str, ...]:
    if entry.slug not in now.own:
        return ("reports",)
    return now.differences(entry) if entry.status == "ok" else ()
