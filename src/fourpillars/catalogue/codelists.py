"""The codelists: every code that may stand in the statistics, and what it is called in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import pandas as pd

from fourpillars.catalogue.layouts import LAYOUTS, read_codelists
from fourpillars.catalogue.names import Names
from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.catalogue.project import Project, find_project
from fourpillars.catalogue.stamp import stamp_of
from fourpillars.errors import UnknownNameError

KINDS = ("industry", "region", "nation")
NATION = "CN"
ALL_INDUSTRY = "B-D"
WHOLE_ECONOMY = "_T"

#: The attribute that holds each file's codes.
ATTRIBUTES = {
    "activity": "activities",
    "ref_area": "ref_areas",
    "key_industries": "key_industries",
    "major_provinces": "major_provinces",
    "ownership": "ownerships",
    "item": "items",
    "measure": "measures",
    "unit": "units",
    "term": "terms",
}


@dataclass(frozen=True, eq=False)
class Codelists:
    """The codelists of a project.

    Frames indexed by code, with at least ``name_en`` and ``name_zh``; `key_industries` and `terms` have two
    keys and stand as shipped; `major_provinces` is indexed by ref_area.
    """

    activities: pd.DataFrame
    ref_areas: pd.DataFrame
    key_industries: pd.DataFrame
    major_provinces: pd.DataFrame
    ownerships: pd.DataFrame
    items: pd.DataFrame
    measures: pd.DataFrame
    units: pd.DataFrame
    terms: pd.DataFrame

    def divisions(self) -> list[str]:
        """Return the codes of the industrial divisions, in the order of the classification."""
        return list(self._divisions)

    def provinces(self) -> list[str]:
        """Return the codes of the provinces, in the order of the classification."""
        return list(self._provinces)

    def units_of(self, kind: str) -> list[str]:
        """Return the codes of the units that are compared: of one kind, industry, region or nation.

        Examples
        --------
        >>> codelists = load_codelists()
        >>> [len(codelists.units_of(kind)) for kind in ("industry", "region", "nation")]
        [41, 31, 1]
        """
        if kind == "industry":
            return self.divisions()
        if kind == "region":
            return self.provinces()
        if kind == "nation":
            return [NATION]
        raise UnknownNameError.of("kind", kind, KINDS)

    def term_codes(self, name: str) -> list[str]:
        """Return the codes of one of the small closed lists: freq, basis, obs_status, operator, …"""
        return list(self.terms.loc[self.terms["list"] == name, "code"])

    def name(self, code: str, lang: str, short: bool = False, codelist: str = "") -> str:
        """Return the name of a code in a language.

        Parameters
        ----------
        code : str
            A code. One that stands in several lists is taken from the first in the order activity, ref_area,
            indicator, pillar, measure, item, unit, ownership, key_industry, and the small lists of term.csv.
        lang : str
            'en' or 'zh'; 'zh-CN' counts as 'zh'.
        short : bool
            Prefer the short name, which fits an axis, where there is one.
        codelist : str, optional
            The one list to look in.

        Raises
        ------
        UnknownNameError
            If no list has the code.

        Examples
        --------
        >>> codelists = load_codelists()
        >>> codelists.name("C37", "en", short=True), codelists.name("440000", "zh")
        ('Rail, ship, aerospace', '广东')
        >>> codelists.name("building_materials", "zh", codelist="key_industry")
        '建材'
        >>> codelists.name("ytd", "en", codelist="basis")
        'year to date'
        """
        return self.names.name(code, lang, short, codelist)

    def has_name(self, code: str) -> bool:
        """Say whether any list has a code.

        Examples
        --------
        >>> load_codelists().has_name("C31"), load_codelists().has_name("C99")
        (True, False)
        """
        return self.names.has_name(code)

    @cached_property
    def _divisions(self) -> tuple[str, ...]:
        return tuple(self.activities.index[self.activities["level"] == 2])

    @cached_property
    def _provinces(self) -> tuple[str, ...]:
        return tuple(self.ref_areas.index[self.ref_areas["type"] == "province"])

    @cached_property
    def names(self) -> Names:
        """All names, for those who need no more."""
        units = {kind: self.units_of(kind) for kind in ("industry", "region")}
        lists = {name: {code: _texts(row) for code, row in rows.items()} for name, rows in self._named_lists().items()}
        return Names(lists, units, self._pillars())

    def _pillars(self) -> dict[str, str]:
        """Return the pillar of each indicator: codelists alone have none."""
        return {}

    def _named_lists(self) -> dict[str, dict[str, dict[str, str]]]:
        """Return the names of all codes, list by list, in the order in which `name` looks."""
        key_industries = self.key_industries.drop_duplicates("key_industry").set_index("key_industry")
        frames = {
            "activity": self.activities,
            "ref_area": self.ref_areas,
            "measure": self.measures,
            "item": self.items,
            "unit": self.units,
            "ownership": self.ownerships,
            "key_industry": key_industries,
        }
        frames |= {str(name): part.set_index("code") for name, part in self.terms.groupby("list", sort=False)}
        return {name: frame.to_dict("index") for name, frame in frames.items()}

    def as_arguments(self) -> dict[str, Any]:
        """Return the lists by attribute."""
        return {each.name: getattr(self, each.name) for each in fields(Codelists)}


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    """Return of a row what the code is called."""
    return {key: text for key, text in row.items() if key.startswith(("name_", "short_")) and isinstance(text, str)}


def load_codelists(project: Project | None = None) -> Codelists:
    """Load and check a project's codelists; the same object as long as their files do not change.

    Raises
    ------
    DataError
        With every problem of every list, if there is any.

    Examples
    --------
    >>> load_codelists().units.loc["cny_100m", "symbol_zh"]
    '亿元'
    """
    codelists, problems = read(project or find_project())
    if codelists is None or problems:
        raise DataError(problems)
    return codelists


_read: dict[Project, tuple[object, Codelists | None, list[Problem]]] = {}


def read(project: Project) -> tuple[Codelists | None, list[Problem]]:
    """Read a project's codelists, and every problem of them; None where one of them cannot be read."""
    stamp = stamp_of(project.codelists)
    if project not in _read or _read[project][0] != stamp:
        frames, problems = read_codelists(project)
        whole = set(frames) == set(LAYOUTS)
        codelists = Codelists(**{ATTRIBUTES[name]: frame for name, frame in frames.items()}) if whole else None
        _read[project] = (stamp, codelists, problems)
    return _read[project][1], list(_read[project][2])
