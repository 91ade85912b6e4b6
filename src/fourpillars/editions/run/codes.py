"""The codes a parameter may hold: those of the codelist it is named after, read in milliseconds."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from fourpillars.catalogue.periods import parse_edition
from fourpillars.catalogue.project import Project, find_project
from fourpillars.errors import UnknownNameError, did_you_mean, nearest
from fourpillars.yaml_text import parse_yaml

LANGUAGES = {"en": ("English",), "zh": ("中文", "Chinese")}
PILLARS = {name: (name.title(),) for name in ("stability", "expansion", "innovation", "growth")}
_SINGULAR = {"activities": "activity", "ref_areas": "ref_area", "indicators": "indicator"}

Names = Mapping[str, tuple[str, ...]]


def allowed_codes(parameter: str, project: Path | None = None) -> Names | None:
    """Return the codes a parameter of this name may hold, each with its names; None where any value will do.

    An edition is checked by its form alone, and has no list.

    Examples
    --------
    >>> sorted(allowed_codes("lang"))
    ['en', 'zh']
    """
    name = _SINGULAR.get(parameter, parameter)
    if name in ("lang", "pillar", "edition"):
        return {"lang": LANGUAGES, "pillar": PILLARS, "edition": {}}[name]
    if name in ("activity", "ref_area"):
        return _codelist(find_project(project), name)
    if name == "indicator":
        return _indicators(find_project(project))
    return None


def refuse_unknown_code(parameter: str, code: object, allowed: Names) -> None:
    """Refuse a code that is not in its list, with the codes whose code or name is near.

    Raises
    ------
    UnknownNameError

    Examples
    --------
    >>> refuse_unknown_code("activity", "Steel", {"C31": ("Ferrous metals", "Steel"), "C32": ("Copper",)})
    Traceback (most recent call last):
        ...
    fourpillars.errors.UnknownNameError: Unknown activity 'Steel'. Did you mean 'C31' (Ferrous metals)?
    """
    name = _SINGULAR.get(parameter, parameter)
    if name == "edition":
        parse_edition(str(code))
        return
    if code in allowed:
        return
    near = _near(str(code), allowed)
    shown = [f"{found!r} ({allowed[found][0]})" for found in near]
    hint = f"Did you mean {' or '.join(shown)}?" if shown else did_you_mean(str(code), allowed)
    raise UnknownNameError(f"Unknown {name} {str(code)!r}.", hint=hint)


def _near(text: str, allowed: Names) -> list[str]:
    """Return up to three codes that are near: a code misread, a name, a part of a name, or alike ones."""
    misread = text.upper().translate(str.maketrans("LIO", "110"))
    by_misread = {code.upper().translate(str.maketrans("LIO", "110")): code for code in allowed}
    named = {name.lower(): code for code, names in reversed(allowed.items()) for name in names if name}
    exact = by_misread.get(misread) or named.get(text.lower())
    if exact:
        return [exact]
    within = [code for name, code in named.items() if len(text) > 2 and text.lower() in name]
    if within:
        return list(dict.fromkeys(reversed(within)))[:3]
    alike = [code for code in nearest(text, allowed) if len(text) <= len(code) + 2]
    return list(dict.fromkeys([*alike, *(named[name] for name in nearest(text, named))]))[:3]


def _codelist(project: Project, name: str) -> Names:
    with (project.data / "codelists" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("name_en", "name_zh", "short_en", "short_zh", "name_zh_full")
    return {row["code"]: tuple(row[column] for column in columns if row.get(column)) for row in rows}


def _indicators(project: Project) -> Names:
    """Read the indicators' codes and names; the file is long, and libyaml reads it in milliseconds."""
    path = project.data / "catalogue" / "indicators.yml"
    document = parse_yaml(path.read_text(encoding="utf-8"))
    entries = document["indicators"] if isinstance(document, dict) else document
    if isinstance(entries, dict):
        entries = [{"code": code, **entry} for code, entry in entries.items()]
    return {entry["code"]: tuple(entry["name"].values()) for entry in entries}
