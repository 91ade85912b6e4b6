"""The statistics as they were known on a day: what was published by then, before later revisions."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace

import pandas as pd

from fourpillars.errors import FourPillarsError
from fourpillars.observations.schema import KEY
from fourpillars.observations.store import Observations
from fourpillars.observations.vintages.journal import Revision

_CHANGED = ("obs_value", "obs_status", "source_id")


def known_on(observations: Observations, revisions: list[Revision], day: str) -> Observations:
    """Return what was known on a day.

    A figure is known from its source's date of publication, else from the date of the copy; a date without a
    day counts from its last. A figure whose source has no date counts as always known. Of a revised figure
    the value that stood on that day is taken.

    Parameters
    ----------
    observations : Observations
        The statistics as they stand.
    revisions : list of Revision
        The project's journal.
    day : str
        Such as 2026-10-01.

    Examples
    --------
    >>> from fourpillars.observations import load_observations
    >>> now = load_observations()
    >>> then = known_on(now, [], "2024-01-31")
    >>> len(then.table) < len(now.table)
    True
    """
    day = checked_day(day)
    table = _as_it_stood(observations.table, revisions, day)
    dates = observations.sources["published"].where(
        observations.sources["published"] != "", observations.sources["vintage"]
    )
    since = dates.map(last_day)
    known = table["source_id"].astype(str).map(since).fillna("") <= day
    return replace(observations, table=table[known.to_numpy()])


def _as_it_stood(table: pd.DataFrame, revisions: list[Revision], day: str) -> pd.DataFrame:
    """Put back the value of each revised figure that stood on a day: the old one of the first later revision."""
    then: dict[tuple[str, ...], Revision] = {}
    for revision in revisions:
        if revision.known > day:
            then.setdefault(revision.key, revision)
    if not then:
        return table
    measures = {revision.key[KEY.index("measure")] for revision in then.values()}
    part = table[table["measure"].isin(measures)]
    table = table.assign(**{name: table[name].astype(str) for name in ("obs_status", "source_id")})
    for row, key in zip(part.index, part[list(KEY)].astype(str).itertuples(index=False, name=None), strict=True):
        if key in then:
            old = then[key]
            table.loc[row, list(_CHANGED)] = [float(old.old_value), old.old_status, old.old_source_id]
    return table.assign(**{name: table[name].astype("category") for name in ("obs_status", "source_id")})


def last_day(date: str) -> str:
    """Return the last day of a date that may be a year or a month; an empty one stays.

    Examples
    --------
    >>> last_day("2026"), last_day("2026-02"), last_day("2026-03-05"), last_day("")
    ('2026-12-31', '2026-02-28', '2026-03-05', '')
    """
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02d}"
    return date


def checked_day(text: str) -> str:
    """Return a day, checked.

    Examples
    --------
    >>> checked_day("2026-10-01")
    '2026-10-01'
    """
    from datetime import date

    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise FourPillarsError(f"{text!r} is no day.", "Write 2026-10-01.") from None
