"""Time periods, written as the statistics write them: '2026-08', '2026-Q2', '2025'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    import pandas as pd

Freq = Literal["M", "Q", "A"]

#: How pandas names each frequency.
PANDAS_FREQ: dict[str, str] = {"M": "M", "Q": "Q-DEC", "A": "Y-DEC"}

#: What a period of each frequency looks like.
FORM: dict[str, re.Pattern[str]] = {
    "M": re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])"),
    "Q": re.compile(r"(?:19|20)\d\d-Q[1-4]"),
    "A": re.compile(r"(?:19|20)\d\d"),
}

#: The bases a frequency can have: what part of the year a figure covers.
BASES: dict[str, tuple[str, ...]] = {
    "M": ("month", "ytd", "end_of_period"),
    "Q": ("quarter", "ytd", "end_of_period"),
    "A": ("year", "end_of_period", "cumulative"),
}

EXAMPLE: dict[str, str] = {"M": "2026-08", "Q": "2026-Q2", "A": "2025"}


@lru_cache(maxsize=4096)
def freq_of(period: str) -> Freq:
    """Return the frequency of a period: M, Q or A.

    Raises
    ------
    FourPillarsError
        If the text is no period.

    Examples
    --------
    >>> freq_of("2026-08"), freq_of("2026-Q2"), freq_of("2025")
    ('M', 'Q', 'A')
    """
    for freq, form in FORM.items():
        if form.fullmatch(period):
            return freq
    raise FourPillarsError(f"{period!r} is no period.", hint="Write a month 2026-08, a quarter 2026-Q2 or a year 2025.")


@lru_cache(maxsize=4096)
def end_month(period: str) -> str:
    """Return the last month of a period.

    Examples
    --------
    >>> end_month("2026-08"), end_month("2026-Q2"), end_month("2025")
    ('2026-08', '2026-06', '2025-12')
    """
    freq = freq_of(period)
    if freq == "M":
        return period
    return f"{period[:4]}-{3 * int(period[-1]):02d}" if freq == "Q" else f"{period}-12"


def months_between(earlier: str, later: str) -> int:
    """Return the months from the end of one period to the end of another; negative if the second ends first.

    Examples
    --------
    >>> months_between("2025", "2026-08"), months_between("2026-08", "2026-Q2")
    (8, -2)
    """
    return _month_number(later) - _month_number(earlier)


def _month_number(period: str) -> int:
    month = end_month(period)
    return 12 * int(month[:4]) + int(month[5:])


def edition_before(edition: str) -> str:
    """Return the month of the edition before: a month earlier, December before February.

    Examples
    --------
    >>> edition_before("2026-08"), edition_before("2026-02")
    ('2026-07', '2025-12')
    """
    year, month = int(edition[:4]), int(edition[5:7])
    return f"{year - 1}-12" if month <= 2 else f"{year}-{month - 1:02d}"


def ends_by(period: str, edition: str) -> bool:
    """Say whether an edition sees a period: whether the period ends by the edition's month.

    Examples
    --------
    >>> ends_by("2026-Q2", "2026-08"), ends_by("2026", "2026-08")
    (True, False)
    """
    return end_month(period) <= edition


def to_period_index(periods: Iterable[str], freq: Freq) -> pd.PeriodIndex:
    """Return periods of one frequency as a pandas index.

    Raises
    ------
    FourPillarsError
        If a period is not of that frequency.

    Examples
    --------
    >>> to_period_index(["2026-Q1", "2026-Q2"], "Q")
    PeriodIndex(['2026Q1', '2026Q2'], dtype='period[Q-DEC]')
    """
    import pandas as pd

    periods = list(periods)
    for period in periods:
        if not FORM[freq].fullmatch(period):
            raise FourPillarsError(f"{period!r} is no period of frequency {freq}.", hint=f"Write {EXAMPLE[freq]}.")
    return pd.PeriodIndex([period.replace("-Q", "Q") for period in periods], freq=PANDAS_FREQ[freq])


def from_period(period: pd.Period) -> str:
    """Write a pandas period as the statistics do.

    Examples
    --------
    >>> import pandas as pd
    >>> [from_period(pd.Period("2026-06-30", freq)) for freq in ("M", "Q", "Y")]
    ['2026-06', '2026-Q2', '2026']
    """
    name = period.freqstr[0]
    if name == "M":
        return f"{period.year}-{period.month:02d}"
    return f"{period.year}-Q{period.quarter}" if name == "Q" else f"{period.year}"


def parse_edition(text: str) -> str:
    """Return an edition's month, checked: an edition is a month from 02 to 12.

    January is refused: the bureau publishes January and February together.

    Raises
    ------
    FourPillarsError
        If the text names no edition.

    Examples
    --------
    >>> parse_edition("2026-08")
    '2026-08'
    """
    edition = text.strip()
    if not FORM["M"].fullmatch(edition):
        loose = re.fullmatch(r"(20\d\d)\D?(0?[1-9]|1[0-2])", edition)
        month = f"{loose[1]}-{max(int(loose[2]), 2):02d}" if loose else ""
        hint = f"Did you mean {month!r}?" if month else "An edition is a month from 02 to 12, written 2026-08."
        raise FourPillarsError(f"{text!r} is no edition.", hint=hint)
    if edition.endswith("-01"):
        raise FourPillarsError(
            f"There is no edition {edition!r}: January and February are published together.",
            hint=f"Did you mean '{edition[:4]}-02'?",
        )
    return edition
