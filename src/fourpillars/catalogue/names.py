"""What codes are called, which units are compared, whose indicator is whose: all of a catalogue that needs no frames.

A process that plans or renders loads this alone, in a thousandth of the time pandas takes to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fourpillars.catalogue.project import Project, find_project
from fourpillars.catalogue.stamp import stamp_of
from fourpillars.errors import UnknownNameError


@dataclass(frozen=True, eq=False)
class Names:
    """The names of a catalogue.

    Attributes
    ----------
    lists : mapping
        By codelist and code: `name_en`, `name_zh` and, where there are any, `short_en`, `short_zh`.
    units : mapping
        The codes that are compared, 'industry' and 'region'.
    pillars : mapping
        The pillar of each indicator.
    """

    lists: Mapping[str, Mapping[str, Mapping[str, str]]]
    units: Mapping[str, list[str]] = field(default_factory=dict)
    pillars: Mapping[str, str] = field(default_factory=dict)

    def divisions(self) -> list[str]:
        """Return the codes of the industrial divisions, in the order of the classification."""
        return list(self.units["industry"])

    def provinces(self) -> list[str]:
        """Return the codes of the provinces, in the order of the classification."""
        return list(self.units["region"])

    def name(self, code: str, lang: str, short: bool = False, codelist: str = "") -> str:
        """Return the name of a code in a language; `Codelists.name` says how it is found.

        Raises
        ------
        UnknownNameError
            If no list has the code.

        Examples
        --------
        >>> names = Names({"unit": {"percent": {"name_en": "per cent", "name_zh": "百分比", "short_en": "%"}}})
        >>> names.name("percent", "en", short=True), names.name("percent", "zh-CN", short=True)
        ('%', '百分比')
        """
        if codelist and codelist not in self.lists:
            raise UnknownNameError.of("codelist", codelist, self.lists)
        lists = [self.lists[codelist]] if codelist else self.lists.values()
        lang = lang[:2]
        for names in lists:
            if code in names:
                entry = names[code]
                return (entry.get(f"short_{lang}") if short else "") or entry[f"name_{lang}"]
        raise UnknownNameError.of(codelist or "code", code, [known for names in lists for known in names])

    def has_name(self, code: str) -> bool:
        """Say whether any list has a code."""
        return any(code in names for names in self.lists.values())


_given: dict[Project, tuple[object, Names]] = {}


def load_names(project: Project | None = None) -> Names:
    """Load the names of a project: those given to this process for the files as they are, else those of its catalogue.

    Raises
    ------
    DataError
        As `load_catalogue` does.

    Examples
    --------
    >>> load_names().name("C31", "en", short=True)
    'Iron and steel'
    """
    project = project or find_project()
    stamp = stamp_of(project.codelists, project.catalogue)
    if project in _given and _given[project][0] == stamp:
        return _given[project][1]
    from fourpillars.catalogue.catalogue import load_catalogue

    return load_catalogue(project).names


def give_names(project: Project, names: Names) -> None:
    """Let this process know the names of a project, as its files are now."""
    _given[project] = (stamp_of(project.codelists, project.catalogue), names)
