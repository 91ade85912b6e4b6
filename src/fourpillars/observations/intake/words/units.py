"""Units as tables write them: 亿元, 万元, 万台, %, 百分点, billion yuan; and what one is in another."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from fourpillars.catalogue.codelists import Codelists
from fourpillars.observations.intake.words.labels import plain

_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10,
           "千亿": 11, "万亿": 12, "兆": 12}  # fmt: skip
_ENGLISH = {"": 0, "thousand": 3, "10000": 4, "10,000": 4, "million": 6, "100million": 8, "billion": 9, "trillion": 12}
#: What each unit counts, and in which power of ten.
_COUNTED: dict[str, tuple[int, tuple[str, ...]]] = {
    "cny_100m": (8, ("元", "元人民币", "人民币", "yuan", "cny", "rmb")),
    "cny_10k": (4, ("元", "元人民币", "人民币", "yuan", "cny", "rmb")),
    "cny": (0, ("元", "元人民币", "人民币", "yuan", "cny", "rmb")),
    "persons_10k": (4, ("人", "persons", "people")),
    "count": (0, ("个", "家", "户", "件", "项", "台", "辆", "套", "列", "台套", "units")),
    "10k_t": (4, ("吨", "tonnes", "tons", "t")),
    "10k_units": (4, ("台", "辆", "部", "套", "台(辆)", "units", "vehicles")),
    "10k_kw": (4, ("千瓦", "kw")),
    "10k_gt": (4, ("总吨",)),
    "10k_weight_cases": (4, ("重量箱",)),
    "100m_pieces": (8, ("块", "pieces")),
    "100m_kwh": (8, ("千瓦时", "kwh")),
    "100m_metres": (8, ("米", "m", "metres")),
    "100m_m3": (8, ("立方米", "m3")),
}  # fmt: skip
_PERCENT = ("pct", "pct_yoy", "pct_mom", "pct_of_gdp", "pct_of_revenue", "pct_over_period")
_SIGNS = {"%", "百分比", "percent", "percentage", "pct", "百分数"}
_POINTS = {"百分点", "个百分点", "pp", "percentagepoints", "percentagepoint"}
_NAMES = ("name_zh", "name_en", "symbol_zh", "symbol_en")
_INDICES = {
    "上年同月=100": "index_prev_year_month_100",
    "上年同期=100": "index_prev_year_period_100",
    "上月=100": "index_prev_month_100",
}
_ALONE = re.compile(r"(十万|百万|千万|百亿|千亿|十亿|万亿|十|百|千|万|亿|兆)?(.+)")


def units_meant(text: str, codelists: Codelists) -> dict[str, Decimal]:
    """Return the units a text can mean, each with the factor that turns figures into it; none if it is no unit.

    Examples
    --------
    >>> from fourpillars.catalogue import load_codelists
    >>> lists = load_codelists()
    >>> units_meant("万元", lists)["cny_100m"]
    Decimal('0.0001')
    >>> list(units_meant("个百分点", lists)), units_meant("河北", lists)
    (['pp', 'pp_yoy'], {})
    """
    shown = plain(re.sub(r"^\s*(?:计量)?单位\s*[:：]\s*", "", text)).replace("³", "3")
    if not shown or len(shown) > 60:
        return {}
    return _scaled(shown) | dict.fromkeys(_named(shown, codelists), Decimal(1))


def _named(shown: str, codelists: Codelists) -> list[str]:
    if shown in _SIGNS:
        return [code for code in _PERCENT if code in codelists.units.index]
    if shown in _POINTS:
        return [code for code in ("pp", "pp_yoy") if code in codelists.units.index]
    if shown.strip("()") in _INDICES:
        return [_INDICES[shown.strip("()")]]
    return _codes_by_name(codelists).get(shown, [])


@lru_cache(maxsize=4)
def _codes_by_name(codelists: Codelists) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, row in codelists.units.to_dict("index").items():
        for name in {plain(str(code)), *(plain(row[column]) for column in _NAMES)} - {""}:
            found.setdefault(name, []).append(str(code))
    return found


@lru_cache(maxsize=4096)
def _scaled(shown: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for scale, base in _readings(shown):
        for code, (power, bases) in _COUNTED.items():
            if base in bases:
                found.setdefault(_CODES.get(code, code), Decimal(1).scaleb(scale - power))
    return found


_CODES = {"10k_kw": "10k_kW", "100m_kwh": "100m_kWh"}


def _readings(shown: str) -> list[tuple[int, str]]:
    readings = [(0, shown)]
    chinese = _ALONE.fullmatch(shown)
    if chinese:
        readings.append((_SCALES[chinese[1] or ""], chinese[2]))
    for scale, power in _ENGLISH.items():
        if scale and shown.startswith(scale):
            readings.append((power, shown.removeprefix(scale)))
        for money in ("cny", "rmb", "yuan"):
            if scale and shown == money + scale:
                readings.append((power, money))
    return readings
