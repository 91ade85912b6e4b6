"""The rules each observation is held against: known codes, fitting periods and units, ranges, unique keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from fourpillars.catalogue.codelists import Codelists
from fourpillars.catalogue.periods import BASES, EXAMPLE, FORM
from fourpillars.catalogue.tables import LINE
from fourpillars.errors import did_you_mean
from fourpillars.observations.schema import KEY, Rule

#: How many different mistakes of one sort get a hint: looking for the nearest codes takes its time.
HINTED = 50


def rules_of(codelists: Codelists, source_ids: Sequence[str] | None) -> list[Rule]:
    """Return the rules, given the codelists and the known sources (None leaves the sources unchecked)."""
    codes = {
        "ref_area": list(codelists.ref_areas.index),
        "activity": list(codelists.activities.index),
        "ownership": ["", *codelists.ownerships.index],
        "item": ["", *codelists.items.index],
        "measure": list(codelists.measures.index),
        "freq": list(FORM),
        "basis": codelists.term_codes("basis"),
        "unit": list(codelists.units.index),
        "obs_status": codelists.term_codes("obs_status"),
    }
    if source_ids is not None:
        codes["source_id"] = list(source_ids)
    return [
        *(_known(column, allowed) for column, allowed in codes.items()),
        *_periods(set(codes["basis"])),
        *_measures(codelists),
        _within_limits(codelists),
        Rule("key_once", "time_period", lambda frame: ~_repeated(frame), _explain_repeated),
    ]


def _over(
    name: str,
    among: tuple[str, ...],
    holds: Callable[..., bool],
    message: Callable[..., str],
    hint: Callable[..., str],
) -> Rule:
    """Make a rule that some codes decide, judged once for each combination; the last one named is wrong."""

    def kept(frame: pd.DataFrame) -> pd.Series:
        number, combinations = _combinations(frame, among)
        verdicts = np.fromiter((holds(*codes) for codes in combinations), bool, len(combinations))
        return pd.Series(verdicts[number], index=frame.index)

    def explain(frame: pd.DataFrame, rows: Sequence[int]) -> list[tuple[str, str, str]]:
        number, combinations = _combinations(frame.loc[rows], among)
        told = [
            (codes[-1], message(*codes), hint(*codes) if n < HINTED else "") for n, codes in enumerate(combinations)
        ]
        return [told[each] for each in number]

    return Rule(name, among[-1], kept, explain)


def _known(column: str, allowed: list[str]) -> Rule:
    known = set(allowed)
    where = "sources.csv" if column == "source_id" else "the codelist"
    return _over(
        f"{column}_known", (column,),
        holds=lambda code: code in known,
        message=lambda code: f"is not in {where}" if code else "is empty",
        hint=lambda code: did_you_mean(code, allowed),
    )  # fmt: skip


def _periods(known: set[str]) -> list[Rule]:
    return [
        _over(
            "time_period_fits_freq", ("freq", "time_period"),
            holds=lambda freq, period: freq not in FORM or FORM[freq].fullmatch(period) is not None,
            message=lambda freq, period: f"is no period of frequency {freq}",
            hint=lambda freq, period: f"Write {EXAMPLE[freq]}.",
        ),
        _over(
            "basis_fits_freq", ("freq", "basis"),
            holds=lambda freq, basis: freq not in BASES or basis in BASES[freq] or basis not in known,
            message=lambda freq, basis: f"is no basis of frequency {freq}",
            hint=lambda freq, basis: f"Allowed: {', '.join(BASES[freq])}.",
        ),
    ]  # fmt: skip


def _measures(codelists: Codelists) -> list[Rule]:
    units = {code: text.split(";") for code, text in codelists.measures["units"].items()}
    lists = {code: set(text.split(";")) - {""} for code, text in codelists.measures["items"].items()}
    lists_of = {code: set(text.split(";")) for code, text in codelists.items["lists"].items()}
    own_unit = dict(codelists.items["unit"])

    def items_of(measure: str) -> list[str]:
        return [item for item, its_lists in lists_of.items() if lists[measure] & its_lists]

    def unit_fits(measure: str, unit: str) -> bool:
        return measure not in units or unit not in codelists.units.index or unit in units[measure]

    def item_has_unit(measure: str, item: str, unit: str) -> bool:
        return measure != "output" or unit not in units[measure] or own_unit.get(item) in (unit, "", None)

    def item_fits(measure: str, item: str) -> bool:
        return measure not in lists or item not in lists_of or item in items_of(measure)

    def item_hint(measure: str, item: str) -> str:
        allowed = items_of(measure)
        return did_you_mean(item, allowed) if allowed else f"{measure} has no items: leave it empty."

    return [
        _over(
            "unit_fits_measure", ("measure", "unit"),
            holds=unit_fits,
            message=lambda measure, unit: f"is no unit of {measure}",
            hint=lambda measure, unit: f"Allowed: {', '.join(units[measure])}.",
        ),
        _over(
            "item_fits_measure", ("measure", "item"),
            holds=item_fits,
            message=lambda measure, item: f"is no item of {measure}",
            hint=item_hint,
        ),
        _over(
            "unit_fits_item", ("measure", "item", "unit"),
            holds=item_has_unit,
            message=lambda measure, item, unit: f"is not the unit of {item}",
            hint=lambda measure, item, unit: f"Convert to {own_unit[item]}.",
        ),
    ]  # fmt: skip


def _within_limits(codelists: Codelists) -> Rule:
    """Hold each value against the least and the greatest its measure and its unit allow."""

    def limits(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        low, high = np.full(len(frame), -np.inf), np.full(len(frame), np.inf)
        for column, codelist in (("measure", codelists.measures), ("unit", codelists.units)):
            bounds = codelist[["minimum", "maximum"]].reindex(frame[column].cat.categories)
            codes = frame[column].cat.codes
            low = np.fmax(low, bounds["minimum"].to_numpy()[codes])
            high = np.fmin(high, bounds["maximum"].to_numpy()[codes])
        return low, high

    def kept(frame: pd.DataFrame) -> pd.Series:
        low, high = limits(frame)
        return ~((frame["obs_value"] < low) | (frame["obs_value"] > high))

    def explain(frame: pd.DataFrame, rows: Sequence[int]) -> list[tuple[str, str, str]]:
        part = frame.loc[rows]
        told = zip(part["obs_value"], part["measure"], *limits(part), strict=True)
        return [(f"{value:g}", _beyond(value, low, high, measure), "") for value, measure, low, high in told]

    return Rule("value_within_limits", "obs_value", kept, explain)


def _beyond(value: float, low: float, high: float, measure: str) -> str:
    if value < low:
        return f"is below {low:g}, the least that {measure} can be"
    return f"is above {high:g}, the most that {measure} can be"


def _repeated(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(_numbered(frame, KEY), index=frame.index).duplicated()


def _explain_repeated(frame: pd.DataFrame, rows: Sequence[int]) -> list[tuple[str, str, str]]:
    number = _numbered(frame, KEY)
    place = pd.Series(range(len(frame)), index=frame.index)[rows].to_numpy()
    first = _first_places(number)
    keys = frame.iloc[place][list(KEY)].itertuples(index=False, name=None)
    firsts = frame.iloc[first[number[place]]][["file", LINE, "obs_value"]].itertuples(index=False, name=None)
    return [
        (
            ", ".join(filter(None, key)),
            "is a key that stands twice",
            f"The first is in {file}, line {line}, with the value {value:g}: keep one of the two.",
        )
        for key, (file, line, value) in zip(keys, firsts, strict=True)
    ]


def _combinations(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Number the combinations of some categorical columns that occur, and say what each number stands for."""
    number = _numbered(frame, columns)
    codes = frame.iloc[_first_places(number)][list(columns)].astype(str)
    return number, list(codes.itertuples(index=False, name=None))


def _first_places(number: np.ndarray) -> np.ndarray:
    """Return the place at which each of the numbers 0, 1, … first stands."""
    first = np.zeros(number.max(initial=-1) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(len(number))[::-1]
    return first


def _numbered(frame: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Number the combinations of some categorical columns from 0, in the order they first occur."""
    number = np.zeros(len(frame), dtype=np.int64)
    for column in columns:
        codes = frame[column].cat.codes.to_numpy(np.int64)
        number, _ = pd.factorize(number * (codes.max(initial=0) + 1) + codes)
    return number
