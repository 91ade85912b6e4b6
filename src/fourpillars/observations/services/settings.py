"""Which sources are asked: data/services.yml."""

from __future__ import annotations

from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fourpillars.catalogue.project import Project
from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.observations.services.akshare import AKShare
from fourpillars.observations.services.dbnomics import DBnomics
from fourpillars.observations.services.nbs import NBS
from fourpillars.observations.services.sdmx_service import SDMX
from fourpillars.observations.services.sql import SQL
from fourpillars.observations.services.worldbank import WorldBank

FILE = "services.yml"
AnyService = Annotated[DBnomics | NBS | WorldBank | SDMX | SQL | AKShare, Field(discriminator="kind")]


class Services(BaseModel):
    """The sources of a project, and how they are asked."""

    model_config = ConfigDict(extra="forbid")

    services: list[AnyService] = []
    timeout: float = Field(20, gt=0, le=600)
    attempts: int = Field(4, ge=1, le=10)
    interval: float = Field(1, ge=0, le=60)
    cache_minutes: float = Field(60, ge=0)

    def named(self, names: list[str]) -> list[AnyService]:
        """Return the sources of these names; all where none is named."""
        by_name = {one.name: one for one in self.services}
        for name in names:
            if name not in by_name:
                raise UnknownNameError.of("source", name, by_name)
        return [by_name[name] for name in names] or self.services


def read_services(project: Project) -> Services:
    """Return the sources of a project; none where there is no such file.

    Raises
    ------
    FourPillarsError
        If the file says what cannot be.

    Examples
    --------
    >>> from fourpillars.catalogue import find_project
    >>> read_services(find_project()).attempts
    4
    """
    path = project.data / FILE
    if not path.exists():
        return Services()
    where = project.relative(path)
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = Services.model_validate(told or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise FourPillarsError(f"{where} cannot be read ({' '.join(str(error).split())[:200]}).") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FourPillarsError(f"{where}, {place}: {first['msg']}.", "docs/data.md says what a source needs.") from None
    names = [one.name for one in found.services]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise FourPillarsError(f"{where}: two sources are called {twice!r}.", "Give each a name of its own.")
    return found
