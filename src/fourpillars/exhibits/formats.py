"""Numbers as a reader sees them: a true minus, a plus before changes, the language's units, never 'nan'."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from fourpillars.errors import UnknownNameError
from fourpillars.exhibits.language import locale, text
from fourpillars.yaml_text import parse_yaml

MINUS = "−"
SIGNED = frozenset({"pct_yoy", "pct_mom", "pct_over_period", "pp", "pp_yoy"})
"""Units of change: a plus stands before an increase."""


def number(
    value: Any,
    unit: str = "",
    lang: str = "en",
    *,
    decimals: int | None = None,
    signed: bool | None = None,
    symbol: bool = True,
) -> str:
    """Return a value with its unit, as text.

    Parameters
    ----------
    value : number or missing
        In `unit`. Rounded half up, as statistical offices round.
    unit : str
        Code of the unit codelist; '' is a bare number.
    lang : {'en', 'zh'}
    decimals : int, optional
        Default: the unit's own.
    signed : bool, optional
        Put a plus before an increase. Default: for units of change.
    symbol : bool
        Leave the unit out where False, as in a table whose head names it.

    Returns
    -------
    str
        '–' where the value is missing.

    Examples
    --------
    >>> number(-2.34, "pct_yoy"), number(5.25, "pct_yoy"), number(float("nan"), "pct_yoy")
    ('−2.3%', '+5.3%', '–')
    >>> number(40203.5, "cny_100m", "en"), number(40203.5, "cny_100m", "zh")
    ('CNY 4,020.4 billion', '40,203.5亿元')
    """
    if is_missing(value):
        return text("missing", lang)
    locale(lang)  # refuses a language there is no
    factor, places = _scale(unit, lang)
    places = places if decimals is None else decimals
    # Twelve digits: a difference of published figures, 61.2 − 72.85, is not −11.649999999999999 to a reader.
    exact = (Decimal(f"{float(value):.12g}") * factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = _digits(exact, unit in SIGNED if signed is None else signed)
    return _with_symbol(digits, unit, lang) if symbol and unit else digits


def in_language(values: Any, unit: str, lang: str) -> Any:
    """Return numbers (a number, array or Series) in the unit the language shows: what a chart's axis counts
    in.

    Examples
    --------
    >>> in_language(40203.5, "cny_100m", "en"), in_language(40203.5, "cny_100m", "zh")
    (4020.35, 40203.5)
    """
    factor = float(_scale(unit, lang)[0])
    if factor == 1:
        return values
    return values * factor if factor >= 1 else values / (1 / factor)


def unit_label(unit: str, lang: str) -> str:
    """Return what a table head or an axis says of a unit.

    Examples
    --------
    >>> unit_label("cny_100m", "en"), unit_label("cny_100m", "zh"), unit_label("pct_yoy", "en")
    ('CNY billion', '亿元', '%')
    """
    if lang == "en" and unit in _scales():
        return _scales()[unit]["label"]
    row = _unit(unit)
    return row[f"symbol_{lang}"] or row[f"name_{lang}"]


def ordinal(rank: Any, lang: str) -> str:
    """Return a rank as an ordinal.

    Examples
    --------
    >>> [ordinal(n, "en") for n in (1, 2, 3, 4, 11, 12, 13, 21, 102)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd']
    >>> ordinal(3, "zh")
    '第3'
    """
    if is_missing(rank):
        return text("missing", lang)
    rank = int(rank)
    if lang == "zh":
        return f"第{rank}"
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def is_missing(value: Any) -> bool:
    """Say whether a value is absent: None, NaN, NaT, pandas' NA, or infinite.

    Examples
    --------
    >>> [is_missing(value) for value in (None, float("nan"), float("inf"), 0, "")]
    [True, True, True, False, True]
    """
    if value is None or (isinstance(value, str) and not value):
        return True
    try:
        return not math.isfinite(value)
    except TypeError:
        return True


def _digits(exact: Decimal, signed: bool) -> str:
    digits = f"{abs(exact):,f}"  # commas and point: both languages group and part alike
    if exact == 0:
        return digits
    return (MINUS if exact < 0 else "+" if signed else "") + digits


def _with_symbol(digits: str, unit: str, lang: str) -> str:
    if lang == "en" and unit in _scales():
        pattern = _scales()[unit]["shown"]
        if digits[0] in "+" + MINUS:  # −CNY 3 billion, not CNY −3 billion
            return digits[0] + pattern.format(number=digits[1:])
        return pattern.format(number=digits)
    symbol = _unit(unit)[f"symbol_{lang}"]
    if lang == "en" and digits.lstrip("+" + MINUS) == "1":
        symbol = symbol.removesuffix("s")  # 1 month, 2 months
    space = "" if lang == "zh" or symbol.startswith("%") or not symbol else " "
    return f"{digits}{space}{symbol}"


def _scale(unit: str, lang: str) -> tuple[Decimal, int]:
    if not unit:
        return Decimal(1), 1
    if lang == "en" and unit in _scales():
        return Decimal(str(_scales()[unit]["factor"])), _scales()[unit]["decimals"]
    return Decimal(1), int(_unit(unit)["decimals"])


def _unit(unit: str) -> dict[str, Any]:
    if unit not in _units():
        raise UnknownNameError.of("unit", unit, _units())
    return _units()[unit]


@cache
def _units() -> dict[str, dict[str, Any]]:
    from fourpillars.catalogue import load_catalogue
    from fourpillars.catalogue.project import find_project

    units = load_catalogue(find_project()).units.astype(object)
    return units.where(units.notna(), "").to_dict("index")


@cache
def _scales() -> dict[str, dict[str, Any]]:
    return parse_yaml(files(__package__).joinpath("words", "scales.yml").read_text(encoding="utf-8"))
