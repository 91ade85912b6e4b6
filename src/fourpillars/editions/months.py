"""Which months can be an edition, by the statistics that are published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fourpillars.editions.config import EditionConfig, Topic
from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.observations import Observations


def check_edition(text: str) -> str:
    """Return a well-formed edition, 'YYYY-MM' with a month from 02 to 12.

    Raises
    ------
    FourPillarsError
        If it is none: January's statistics come with February's.
    """
    from fourpillars.catalogue.periods import parse_edition

    return str(parse_edition(text))


def default_edition(config: EditionConfig, observations: Observations) -> str:
    """Return the latest month for which every required topic is published."""
    return min(_published_months(topic, observations)[-1] for topic in config.required)


@dataclass(frozen=True)
class Awaited:
    """The edition that comes next, and which of the required topics are not yet published for it."""

    edition: str
    missing: tuple[Topic, ...]
    there: tuple[Topic, ...] = ()


def awaited(config: EditionConfig, observations: Observations) -> Awaited:
    """Return the edition after the default one, and what it waits for.

    It is the first month for which any of the required topics is published, else the one after the default.
    """
    now = default_edition(config, observations)
    months = {topic: _published_months(topic, observations) for topic in config.required}
    newer = sorted({month for series in months.values() for month in series if month > now})
    edition = newer[0] if newer else _after(now)
    missing = tuple(topic for topic, series in months.items() if series[-1] < edition)
    return Awaited(edition, missing, tuple(topic for topic in months if topic not in missing))


def known_edition(edition: str, config: EditionConfig, observations: Observations) -> str:
    """Return `edition` if the statistics reach it.

    Raises
    ------
    UnknownNameError
        If no required topic is published for that month, or not all of them before.
    """
    months = [_published_months(topic, observations) for topic in config.required]
    first, last = max(series[0] for series in months), max(series[-1] for series in months)
    if first <= edition <= last:
        return edition
    known = sorted({month for series in months for month in series if first <= month <= last}, reverse=True)
    raise UnknownNameError(
        f"Unknown edition {edition!r}.",
        hint=f"The statistics allow {known[-1]} to {known[0]}; the latest is {known[0]!r}.",
    )


def _after(edition: str) -> str:
    year, month = int(edition[:4]), int(edition[5:7])
    return f"{year + 1}-02" if month == 12 else f"{year}-{month + 1:02d}"


def _published_months(topic: Topic, observations: Observations) -> list[str]:
    from fourpillars.catalogue.periods import end_month

    frame = observations.frame
    rows = frame[
        (frame["measure"] == topic.measure)
        & (frame["activity"] == topic.activity)
        & (frame["ref_area"] == topic.ref_area)
        & (frame["freq"] == topic.freq)
    ]
    months = sorted({end_month(str(period)) for period in rows["time_period"].unique()})
    months = [month for month in months if not month.endswith("-01")]
    if not months:
        raise FourPillarsError(
            f"There are no statistics of {topic.measure!r} ({topic.activity}, {topic.ref_area}), "
            "which reports/edition.yml requires.",
            "Bring the statistics in, or correct `required` there.",
        )
    return months
