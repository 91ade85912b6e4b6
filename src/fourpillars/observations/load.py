"""Load a project's statistics, checked, once."""

from __future__ import annotations

from fourpillars.catalogue import codelists
from fourpillars.catalogue.catalogue import read_catalogue
from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.catalogue.project import Project, find_project
from fourpillars.catalogue.stamp import stamp_of
from fourpillars.catalogue.targets import read_targets
from fourpillars.observations.reader import fingerprint, read_observations
from fourpillars.observations.sources import read_sources
from fourpillars.observations.store import Observations

_loaded: dict[Project, tuple[object, Observations]] = {}


def load_observations(project: Project | None = None) -> Observations:
    """Load and check a project's statistics; the same object as long as no file of them changes.

    Raises
    ------
    DataError
        With every problem of every file, if there is any.

    Examples
    --------
    >>> observations = load_observations()
    >>> list(observations.frame.columns[-3:])
    ['source_id', 'file', 'line']
    """
    project = project or find_project()
    stamp = stamp_of(project.codelists, project.observations)
    if project not in _loaded or _loaded[project][0] != stamp:
        observations, problems = _read(project)
        if observations is None or problems:
            raise DataError(problems)
        _loaded[project] = (stamp, observations)
    return _loaded[project][1]


def check(project: Project | None = None) -> list[Problem]:
    """Return every problem of a project's data at once: catalogue, sources, targets and observations.

    Examples
    --------
    >>> check()
    []
    """
    project = project or find_project()
    _, of_catalogue = read_catalogue(project)
    _, of_statistics = _read(project)
    return list(dict.fromkeys([*of_catalogue, *of_statistics]))


def _read(project: Project) -> tuple[Observations | None, list[Problem]]:
    lists, problems = codelists.read(project)
    if lists is None:
        return None, problems
    sources, of_sources = read_sources(project)
    frame, of_rows = read_observations(project, lists, sources)
    targets, of_targets = read_targets(project, lists)
    problems += [*of_sources, *of_rows, *of_targets]
    if sources is None:
        return None, problems
    return Observations(frame, sources, targets, fingerprint(project), lists), problems
