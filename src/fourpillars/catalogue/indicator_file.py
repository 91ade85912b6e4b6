"""Reading ``data/catalogue/indicators.yml``: every entry checked, all its problems said at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from fourpillars.catalogue.indicator import Indicator, Pillar
from fourpillars.errors import FourPillarsError
from fourpillars.yaml_text import parse_yaml


class CatalogueError(FourPillarsError):
    """A catalogue file that does not say what it must: all its problems at once, in `problems`."""

    def __init__(self, file: str, problems: list[str]) -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"{file} has {count}:\n" + "\n".join(f"  {problem}" for problem in problems))
        self.problems = problems


def read_indicators(path: Path) -> tuple[tuple[Pillar, ...], dict[str, Indicator]]:
    """Read the pillars and the indicators of a catalogue file, in its order.

    Parameters
    ----------
    path : Path
        A YAML file with the lists `pillars` and `indicators`.

    Raises
    ------
    CatalogueError
        With every problem of the file: entry, field, what was found.

    Examples
    --------
    >>> from fourpillars.catalogue.project import find_project
    >>> pillars, indicators = read_indicators(find_project().data / "catalogue" / "indicators.yml")
    >>> [pillar.code for pillar in pillars]
    ['stability', 'expansion', 'innovation', 'growth']
    """
    entries = _entries(path)
    problems: list[str] = []
    pillars = _checked(Pillar, entries.get("pillars") or [], problems)
    indicators = _checked(Indicator, entries.get("indicators") or [], problems)
    codes = [indicator.code for indicator in indicators]
    problems += [f"{code}: the code is used twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    if problems:
        raise CatalogueError(path.name, problems)
    return tuple(pillars), {indicator.code: indicator for indicator in indicators}


def _entries(path: Path) -> dict[str, list[Any]]:
    try:
        entries = parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(path.name, [f"it cannot be read: {error}"]) from error
    if not isinstance(entries, dict):
        raise CatalogueError(path.name, ["it must hold the lists 'pillars' and 'indicators'"])
    return entries


def _checked(model: type[BaseModel], entries: list[Any], problems: list[str]) -> list[Any]:
    made = []
    for number, entry in enumerate(entries, start=1):
        name = entry.get("code", f"entry {number}") if isinstance(entry, dict) else f"entry {number}"
        try:
            made.append(model.model_validate(entry))
        except ValidationError as error:
            for item in error.errors():
                where = ".".join(str(step) for step in item["loc"])
                found = item["input"]
                shown = f" (found {found!r})" if isinstance(found, str | int | float) else ""
                problems.append(f"{name}{': ' + where if where else ''}: {item['msg']}{shown}")
    return made
