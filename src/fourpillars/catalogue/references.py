"""Whether what the indicators name exists: measures, items, units, and periods that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fourpillars.catalogue.periods import BASES
from fourpillars.catalogue.problems import Problem
from fourpillars.catalogue.project import Project
from fourpillars.errors import did_you_mean

if TYPE_CHECKING:
    from fourpillars.catalogue.catalogue import Catalogue
    from fourpillars.catalogue.indicator import Indicator, Series


def reference_problems(project: Project, catalogue: Catalogue) -> list[Problem]:
    """Return every name in ``indicators.yml`` that is in no codelist, each with the entry's line."""
    path = project.catalogue / "indicators.yml"
    text = path.read_text(encoding="utf-8")
    return [
        Problem(project.relative(path), _line_of(code, text), f"{code}: {place}", found, message, hint)
        for code, indicator in catalogue.indicators.items()
        for place, found, message, hint in dict.fromkeys(_wrong(indicator, catalogue))
    ]


def _line_of(code: str, text: str) -> int | None:
    entry = re.search(rf"^[\s-]*code:\s*{re.escape(code)}\s*$", text, re.MULTILINE)
    return text.count("\n", 0, entry.start(0)) + 1 if entry else None


def _wrong(indicator: Indicator, catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    yield from _unknown("unit", indicator.unit, catalogue.units.index)
    for kind in indicator.kinds:
        for place, series in _series_of(indicator.of(kind)):
            for name, found, message, hint in _wrong_series(series, catalogue):
                yield f"{place}.{name}", found, message, hint


def _series_of(indicator: Indicator) -> Iterator[tuple[str, Series]]:
    if indicator.method == "series":
        yield "series", indicator.series
    elif indicator.method == "ratio":
        yield "ratio.numerator", indicator.ratio.numerator
        yield "ratio.denominator", indicator.ratio.denominator
    elif indicator.method == "difference":
        yield "difference.minuend", indicator.difference.minuend
        yield "difference.subtrahend", indicator.difference.subtrahend


def _wrong_series(series: Series, catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    yield from _unknown("measure", series.measure, catalogue.measures.index)
    yield from _unknown("item", series.item, ["", *catalogue.items.index])
    yield from _unknown("ownership", series.ownership, ["", *catalogue.ownerships.index])
    yield from _unknown("activity", series.activity or "", ["", *catalogue.activities.index])
    yield from _unknown("basis", series.basis, BASES[series.freq], f"is no basis of frequency {series.freq}")
    if series.unit and series.measure in catalogue.measures.index:
        allowed = catalogue.measures.loc[series.measure, "units"].split(";")
        yield from _unknown("unit", series.unit, allowed, f"is no unit of {series.measure}")


def _unknown(
    name: str, found: str, allowed: object, message: str = "is no known code"
) -> Iterator[tuple[str, str, str, str]]:
    allowed = list(allowed)
    if found not in allowed:
        yield name, found, message, did_you_mean(found, filter(None, allowed))
