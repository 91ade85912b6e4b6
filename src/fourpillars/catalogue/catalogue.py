"""The catalogue: what is measured and compared, and how it is called; loaded once, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.catalogue import codelists
from fourpillars.catalogue.clauses import COLUMNS as CLAUSE_COLUMNS
from fourpillars.catalogue.clauses import check_coverage, read_clauses
from fourpillars.catalogue.codelists import Codelists
from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.catalogue.project import Project, find_project
from fourpillars.catalogue.references import reference_problems
from fourpillars.catalogue.stamp import stamp_of

if TYPE_CHECKING:
    from fourpillars.catalogue.indicator import Indicator, Pillar

INDICATORS = "indicators.yml"


@dataclass(frozen=True, eq=False)
class Catalogue(Codelists):
    """The codelists, and the pillars, clauses and indicators of a project.

    Attributes
    ----------
    clauses : DataFrame
        The clauses of the policy text: ``clause_id``, ``pillar``, the quotation, and how each is covered.
    pillars : tuple of Pillar
        The four pillars, in order.
    indicators : mapping of str to Indicator
        The indicators by code, in order.

    Examples
    --------
    >>> load_catalogue().name("stability", "zh", codelist="pillar")
    '稳增长'
    """

    clauses: pd.DataFrame = field(default_factory=pd.DataFrame)
    pillars: tuple[Pillar, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    def _named_lists(self) -> dict[str, dict[str, dict[str, str]]]:
        names = super()._named_lists()
        first = {name: names.pop(name) for name in ("activity", "ref_area")}
        own = {
            "indicator": {code: _names_of(entry) for code, entry in self.indicators.items()},
            "pillar": {pillar.code: _names_of(pillar) for pillar in self.pillars},
        }
        return first | own | names

    def _pillars(self) -> dict[str, str]:
        return {code: entry.pillar for code, entry in self.indicators.items()}


def _names_of(entry: Indicator | Pillar) -> dict[str, str]:
    return {f"{size}_{lang}": getattr(entry, size)[lang] for size in ("name", "short") for lang in ("en", "zh")}


_loaded: dict[Project, tuple[object, Catalogue]] = {}


def load_catalogue(project: Project | None = None) -> Catalogue:
    """Load and check a project's catalogue; the same object as long as its files do not change.

    Raises
    ------
    DataError
        With every problem of every file, if there is any.

    Examples
    --------
    >>> len(load_catalogue().divisions())
    41
    """
    project = project or find_project()
    stamp = stamp_of(project.codelists, project.catalogue)
    if project not in _loaded or _loaded[project][0] != stamp:
        catalogue, problems = read_catalogue(project)
        if catalogue is None or problems:
            raise DataError(problems)
        _loaded[project] = (stamp, catalogue)
    return _loaded[project][1]


def read_catalogue(project: Project) -> tuple[Catalogue | None, list[Problem]]:
    """Read a project's catalogue and every problem of it; no catalogue where a codelist cannot be read.

    A project may have statistics only: without ``indicators.yml`` there are neither indicators nor clauses.
    """
    lists, problems = codelists.read(project)
    pillars, indicators, of_indicators = _read_indicators(project)
    problems += of_indicators
    if lists is None:
        return None, problems
    clauses, of_clauses = _read_clauses(project)
    catalogue = Catalogue(**lists.as_arguments(), clauses=clauses, pillars=pillars, indicators=indicators)
    problems += of_clauses
    if indicators:
        problems += [*reference_problems(project, catalogue), *check_coverage(clauses, indicators, project)]
    return catalogue, problems


def _read_indicators(project: Project) -> tuple[tuple[Pillar, ...], Mapping[str, Indicator], list[Problem]]:
    path = project.catalogue / INDICATORS
    if not path.exists():
        return (), {}, []
    from fourpillars.catalogue.indicator_file import CatalogueError, read_indicators

    try:
        pillars, indicators = read_indicators(path)
    except CatalogueError as error:
        return (), {}, [Problem(project.relative(path), None, "", "", text) for text in error.problems]
    return pillars, indicators, []


def _read_clauses(project: Project) -> tuple[pd.DataFrame, list[Problem]]:
    if not (project.catalogue / INDICATORS).exists():
        return pd.DataFrame(columns=list(CLAUSE_COLUMNS), dtype="str"), []
    return read_clauses(project)
