"""What an edition is made of: `reports/edition.yml`, read and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, StringConstraints, ValidationError, model_validator

from fourpillars.editions.settings import DestinationConfig, NoticeConfig, ScheduleConfig, Strict
from fourpillars.errors import FourPillarsError, did_you_mean
from fourpillars.yaml_text import parse_yaml

LANGUAGES = ("en", "zh")
FORMATS = ("html", "pdf")

Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(/([A-Za-z0-9][A-Za-z0-9-]*|\{(activity|ref_area)\}))*$"),
]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[2-9]|1[0-2])$")]


class Text(Strict):
    """A text in both languages."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        """Return the text in `lang` ('en' or 'zh')."""
        return getattr(self, lang)


class Group(Strict):
    """A group of reports in the navigation."""

    id: Name
    title: Text


class Topic(Strict):
    """A series that must be published before a month can be an edition."""

    measure: str
    ref_area: str = "CN"
    activity: str = "B-D"
    freq: Literal["M", "Q", "A"] = "M"


class ReportEntry(Strict):
    """A line of `reports:`: one report, or one for every code of a codelist."""

    slug: Slug
    notebook: Name
    group: Name
    label: Text
    for_each: Literal["activity", "ref_area"] | None = None
    codes: tuple[str, ...] = ()
    parameters: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _slug_names_what_varies(self) -> ReportEntry:
        placeholder = f"{{{self.for_each}}}" if self.for_each else ""
        if placeholder and placeholder not in self.slug:
            raise ValueError(f"the slug of a report for each {self.for_each} must contain {placeholder}")
        if "{" in self.slug.replace(placeholder, "") if placeholder else "{" in self.slug:
            raise ValueError("the slug contains a placeholder, but there is no for_each of that name")
        reserved = {"edition", "lang", self.for_each} & set(self.parameters)
        if reserved:
            raise ValueError(f"the parameter {sorted(reserved)[0]!r} is set by the edition itself")
        return self


class FindingOf(Strict):
    """A line of a report's headline: 0 the bold one, then the items of its list."""

    report: Slug
    line: int = Field(default=0, ge=0)


class ExhibitOf(Strict):
    """A chart of a report; one whose slug has no folder, so that its links hold on the front page too."""

    report: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    exhibit: Annotated[str, StringConstraints(pattern=r"^fig-[A-Za-z0-9-]+$")]


class FrontConfig(Strict):
    """What the front page shows of the reports."""

    findings: tuple[FindingOf, ...] = ()
    exhibits: tuple[ExhibitOf, ...] = ()


class EditionConfig(Strict):
    """The whole of `reports/edition.yml`.

    `keep_releases` is how many releases of an edition are kept; by default all are.
    """

    title: Text
    description: Text
    address: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s\"<>]+/)?$")] = ""
    front: FrontConfig = FrontConfig()
    required: tuple[Topic, ...] = Field(min_length=1)
    groups: tuple[Group, ...]
    reports: tuple[ReportEntry, ...] = Field(min_length=1)
    corrections: dict[Month, dict[int, Text]] = Field(default_factory=dict)
    schedule: ScheduleConfig = ScheduleConfig()
    notices: tuple[NoticeConfig, ...] = ()
    destinations: tuple[DestinationConfig, ...] = ()
    keep_releases: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _names_agree(self) -> EditionConfig:
        groups = [group.id for group in self.groups]
        for report in self.reports:
            if report.group not in groups:
                raise ValueError(
                    f"report {report.slug!r}: unknown group {report.group!r}. {did_you_mean(report.group, groups)}"
                )
        slugs = [report.slug for report in self.reports]
        twice = {slug for slug in slugs if slugs.count(slug) > 1}
        if twice:
            raise ValueError(f"the slug {sorted(twice)[0]!r} stands twice under reports")
        return self


def load_config(reports: Path) -> EditionConfig:
    """Read and check `edition.yml` in the folder `reports`.

    Raises
    ------
    FourPillarsError
        With every problem found, each with the place in the file.

    Examples
    --------
    >>> load_config(Path("nowhere"))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    FourPillarsError: There is no file edition.yml in nowhere.
    """
    path = Path(reports) / "edition.yml"
    try:
        raw = parse_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FourPillarsError(
            f"There is no file edition.yml in {reports}.", "Give the project with --project."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FourPillarsError(f"{path} cannot be read: {_one_line(error)}.", "Correct it there.") from None
    try:
        return EditionConfig.model_validate(raw)
    except ValidationError as error:
        problems = "; ".join(_problem(detail) for detail in error.errors())
        raise FourPillarsError(f"{path}: {problems}.", "Correct it there.") from None


def _problem(detail: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in detail["loc"]) or "the file"
    message = detail["msg"].removeprefix("Value error, ").rstrip(".")
    if detail["type"] == "extra_forbidden":
        message = f"unknown name {detail['loc'][-1]!r}"
    return f"{place}: {message}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
