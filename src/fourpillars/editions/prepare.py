"""From what was asked for to a plan: everything that can be refused is refused here, before anything is
written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.editions import cache, imports, inputs, kept_data, months, release
from fourpillars.editions.config import FORMATS, LANGUAGES, EditionConfig, load_config
from fourpillars.editions.plan import Plan, Shape, make_plan
from fourpillars.editions.renderer import Renderer, choose_renderer
from fourpillars.editions.reports import reports_of, select
from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.catalogue.project import Project


EXECUTORS = ("local", "dask")


@dataclass(frozen=True)
class Request:
    """What the publisher asked for. Empty means: the latest edition, every report, every language, every
    format.

    `executor` is 'local' or 'dask'; then `scheduler` is the cluster's address, and `shared` a folder or an
    object store, as fsspec names it, that the workers reach too (default: beside the site).
    """

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
    executor: str = "local"
    scheduler: str = ""
    shared: str = ""


@dataclass(frozen=True)
class Prepared:
    """A checked request: the project, the edition, the plan; where its `data` are kept as loaded."""

    request: Request
    project: Project
    config: EditionConfig
    out: Path
    edition: str
    renderer: Renderer
    inputs: dict[str, str]
    statistics: dict[str, str]
    observed: dict[str, str]
    plan: Plan
    data: Path

    @property
    def cache(self) -> Path:
        """The folder of finished documents and computed parts, kept to save time."""
        return self.out / cache.NAME


def prepare(request: Request) -> Prepared:
    """Check a request and plan it.

    Raises
    ------
    FourPillarsError
        If anything in it is unknown, or the project's files cannot be read.
    """
    _check_words(request)
    from fourpillars.catalogue.project import find_project

    project = find_project(request.project)
    config = load_config(project.reports)
    renderer = choose_renderer("embedded" if request.executor == "dask" else request.renderer)
    out = (request.out or project.reports / "site").absolute()
    data = kept_data.kept_file(project)
    names = kept_data.names_of(project, data)
    if request.only:  # a wrong name is refused before the statistics are read
        select(reports_of(config, names, project.notebooks, request.edition or "2000-12"), request.only)
    statistics, observed = _statistics(request, project, config, data)
    edition = statistics.pop("edition")
    reports = reports_of(config, names, project.notebooks, edition)
    shared = inputs.shared_inputs(project.root, project.data, project.reports, config, renderer.identity)
    codes = {path: imports.code_of_notebook(path) for path in {report.notebook for report in reports}}
    folder, published = release.published(out, edition)
    plan = make_plan(
        edition=edition,
        reports=reports,
        chosen=select(reports, request.only),
        asked=Shape(tuple(sorted(request.languages)), tuple(sorted(request.formats))),
        inputs=shared,
        codes=codes,
        observed=observed,
        published=published,
        folder=folder,
        force=request.force,
        together=renderer.name == "quarto",
    )
    return Prepared(request, project, config, out, edition, renderer, shared, statistics, observed, plan, data)


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
    if request.executor not in EXECUTORS:
        raise UnknownNameError.of("executor", request.executor, EXECUTORS)
    if (request.executor == "dask") != bool(request.scheduler):
        raise FourPillarsError(
            "--executor dask and --scheduler go together.",
            "Say: --executor dask --scheduler tcp://host:8786.",
        )
    if request.executor == "dask" and request.renderer == "quarto":
        raise FourPillarsError(
            "Quarto renders all pages in one place.",
            "Leave --renderer quarto out: a cluster uses the embedded one.",
        )
    if request.jobs < 1:
        raise FourPillarsError(f"--jobs is {request.jobs}.", "It must be at least 1.")


def _statistics(
    request: Request, project: Project, config: EditionConfig, data: Path
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the edition with the digests of its statistics, and of all that can be read of them; where that was
    asked before of the same files, without reading them."""
    files = digest_of_files(project, config)
    code = imports.code_digest([months.__name__, inputs.__name__], with_parents=False)

    def kept(edition: str) -> Path:
        return data.with_name(f"{data.name}-seen-{inputs.digest([files, edition, code])}.json")

    told = cache.read_json(kept(request.edition))
    if not told:
        told = _read_statistics(request.edition, project, config, data, files)
        edition = told["statistics"]["edition"]
        for asked in (edition, "") if edition == told["statistics"]["latest"] else (edition,):
            cache.write_json(kept(asked), told)
    return told["statistics"], told["observed"]


def _read_statistics(
    asked: str, project: Project, config: EditionConfig, data: Path, files: str
) -> dict[str, dict[str, str]]:
    from fourpillars.observations import load_observations

    kept_data.load_data(project, data)
    observations = load_observations(project)
    latest = months.default_edition(config, observations)
    edition = months.known_edition(asked, config, observations) if asked else latest
    observed = inputs.observed(observations.until(edition), files)
    statistics = {"files": files, "sees": observed[inputs.EVERYTHING], "latest": latest, "edition": edition}
    return {"statistics": statistics, "observed": observed}


def digest_of_files(project: Project, config: EditionConfig) -> str:
    """Return the digest of the statistics' files, and of what an edition must find in them."""
    required = [topic.model_dump() for topic in config.required]
    return inputs.digest([inputs.statistics_files_digest(project.data), required])
