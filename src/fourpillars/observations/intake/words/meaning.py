"""What a heading or label means: its parts as facets (a measure, a period, a unit, growth, …), or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fourpillars.observations.intake.words.labels import plain
from fourpillars.observations.intake.words.names import Names
from fourpillars.observations.intake.words.times import When, when
from fourpillars.observations.intake.words.units import units_meant

_GROWTH = (
    "同比增长",
    "同比增速",
    "同比增减",
    "同比增幅",
    "同比变化",
    "同比涨跌",
    "同比涨跌幅",
    "同比",
    "比上年同期增长",
    "比上年同月增长",
    "比去年同期增长",
    "比上年增长",
    "比去年增长",
    "增长率",
    "增速",
    "增长",
    "yoy",
    "year-on-year",
    "yearonyear",
    "growth",
    "growthrate",
)
_MONTHLY = ("环比增长", "环比增速", "环比涨跌", "环比涨跌幅", "环比", "mom", "month-on-month")
#: Words that say only that figures stand below.
NEUTRAL = {
    "数值",
    "值",
    "数据",
    "指标值",
    "绝对量",
    "绝对数",
    "绝对值",
    "总量",
    "金额",
    "本期",
    "观测值",
    "数额",
    "数",
    "value",
    "obs_value",
    "obsvalue",
    "values",
    "figure",
    "amount",
    "level",
}
#: Words for a basis, and whether they also say growth.
_BASES = {
    **dict.fromkeys(["累计增长", "累计同比", "同比累计", "累计同比增长", "累计增速"], ("ytd", True)),
    **dict.fromkeys(["当月增长", "当月同比", "本月增长", "当月同比增长", "当月增速"], ("month", True)),
    **{"当期值": ("month", False), "当月": ("month", False)},
    **{"本月止累计": ("ytd", False), "累计": ("ytd", False), "期末": ("end_of_period", False)},
}
_TAIL = re.compile(r"(.*?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*")
_PARTS = re.compile(r"\s*[_:：,，;；|]\s*|\s+[-–—]\s+")
#: The dimensions that headings and labels name.
DIMENSIONS = ("measure", "ref_area", "activity", "item", "ownership", "basis")


@dataclass(frozen=True)
class Meaning:
    """What a text says of the figures beside or below it.

    Attributes
    ----------
    codes : dict
        Codes by dimension.
    when : When, optional
        The period.
    units : dict
        The units it can mean, each with its factor; empty where it names none.
    unit_text : str
        The unit as written.
    change : str
        'growth' for a change on the year before, 'mom' on the month before.
    open : tuple
        Where a name stands for several codes: each dimension and code.
    label : str
        That name.
    """

    codes: dict[str, str] = field(default_factory=dict)
    when: When | None = None
    units: dict[str, Decimal] = field(default_factory=dict)
    unit_text: str = ""
    change: str = ""
    open: tuple[tuple[str, str], ...] = ()
    label: str = ""

    def joined(self, other: Meaning) -> Meaning | None:
        """Return both together; None where they contradict each other."""
        if any(other.codes.get(dimension, code) != code for dimension, code in self.codes.items()):
            return None
        period = self.when or other.when
        if self.when and other.when:
            period = self.when.within(other.when)
            if period is None:
                return None
        if self.open and other.open:
            return None
        if self.change and other.change and self.change != other.change:
            return None
        unit = self._unit_with(other)
        if unit is None:
            return None
        return Meaning(
            self.codes | other.codes,
            period,
            unit.units,
            unit.unit_text,
            self.change or other.change,
            self.open or other.open,
            self.label or other.label,
        )

    def _unit_with(self, other: Meaning) -> Meaning | None:
        """Return the one whose unit holds: beside 粗钢（万吨） the % of 同比增长（%） is the growth's own."""
        if not (self.units and other.units) or self.units == other.units:
            return self if self.units else other
        if bool(self.change) == bool(other.change):
            return None
        return self if self.change else other


