"""Fetch what the sources have, and say what it would change."""

from __future__ import annotations

from collections.abc import Iterator

from fourpillars.catalogue.codelists import load_codelists
from fourpillars.catalogue.project import Project
from fourpillars.errors import FourPillarsError
from fourpillars.files.limits import check_sheets
from fourpillars.observations.intake.compare import Change
from fourpillars.observations.intake.questions import Answers, checked_answers
from fourpillars.observations.intake.take import take_sheets
from fourpillars.observations.services.client import Client, default_cache
from fourpillars.observations.services.service import Service
from fourpillars.observations.services.settings import read_services


def changes(
    project: Project, names: list[str], fresh: bool = False, today: str = ""
) -> Iterator[tuple[Service, Change | FourPillarsError]]:
    """Yield, source by source, what it would change, or why that cannot be said.

    Parameters
    ----------
    project : Project
        Whose sources and statistics.
    names : list of str
        Which sources; all where none is named.
    fresh : bool
        Whether to ask anew what was asked a short time ago.
    today : str
        The day it is taken in; by default this one.
    """
    settings = read_services(project)
    minutes = 0 if fresh else settings.cache_minutes
    client = Client(timeout=settings.timeout, attempts=settings.attempts, interval=settings.interval,
                    cache=default_cache(), fresh=60 * minutes)  # fmt: skip
    for service in settings.named(names):
        try:
            yield service, _change(service, client, project, today)
        except FourPillarsError as error:
            yield service, error


def _change(service: Service, client: Client, project: Project, today: str) -> Change:
    told = checked_answers(service.answers, load_codelists(project), service.name)
    source = {
        "publisher": service.publisher,
        "title": service.title or service.name,
        "read_from": service.read_from or getattr(service, "address", service.name),
    }
    answers = Answers(told.columns, told.values, told.names, {**source, **told.source})
    sheets = check_sheets(service.name, service.fetch(client))
    return take_sheets(sheets, service.name, project, answers, into=service.into, today=today)
