"""Periods as tables write them: 2026年8月, 1-8月, 2026-08, Aug-26, 二季度, 2025年末."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from fourpillars.observations.intake.words.labels import plain

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = "|".join(_MONTHS)
_TAIL = r"[a-z]*\.?"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "ⅰ": 1, "ⅱ": 2, "ⅲ": 3, "ⅳ": 4,
             "i": 1, "ii": 2, "iii": 3, "iv": 4}  # fmt: skip
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)[年\-]?)?"
_END = r"(?P<end>末|底|累计|当月|当季)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}(?P<month>\d{{1,2}})月份?{_END}",
        rf"{_YEAR}1月?(?:-|至|到)(?P<ytd>\d{{1,2}})月份?(?:累计)?",
        rf"(?P<year>(?:19|20)\d\d)(?P<plain>[-/.]?m?)(?P<month>0[1-9]|1[0-2]){_END}",
        rf"(?P<year>(?:19|20)\d\d)(?P<plain>[-/]m?)(?P<month>[1-9]){_END}",
        rf"(?P<year>(?:19|20)\d\d)m(?P<plain>)(?P<month>[1-9]){_END}",
        r"(?P<year>(?:19|20)\d\d)(?P<plain>[-/])(?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:t?00:00(?::00)?(?:\.0+)?)?",
        rf"(?P<name>{_NAMES}){_TAIL}(?P<plain>[-/,']{{0,2}})(?P<short>(?:19|20)?\d\d)",
        rf"(?P<short>(?:19|20)?\d\d)(?P<plain>[-/]?)(?P<name>{_NAMES}){_TAIL}",
        rf"{_YEAR}(?:第)?(?P<quarter>[一二三四1-4]|[ⅰ-ⅳ]|i{{1,3}}|iv)季度?{_END}",
        rf"{_YEAR}q(?P<quarter>[1-4]){_END}",
        r"q(?P<quarter>[1-4])-?(?P<year>(?:19|20)\d\d)",
        rf"{_YEAR}(?:(?P<half>上半年)|前(?P<quarters>[二三])季度?)",
        r"(?P<year>(?:19|20)\d\d)(?:年度?|全年|年全年|财年)?(?P<end>末|底|年末|年底)?",
    )
)
_ENDS = {"末": "end_of_period", "底": "end_of_period", "年末": "end_of_period", "年底": "end_of_period",
         "累计": "ytd", "当月": "month", "当季": "quarter"}  # fmt: skip


@dataclass(frozen=True)
class When:
    """A period as a text gives it, or a part of one.

    Attributes
    ----------
    year, number : int or None
        The year, and the month or quarter; None where the text does not tell.
    freq : str
        'M', 'Q', 'A'.
    basis : str
        What of the year it covers; empty where the text does not tell.
    said : bool
        Whether the basis is said outright, as in '1-8月' or '8月末', and not just meant, as in '8月'.
    """

    year: int | None
    freq: str
    number: int | None = None
    basis: str = ""
    said: bool = False

    @property
    def period(self) -> str:
        """The period as the statistics write it; empty where the year is not known."""
        if self.year is None:
            return ""
        if self.freq == "M":
            return f"{self.year}-{self.number:02d}"
        return f"{self.year}-Q{self.number}" if self.freq == "Q" else f"{self.year}"

    def within(self, other: When) -> When | None:
        """Return both together, such as 2026年 above 8月; None where they contradict each other."""
        if self.period and other.period and self.freq == other.freq:
            same = self.period == other.period
            return (self if self.said or not other.basis else other) if same else None
        whole, part = (self, other) if self.freq == "A" else (other, self)
        if whole.freq != "A" or (part.year is not None and part.year != whole.year):
            return None
        return replace(part, year=whole.year)


@lru_cache(maxsize=65536)
def when(text: str) -> When | None:
    """Return the period a text gives; None where it is none, or could be two.

    Examples
    --------
    >>> [when(text).period for text in ("2026年8月", "2026-08", "Aug-26", "202608", "2026年二季度", "2025年")]
    ['2026-08', '2026-08', '2026-08', '2026-08', '2026-Q2', '2025']
    >>> when("1—8月"), when("2026.1")
    (When(year=None, freq='M', number=8, basis='ytd', said=True), None)
    """
    shown = plain(text)
    if not 2 <= len(shown) <= 30:
        return None
    for form in _FORMS:
        found = form.fullmatch(shown)
        if found:
            return _of(found.groupdict())
    return None


def _of(found: dict[str, str | None]) -> When | None:
    year = _year(found.get("year") or found.get("short"))
    said = _ENDS.get(found.get("end") or "", "")
    if found.get("month") or found.get("ytd") or found.get("name"):
        return _month(found, year, said)
    if found.get("half"):
        return When(year, "Q", 2, "ytd", True)
    if found.get("quarters"):
        return When(year, "Q", _QUARTERS[found["quarters"]], "ytd", True)
    if found.get("quarter"):
        return When(year, "Q", _QUARTERS[found["quarter"]], said or "quarter", bool(said))
    return When(year, "A", None, said or "year", bool(said))


def _month(found: dict[str, str | None], year: int | None, said: str) -> When | None:
    name = found.get("name")
    number = _MONTHS.index(name) + 1 if name else int(found.get("ytd") or found["month"])
    if not 1 <= number <= 12 or (found.get("day") and not _bounds_month(year, number, int(found["day"]))):
        return None
    if found.get("ytd"):
        return When(year, "M", number, "ytd", True) if number > 1 else None
    meant = "" if found.get("plain") is not None else "month"  # 2026-08 says no more than the period
    return When(year, "M", number, said or meant, bool(said))


def _bounds_month(year: int, month: int, day: int) -> bool:
    from calendar import monthrange

    return day in (1, monthrange(year, month)[1])


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
