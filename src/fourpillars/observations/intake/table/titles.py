"""What the texts above a table say of all its figures: the unit, the period, the measure."""

from __future__ import annotations

import re
from decimal import Decimal

from fourpillars.observations.intake.words.labels import plain
from fourpillars.observations.intake.words.meaning import Meaning, meaning
from fourpillars.observations.intake.words.names import Names
from fourpillars.observations.intake.words.times import When, when
from fourpillars.observations.intake.words.units import units_meant

_UNIT = re.compile(r"(?:计量)?单位\s*[:：]\s*(.+?)\s*[)）]?$|\b[Uu]nits?\s*:\s*(.+?)\s*[)）]?$")
_PERIOD = re.compile(
    r"(?:19|20)\d\d年(?:\s*1\s*[-—－–～~至]\s*\d{1,2}月份?|\s*\d{1,2}月(?:份|末|底)?|[一二三四]季度|上半年|前[二三]季度)?(?!\s*(?:以来|以后|起|至|[-—－–～~]))"
    r"|(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d|-\d)|(?<!\d)1\s*[-—－–～~至]\s*\d{1,2}月份?"
)
_FRAME = re.compile(
    r"^\s*(?:(?:附?表|图)\s*\d*[-.\d]*\s*[:：]?|指标\s*[:：])?\s*(?:各地区|分地区|各省份?|分省份?|分行业|各行业|主要行业|主要)?"
)


def of_titles(titles: list[str], names: Names) -> Meaning:
    """Return what titles say; what they leave open, or say in two ways, they do not say.

    Examples
    --------
    >>> from fourpillars.catalogue import load_codelists
    >>> names = Names(load_codelists())
    >>> found = of_titles(["2026年1-8月各地区营业收入", "单位：亿元"], names)
    >>> found.when.period, found.codes, found.unit_text
    ('2026-08', {'measure': 'operating_revenue'}, '亿元')
    """
    units, unit_text = _units(titles, names)
    said = Meaning(when=_when(titles), units=units, unit_text=unit_text)
    for title in titles:
        named = _named(title, names)
        both = said.joined(named) if named else None
        said = both or said
    return said


def _units(titles: list[str], names: Names) -> tuple[dict[str, Decimal], str]:
    texts = [found[1] or found[2] for found in map(_UNIT.search, titles) if found]
    if len(set(texts)) != 1:
        return {}, ""
    units: dict[str, Decimal] = {}
    for part in re.split(r"[、,，;；]", texts[0]):
        meant = units_meant(part, names.codelists)
        if not meant or set(meant) & set(units):
            return {}, ""
        units |= meant
    return units, texts[0]


def _when(titles: list[str]) -> When | None:
    found = {period for title in titles for text in _PERIOD.findall(title) if (period := when(text))}
    if len(found) == 2:
        first, second = found
        return first.within(second)
    return found.pop() if len(found) == 1 else None


def _named(title: str, names: Names) -> Meaning | None:
    """Return the meaning of a title without its number, period and unit; None where it has none."""
    rest = _FRAME.sub("", _PERIOD.sub("", _UNIT.sub("", title)))
    rest = _FRAME.sub("", rest.strip(" 份（(")).strip()
    return meaning(rest, names) if plain(rest) else None
