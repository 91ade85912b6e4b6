"""What an edition knows, for readers of a language: what every exhibit is made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from fourpillars.exhibits import dates, formats
from fourpillars.exhibits.exhibit import Exhibit, chart, prose, table
from fourpillars.exhibits.knowledge import Knowledge
from fourpillars.exhibits.language import locale, text

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.catalogue.project import Project
    from fourpillars.indicators import Panel
    from fourpillars.observations import Observations
    from fourpillars.scores import Result


@dataclass(frozen=True)
class Snapshot:
    """What an edition knows, for readers of one language; two of the same are equal.

    Every exhibit function takes it first. Its methods give names, numbers, periods and words in its language,
    and make exhibits with its sources.
    """

    lang: str
    known: Knowledge

    @property
    def edition(self) -> str:
        """The edition's month, '2026-08'."""
        return self.known.edition

    @property
    def catalogue(self) -> Catalogue:
        """What is measured, and how it is called."""
        return self.known.catalogue

    @property
    def observations(self) -> Observations:
        """The statistics the edition sees."""
        return self.known.observations

    @property
    def panel(self) -> Panel:
        """The indicators over time."""
        return self.known.panel

    @property
    def frame(self) -> pd.DataFrame:
        """The indicator frame."""
        return self.known.frame

    @property
    def scores(self) -> dict[str, Result]:
        """Results of the composite by kind."""
        return self.known.scores

    @property
    def intervals(self) -> dict[str, pd.DataFrame]:
        """The intervals of the ranks by kind."""
        return self.known.intervals

    @property
    def before(self) -> Snapshot:
        """The edition of the month before, in the same language."""
        return replace(self, known=self.known.before)

    @property
    def warnings(self) -> pd.DataFrame:
        """The warning levels."""
        return self.known.warnings

    @property
    def temperatures(self) -> pd.DataFrame:
        """The lights."""
        return self.known.temperatures

    @property
    def targets(self) -> pd.DataFrame:
        """The targets' states."""
        return self.known.targets

    def in_language(self, lang: str) -> Snapshot:
        """Return the same for readers of another language; nothing is computed again."""
        locale(lang)
        return replace(self, lang=lang)

    def name(self, code: str, *, short: bool = False) -> str:
        """Return the name of any code: activity, area, indicator, pillar, item, measure, unit."""
        return self.catalogue.name(code, self.lang, short=short)

    def text(self, key: str, **values: Any) -> str:
        """Return words, see `language.text`."""
        return text(key, self.lang, **values)

    def number(self, value: Any, unit: str = "", **how: Any) -> str:
        """Return a number as text, see `formats.number`."""
        return formats.number(value, unit, self.lang, **how)

    def period(self, time_period: Any, **how: Any) -> str:
        """Return a period as text, see `dates.period`."""
        return dates.period(time_period, self.lang, **how)

    def chart(self, id: str, **parts: Any) -> Exhibit:
        """Make a chart exhibit in this language with these sources, see `exhibit.compose`."""
        return chart(id, lang=self.lang, sources=self.observations.sources, **parts)

    def table(self, id: str, **parts: Any) -> Exhibit:
        """Make a table exhibit in this language with these sources, see `exhibit.compose`."""
        return table(id, lang=self.lang, sources=self.observations.sources, **parts)

    def prose(self, id: str, **parts: Any) -> Exhibit:
        """Make a text exhibit in this language with these sources, see `exhibit.compose`."""
        return prose(id, lang=self.lang, sources=self.observations.sources, **parts)

    def value(self, indicator: str, unit: str) -> pd.Series:
        """Return the indicator frame's row for a unit: an activity, an area, or 'CN' for the nation."""
        ref_area, activity = (unit, "B-D") if unit in self.catalogue.ref_areas.index else ("CN", unit)
        return self.known.by_unit.loc[(indicator, ref_area, activity)]


_known: dict[tuple[str, str, Any, str], Knowledge] = {}


def snapshot(edition: str = "", lang: str = "en", project: Project | None = None) -> Snapshot:
    """Return what an edition knows.

    Parameters
    ----------
    edition : str
        Its month, '2026-08'; '' is the latest with total value added and revenue.
    lang : {'en', 'zh'}
    project : Project, optional

    Returns
    -------
    Snapshot
        Its parts are computed once in a process, whatever the language, and again where the data have
        changed.

    Examples
    --------
    >>> snapshot("2026-08", "zh").name("C31", short=True)
    '钢铁冶炼'
    """
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.periods import parse_edition
    from fourpillars.catalogue.project import find_project
    from fourpillars.observations import load_observations

    locale(lang)
    project = project or find_project()
    catalogue, observations = load_catalogue(project), load_observations(project)
    edition = parse_edition(edition) if edition else latest_edition(observations)
    key = (edition, str(project.root), catalogue, observations.fingerprint)
    if key not in _known:
        _known[key] = Knowledge(edition, catalogue, observations.until(edition))
    return Snapshot(lang, _known[key])


def latest_edition(observations: Observations) -> str:
    """Return the latest month with both total value added and total revenue.

    Examples
    --------
    >>> from fourpillars.observations import load_observations
    >>> latest_edition(load_observations())
    '2026-08'
    """
    frame = observations.frame
    total = frame[(frame["ref_area"] == "CN") & (frame["activity"] == "B-D") & (frame["freq"] == "M")]
    months = [
        set(total.loc[total["measure"] == measure, "time_period"].astype(str))
        for measure in ("value_added_growth", "operating_revenue")
    ]
    return max(set.intersection(*months))
