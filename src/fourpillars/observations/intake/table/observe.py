"""From the meanings around a figure to an observation: its key, or what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from fourpillars.files.sheet import plain_number
from fourpillars.observations.intake.questions import Answers
from fourpillars.observations.intake.words.figures import Figure
from fourpillars.observations.intake.words.meaning import Meaning, of_measure
from fourpillars.observations.intake.words.names import Names
from fourpillars.observations.intake.words.times import When, when
from fourpillars.observations.intake.words.units import units_meant

_ALONE = {"M": "month", "Q": "quarter", "A": "year"}
_PERCENT = "%"
#: What tables leave unsaid most often: offered, never taken for granted.
_USUAL = {"measure": (), "ref_area": ("CN",), "activity": ("B-D", "_T", "C")}


class UnfitError(Exception):
    """What is said of a figure does not go together: the message, and a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


class UnsaidError(Exception):
    """Something is not said of a figure: the columns of the statistics, each with the codes it could have."""

    def __init__(self, *unsaid: tuple[str, tuple[str, ...]]) -> None:
        super().__init__(*unsaid)
        self.unsaid = unsaid


class UndecidedError(Exception):
    """A label stands for several codes: the label, each dimension and code."""

    def __init__(self, label: str, readings: tuple[tuple[str, str], ...]) -> None:
        super().__init__(label, readings)
        self.label, self.readings = label, readings


@dataclass(frozen=True)
class Series:
    """What a figure is of, before its value: the key, and how its unit turns into the project's.

    Attributes
    ----------
    key : tuple of str
        The nine columns of the key.
    factor : Decimal
        What figures are multiplied by.
    status : str
        The observation's status.
    unit_text : str
        The unit as the file writes it; empty where it follows from the measure.
    """

    key: tuple[str, ...]
    factor: Decimal
    status: str
    unit_text: str

    def value(self, figure: Figure) -> str:
        """Return a figure in the project's unit, as text."""
        return plain_number(figure.value * self.factor)


def series_of(said: Meaning, percent: bool, names: Names, answers: Answers) -> Series:
    """Return what a figure is of.

    Raises
    ------
    UnfitError, UnsaidError, UndecidedError
        Where what is said contradicts itself, is not enough, or is open.
    """
    said = _decided(_with_answers(said, answers.values, names), names)
    unsaid = [(column, usual) for column, usual in _USUAL.items() if not said.codes.get(column)]
    measure = said.codes.get("measure", "")
    if not measure:
        raise UnsaidError(*unsaid)
    whole = of_measure(said, names)
    if whole is None:
        what = "change on the month before" if said.change == "mom" else "growth rate"
        raise UnfitError(f"{measure} has no {what} in the codelists, or the unit is not per cent")
    said, measure = whole, whole.codes["measure"]
    period = basis = unit = None
    try:
        period = _period(said, answers.values)
        basis = _basis(said, period, measure, answers.values, names)
    except UnsaidError as error:
        unsaid += error.unsaid
    try:
        unit = _unit(said, measure, percent, names)
    except UnsaidError as error:
        unsaid += error.unsaid
    if unsaid or period is None or basis is None or unit is None:
        raise UnsaidError(*unsaid)
    codes = said.codes
    key = (codes["ref_area"], codes["activity"], codes.get("ownership", ""), codes.get("item", ""), measure,
           period.freq, period.period, basis, unit[0])  # fmt: skip
    return Series(key, unit[1], codes.get("obs_status", "A"), said.unit_text)


def _decided(said: Meaning, names: Names) -> Meaning:
    """Decide what an ambiguous name stands for, where only one of its codes goes with the rest."""
    if not said.open:
        return said
    measure = said.codes.get("measure", "")
    fitting = [
        (dimension, code)
        for dimension, code in said.open
        if dimension not in said.codes and (dimension != "item" or not measure or _takes(measure, code, names))
    ]
    if len(fitting) != 1:
        raise UndecidedError(said.label, tuple(fitting) or said.open)
    return replace(said, codes=said.codes | dict(fitting), open=(), label="")


def _takes(measure: str, item: str, names: Names) -> bool:
    own = set(names.items[item]["lists"].split(";"))
    return bool(own & set(names.measures[measure]["items"].split(";")) - {""})


def _with_answers(said: Meaning, values: dict[str, str], names: Names) -> Meaning:
    """Fill in what a person said of all figures; the file's own word goes before it."""
    codes = {column: code for column, code in values.items() if column not in ("time_period", "unit", "basis")}
    filled = replace(said, codes=codes | said.codes) if codes else said
    if said.units or "unit" not in values:
        return filled
    return replace(filled, units=units_meant(values["unit"], names.codelists), unit_text=values["unit"])


def _period(said: Meaning, values: dict[str, str]) -> When:
    given = when(values["time_period"]) if "time_period" in values else None
    period = said.when or given
    if said.when and given:
        period = said.when if said.when.period else said.when.within(given)
    if period is None or not period.period:
        raise UnsaidError(("time_period", ()))
    freq = said.codes.get("freq", period.freq)
    if freq != period.freq:
        raise UnfitError(f"{period.period} is no period of frequency {freq}")
    return period


def _basis(said: Meaning, period: When, measure: str, values: dict[str, str], names: Names) -> str:
    told = said.codes.get("basis", "")
    if told == "month":
        told = _ALONE[period.freq]
    if told and period.said and told != period.basis:
        raise UnfitError(f"{period.period} is {period.basis} here and {told} there")
    if told or period.said:
        return told or period.basis
    if "basis" in values:
        return values["basis"]
    stock = names.measures[measure]["nature"] == "stock" and period.freq == "M"
    if period.basis and not stock:
        return period.basis
    bases = {"M": ("month", "ytd", "end_of_period"), "Q": ("quarter", "ytd", "end_of_period")}
    raise UnsaidError(("basis", bases.get(period.freq, ("year", "end_of_period", "cumulative"))))


def _unit(said: Meaning, measure: str, percent: bool, names: Names) -> tuple[str, Decimal]:
    """Return the unit and the factor into it; only what the measure and its item are kept in."""
    allowed = _kept_in(measure, said.codes.get("item", ""), names)
    units = said.units
    if percent:
        signs = units_meant(_PERCENT, names.codelists)
        units = {code: factor for code, factor in units.items() if code in signs} if units else signs
        if not units:
            raise UnfitError(f"has a % sign, and the unit is {said.unit_text}")
    if not units:
        diffusion = names.measures[measure]["nature"] == "diffusion"
        if diffusion and len(allowed) == 1:
            return allowed[0], Decimal(1)
        raise UnsaidError(("unit", tuple(allowed)))
    fitting = {code: factor for code, factor in units.items() if code in allowed}
    if not fitting:
        text = said.unit_text or _PERCENT
        raise UnfitError(f"{text} is no unit of {measure}", f"It is kept in {', '.join(allowed)}.")
    exact = [code for code, factor in fitting.items() if factor == 1]
    if len(fitting) == 1 or len(exact) == 1:
        code = exact[0] if len(exact) == 1 else next(iter(fitting))
        return code, fitting[code]
    raise UnsaidError(("unit", tuple(fitting)))


def _kept_in(measure: str, item: str, names: Names) -> list[str]:
    allowed = names.measures[measure]["units"].split(";")
    own = names.items[item]["unit"] if measure == "output" and item in names.items else ""
    return [own] if own in allowed else allowed