def meaning(text: str, names: Names, dimensions: tuple[str, ...] = DIMENSIONS) -> Meaning | None:
    """Return what a text means; None where any part of it is unknown.

    Examples
    --------
    >>> from fourpillars.catalogue import load_codelists
    >>> names = Names(load_codelists())
    >>> meaning("营业收入（亿元）", names).codes, meaning("营业收入（亿元）", names).unit_text
    ({'measure': 'operating_revenue'}, '亿元')
    >>> found = meaning("粗钢产量_累计增长(%)", names)
    >>> found.codes, found.change
    ({'measure': 'output', 'item': 'crude_steel', 'basis': 'ytd'}, 'growth')
    >>> meaning("说不清的东西", names) is None
    True
    """
    text = text.strip()
    if len(text) > 200:
        return None
    if not text or plain(text) in NEUTRAL:
        return Meaning()
    asked = (text, dimensions)
    if asked not in names.meanings:
        names.meanings[asked] = _whole(text, names, dimensions) or _split(text, names, dimensions)
    return names.meanings[asked]


def _whole(text: str, names: Names, dimensions: tuple[str, ...]) -> Meaning | None:
    readings = names.readings(text, dimensions)
    if len(readings) == 1:
        return Meaning(codes=dict(readings))
    if readings:
        return Meaning(open=tuple(readings), label=text)
    period = when(text)
    if period:
        return Meaning(when=period)
    shown = plain(text)
    if shown in _BASES:
        basis, growth = _BASES[shown]
        return Meaning(codes={"basis": basis}, change="growth" if growth else "")
    if shown in _GROWTH or shown in _MONTHLY:
        return Meaning(change="growth" if shown in _GROWTH else "mom")
    units = units_meant(text, names.codelists)
    return Meaning(units=units, unit_text=text) if units else None


def _split(text: str, names: Names, dimensions: tuple[str, ...]) -> Meaning | None:
    """Return the meaning of a text made of known parts."""
    for head, tail in _cuts(text):
        first = meaning(head, names, dimensions)
        second = meaning(tail, names, dimensions) if first else None
        both = first.joined(second) if first and second else None
        if both:
            return both
    return _product(text, names, dimensions)


def _cuts(text: str) -> list[tuple[str, str]]:
    """Return the places where a text may be made of two: brackets, separators, a period before, growth behind."""
    cuts = []
    bracket = _TAIL.fullmatch(text)
    if bracket and bracket[1]:
        cuts.append((bracket[1], bracket[2]))
    mark = _PARTS.search(text)
    if mark:
        cuts.append((text[: mark.start()], text[mark.end() :]))
    period = re.match(
        r"((?:19|20)\d\d年(?:(?:1\s*[-—－~～至]\s*)?\d{1,2}月份?|[一二三四]季度)?|\d{1,2}月份?)(?=\D)", text
    )
    if period:
        cuts.append((period[1], text[period.end() :]))
    shown = plain(text)
    for word in (*_BASES, *_GROWTH, *_MONTHLY):
        if shown.endswith(word) and shown != word:
            cuts.append((shown.removesuffix(word), word))
    return [(head, tail) for head, tail in cuts if head.strip() and tail.strip()]


def _product(text: str, names: Names, dimensions: tuple[str, ...]) -> Meaning | None:
    """Return the output of a product: 粗钢产量."""
    shown = plain(text)
    if not shown.endswith("产量") or shown == "产量" or not {"item", "measure"} <= set(dimensions):
        return None
    items = names.codes(shown.removesuffix("产量"), "item")
    return Meaning(codes={"measure": "output", "item": next(iter(items))}) if len(items) == 1 else None


def of_measure(found: Meaning, names: Names) -> Meaning | None:
    """Return a meaning with its change taken into the measure, as 营业收入 and 同比增长 make its growth.

    None where that change of the measure is not known.
    """
    measure = found.codes.get("measure")
    if not found.change or not measure:
        return found
    unit = {"growth": "pct_yoy", "mom": "pct_mom"}[found.change]
    for code in (f"{measure}_{found.change}", measure):
        if code in names.measures and unit in names.measures[code]["units"].split(";"):
            units = {unit: Decimal(1)} if found.units else {}
            if found.units and unit not in found.units:
                return None
            return replace(found, codes=found.codes | {"measure": code}, units=units, change="")
    return None
