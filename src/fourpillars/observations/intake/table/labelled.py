"""What a label means in a column whose kind is known; and what to ask where it means nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from fourpillars.files.sheet import letter
from fourpillars.observations.intake.questions import Question
from fourpillars.observations.intake.table.columns import Column
from fourpillars.observations.intake.words.labels import plain
from fourpillars.observations.intake.words.meaning import Meaning, meaning
from fourpillars.observations.intake.words.names import Names
from fourpillars.observations.intake.words.times import When, when
from fourpillars.observations.intake.words.units import units_meant

TIMES = ("time_period", "year", "month")
_MEASURES = ("measure", "item", "activity", "ownership", "basis")


def label_meaning(text: str, holds: str, names: Names) -> Meaning | None:
    """Return what a label means in a column that holds a dimension, or labels of any kind; None if nothing.

    Examples
    --------
    >>> from fourpillars.catalogue import load_codelists
    >>> names = Names(load_codelists())
    >>> label_meaning("汽车", "item", names).codes, label_meaning("汽车", "activity", names).codes
    ({'item': 'automobiles'}, {'activity': 'C36'})
    >>> label_meaning("8", "month", names).when
    When(year=None, freq='M', number=8, basis='', said=False)
    """
    if holds == "labels":
        return meaning(text, names)
    if holds == "measure":
        return _measure(text, names)
    if holds in TIMES:
        found = _time(text, holds)
        return Meaning(when=found) if found else None
    if holds == "unit":
        named = names.codes(text, "unit")
        units = dict.fromkeys(named, Decimal(1)) if len(named) == 1 else {}
        units = units_meant(text, names.codelists) or units
        return Meaning(units=units, unit_text=text) if units else None
    codes = names.codes(text, holds)
    return Meaning(codes={holds: next(iter(codes))}) if len(codes) == 1 else None


def _measure(text: str, names: Names) -> Meaning | None:
    codes = names.codes(text, "measure")
    if len(codes) == 1:
        return Meaning(codes={"measure": next(iter(codes))})
    return meaning(text, names, _MEASURES)


def _time(text: str, holds: str) -> When | None:
    shown = plain(text)
    if holds == "year":
        found = re.fullmatch(r"((?:19|20)\d\d)(?:年度?)?", shown)
        return When(int(found[1]), "A", None, "year") if found else None
    if holds == "month":
        if re.fullmatch(r"0?[1-9]|1[0-2]", shown):
            return When(None, "M", int(shown))
        found = when(text)
        return found if found and found.freq == "M" and found.year is None else None
    return when(text)


def label_question(text: str, column: Column, row: int, names: Names) -> Question:
    """Return the question what an unknown label stands for, with the nearest names."""
    where = f"{letter(column.place)}{row + 1}"
    dimension = "" if column.holds == "labels" else column.holds
    kinds = (dimension,) if dimension else ("activity", "ref_area", "measure", "item")
    offered = [(kind, code) for kind in kinds for code in names.nearest(text, kind, 3 if dimension else 1)]
    told = tuple((code, f"{'' if dimension else kind + ' '}{names.name(kind, code)}") for kind, code in offered)
    return Question("names", text, dimension, told, where)
