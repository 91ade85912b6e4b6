"""From what was asked for to a plan: everything that can be refused is refused here, before anything is
written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions import inputs, months, release
from fourpillars.editions.config import FORMATS, LANGUAGES, EditionConfig, load_config
from fourpillars.editions.manifest import Manifest
from fourpillars.editions.plan import Plan, Shape, make_plan
from fourpillars.editions.renderer import Renderer, choose_renderer
from fourpillars.editions.reports import reports_of, select
from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project


@dataclass(frozen=True)
class Request:
    """What the publisher asked for. Empty means: the latest edition, every report, every language, every
    format."""

    project: Path | None = None
    edition: str = ""
    only: tuple[str, ...] = ()
    languages: tuple[str, ...] = LANGUAGES
    formats: tuple[str, ...] = FORMATS
    renderer: str = "auto"
    jobs: int = 2
    out: Path | None = None
    if_new: bool = False
    allow_missing: bool = False
    force: bool = False


@dataclass(frozen=True)
class Prepared:
    """A checked request: the project, the edition, the plan."""

    request: Request
    project: Project
    config: EditionConfig
    out: Path
    edition: str
    renderer: Renderer
    inputs: dict[str, str]
    statistics: dict[str, str]
    plan: Plan


def prepare(request: Request) -> Prepared:
    """Check a request and plan it.

    Raises
    ------
    FourPillarsError
        If anything in it is unknown, or the project's files cannot be read.
    """
    _check_words(request)
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.project import find_project

    project = find_project(request.project)
    config = load_config(project.reports)
    renderer = choose_renderer(request.renderer)
    out = (request.out or project.reports / "site").absolute()
    catalogue = load_catalogue(project)
    reports_of_any_month = reports_of(config, catalogue, project.notebooks, request.edition or "2000-12")
    select(reports_of_any_month, request.only)
    statistics = _statistics(request, project, config, out)
    edition = statistics.pop("edition")
    reports = reports_of(config, catalogue, project.notebooks, edition)
    shared = inputs.shared_inputs(project.root, project.data, project.reports, config, renderer.identity)
    shared["statistics"] = statistics["sees"]
    folder, published = release.published(out, edition)
    plan = make_plan(
        edition=edition,
        reports=reports,
        chosen=select(reports, request.only),
        asked=Shape(tuple(sorted(request.languages)), tuple(sorted(request.formats))),
        inputs=shared,
        published=published,
        folder=folder,
        force=request.force,
        together=renderer.name == "quarto",
    )
    return Prepared(request, project, config, out, edition, renderer, shared, statistics, plan)


def _check_words(request: Request) -> None:
    if request.edition:
        months.check_edition(request.edition)
    for kind, given, allowed in (
        ("language", request.languages, LANGUAGES),
        ("format", request.formats, FORMATS),
    ):
        if not given:
            raise FourPillarsError(f"No {kind} was given.", f"Allowed: {', '.join(allowed)}.")
        for name in given:
            if name not in allowed:
                raise UnknownNameError.of(kind, name, allowed)
    if request.jobs < 1:
        raise FourPillarsError(f"--jobs is {request.jobs}.", "It must be at least 1.")


def _statistics(request: Request, project: Project, config: EditionConfig, out: Path) -> dict[str, str]:
    """Return the edition and the digests of its statistics; where the files are as they were, without reading
    them."""
    required = [topic.model_dump() for topic in config.required]
    files = inputs.digest([inputs.statistics_files_digest(project.data), required])
    known = _known(request.edition, files, out)
    if known is not None:
        return {**known.statistics, "edition": known.edition}
    from fourpillars.observations import load_observations

    observations = load_observations(project)
    latest = months.default_edition(config, observations)
    edition = months.known_edition(request.edition, config, observations) if request.edition else latest
    return {
        "files": files,
        "sees": inputs.statistics_digest(observations.until(edition)),
        "latest": latest,
        "edition": edition,
    }


def _known(edition: str, files: str, out: Path) -> Manifest | None:
    """Return the published release made from the very same files, of the edition asked for or else of the
    latest they allow."""
    for month in [edition] if edition else release.editions(out):
        manifest = release.published(out, month)[1]
        if (
            manifest
            and manifest.statistics.get("files") == files
            and (edition or manifest.statistics["latest"] == month)
        ):
            return manifest
    return None
