"""Periods and dates as a reader sees them, in either language."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any

from babel.dates import format_date

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.language import locale, text

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")
_QUARTERS_ZH = "一二三四"


def period(time_period: Any, lang: str, *, basis: str = "", short: bool = False) -> str:
    """Return a period of the data as text.

    Parameters
    ----------
    time_period : str or missing
        '2026-08', '2026-Q2' or '2025'.
    lang : {'en', 'zh'}
    basis : str
        'ytd' makes a month the year so far: January to that month.
    short : bool
        For axes and tooltips: 'Aug 2026'.

    Returns
    -------
    str
        '–' where there is none.

    Examples
    --------
    >>> period("2026-08", "en"), period("2026-08", "zh"), period("2026-08", "en", short=True)
    ('August 2026', '2026年8月', 'Aug 2026')
    >>> period("2026-08", "en", basis="ytd"), period("2026-08", "zh", basis="ytd")
    ('January–August 2026', '2026年1—8月')
    >>> period("2026-Q2", "en"), period("2026-Q2", "zh"), period("2025", "zh")
    ('Q2 2026', '2026年第二季度', '2025年')
    """
    if not isinstance(time_period, str) or not time_period:
        return text("missing", lang)
    if found := _MONTH.fullmatch(time_period):
        return _month(int(found[1]), int(found[2]), lang, basis == "ytd", short)
    if found := _QUARTER.fullmatch(time_period):
        year, quarter = found[1], int(found[2])
        if lang == "en":
            return f"Q{quarter} {year}"
        return f"{year}年{quarter}季度" if short else f"{year}年第{_QUARTERS_ZH[quarter - 1]}季度"
    if _YEAR.fullmatch(time_period):
        return time_period if lang == "en" else f"{time_period}年"
    raise FourPillarsError(f"{time_period!r} is not a period.", hint="Write '2026-08', '2026-Q2' or '2025'.")


def period_range(first: str, last: str, lang: str, *, short: bool = False) -> str:
    """Return two periods as a range; one, where they are the same.

    Examples
    --------
    >>> period_range("2021-08", "2026-08", "en"), period_range("2021-08", "2026-08", "zh")
    ('August 2021 – August 2026', '2021年8月—2026年8月')
    """
    start, end = period(first, lang, short=short), period(last, lang, short=short)
    if start == end:
        return end
    return f"{start} – {end}" if lang == "en" else f"{start}—{end}"


def date(day: Any, lang: str) -> str:
    """Return a date, whole or only to the month or year.

    Examples
    --------
    >>> date("2026-09-15", "en"), date("2026-09-15", "zh"), date("2024-03", "en"), date("", "en")
    ('15 September 2026', '2026年9月15日', 'March 2024', '–')
    """
    if not isinstance(day, str) or not day:
        return text("missing", lang)
    if len(day) < 10:
        return period(day, lang)
    pattern = "d MMMM y" if lang == "en" else "y年M月d日"
    return format_date(datetime.date.fromisoformat(day[:10]), format=pattern, locale=locale(lang))


def axis_day(time_period: str) -> str:
    """Return the day at which a period stands on a time axis: the first of its last month, 'YYYY-MM-01'.

    Examples
    --------
    >>> axis_day("2026-08"), axis_day("2026-Q2"), axis_day("2025")
    ('2026-08-01', '2026-06-01', '2025-12-01')
    """
    if found := _QUARTER.fullmatch(time_period):
        return f"{found[1]}-{int(found[2]) * 3:02d}-01"
    return f"{time_period}-12-01" if _YEAR.fullmatch(time_period) else f"{time_period}-01"


@cache
def _month(year: int, month: int, lang: str, so_far: bool, short: bool) -> str:
    first, this = datetime.date(year, 1, 1), datetime.date(year, month, 1)
    if lang == "zh":
        return f"{year}年1—{month}月" if so_far and month > 1 else f"{year}年{month}月"
    name = "MMM" if short else "MMMM"
    shown = format_date(this, format=f"{name} y", locale="en")  # 'Sep', where en_GB writes 'Sept'
    if not so_far or month == 1:
        return shown
    return f"{format_date(first, format=name, locale='en')}–{shown}"
