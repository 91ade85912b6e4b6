"""The reports of an edition: each line of `edition.yml`, spelt out for every code it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from fourpillars.editions.config import LANGUAGES, EditionConfig, ReportEntry, Text
from fourpillars.editions.run.titles import with_name
from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.exhibits.dates import period

if TYPE_CHECKING:
    from fourpillars.catalogue.names import Names


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


@dataclass(frozen=True)
class Report:
    """A notebook with one set of parameters: what a slug stands for."""

    slug: str
    notebook: Path
    group: str
    label: Text
    title: Text
    description: Text
    parameters: dict[str, Any]

    @property
    def name(self) -> str:
        """The notebook's name, without folder and ending."""
        return self.notebook.stem


@dataclass(frozen=True)
class Page:
    """A report in one language: executed once, rendered into every format."""

    report: Report
    lang: str

    @property
    def key(self) -> str:
        """Language and slug, such as 'en/industry/C31'."""
        return f"{self.lang}/{self.report.slug}"

    @property
    def title(self) -> str:
        """The title in the page's language."""
        return self.report.title.get(self.lang)

    def parameters(self, edition: str) -> dict[str, Any]:
        """Return all parameters the notebook is run with."""
        return {"edition": edition, "lang": self.lang, **self.report.parameters}

    def path(self, format: str) -> str:
        """Return the document's path in a release, such as 'en/industry/C31.pdf'."""
        return f"{self.key}.{format}"


def reports_of(config: EditionConfig, names: Names, notebooks: Path, edition: str) -> tuple[Report, ...]:
    """Spell out the reports of `config`: one for each code where an entry says `for_each`.

    Raises
    ------
    FourPillarsError
        If a notebook is missing, or has no title.
    """
    reports = []
    for entry in config.reports:
        path = notebooks / f"{entry.notebook}.ipynb"
        texts = _notebook_texts(path, entry.slug)
        for code in _codes(entry, names):
            reports.append(_report(entry, path, texts, code, names, edition))
    return tuple(reports)


def select(reports: Iterable[Report], only: Iterable[str]) -> tuple[Report, ...]:
    """Return the reports named in `only`: slugs, or patterns such as 'industry/*'; all of them where it is
    empty.

    Raises
    ------
    UnknownNameError
        If a name fits no report.
    """
    reports, only = tuple(reports), tuple(only)
    if not only:
        return reports
    for name in only:
        if not any(fnmatchcase(report.slug, name) for report in reports):
            raise UnknownNameError.of("report", name, [report.slug for report in reports])
    return tuple(report for report in reports if any(fnmatchcase(report.slug, name) for name in only))


def _codes(entry: ReportEntry, names: Names) -> list[str]:
    if not entry.for_each:
        return [""]
    allowed = names.divisions() if entry.for_each == "activity" else names.provinces()
    for code in entry.codes:
        if code not in allowed:
            raise UnknownNameError.of(f"{entry.for_each} in reports/edition.yml", code, allowed)
    return list(entry.codes or allowed)


def _report(entry: ReportEntry, path: Path, texts: dict[str, Text], code: str, names: Names, edition: str) -> Report:
    def filled(template: Text, short: bool = False) -> Text:
        return Text(**{lang: _filled(template.get(lang), lang, short) for lang in LANGUAGES})

    def _filled(template: str, lang: str, short: bool) -> str:
        name = names.name(code, lang, short=short) if code else ""
        common = lang == "en" and entry.for_each == "activity"
        return with_name(template, name, common=common).replace("{edition}", period(edition, lang))

    if code and not _CODE.fullmatch(code):
        raise FourPillarsError(
            f"The {entry.for_each} code {code!r} cannot be part of an address.", "Letters, digits and hyphens can."
        )
    return Report(
        slug=entry.slug.replace(f"{{{entry.for_each}}}", code),
        notebook=path,
        group=entry.group,
        label=filled(entry.label, short=True),
        title=filled(texts["title"]),
        description=filled(texts["description"]),
        parameters={**({entry.for_each: code} if code else {}), **entry.parameters},
    )


def _notebook_texts(path: Path, slug: str) -> dict[str, Text]:
    """Return title and description from a notebook's metadata."""
    try:
        texts = json.loads(path.read_text(encoding="utf-8"))["metadata"]["fourpillars"]
        empty = dict.fromkeys(LANGUAGES, "")
        return {"title": Text(**texts["title"]), "description": Text(**texts.get("description", empty))}
    except FileNotFoundError:
        names = sorted(file.stem for file in path.parent.glob("*.ipynb"))
        raise UnknownNameError.of(f"notebook (report {slug!r} in reports/edition.yml)", path.stem, names) from None
    except (KeyError, TypeError, ValidationError):
        hint = 'Add "fourpillars": {"title": {"en": …, "zh": …}} to its metadata.'
        raise FourPillarsError(f"{path} has no title in both languages.", hint) from None
    except ValueError:
        raise FourPillarsError(f"{path} is not a notebook.", "Restore it from the repository.") from None
