"""Figures as tables write them: 1,234.5, ５.２, 5.2%, 12.3①, and the marks that say there is none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from fourpillars.observations.intake.words.labels import without_notes

#: Marks for 'no figure': not published, does not apply, less than half of the unit.
MISSING = {
    "",
    "-",
    "--",
    "—",
    "——",
    "–",
    "…",
    "……",
    "...",
    "..",
    "......",
    "/",
    "na",
    "n/a",
    "n.a.",
    "nan",
    "null",
    "none",
    ":",
}
_NUMBER = re.compile(r"([-+]?)((?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:e([+-]?\d{1,2}))?")
_MOST_DIGITS = 20


@dataclass(frozen=True)
class Figure:
    """A figure as a cell gives it.

    Attributes
    ----------
    value : Decimal
        The number before any % sign.
    percent : bool
        Whether a % sign stood behind it.
    """

    value: Decimal
    percent: bool = False


def is_missing(text: str) -> bool:
    """Say whether a cell says that there is no figure.

    Examples
    --------
    >>> is_missing(" — "), is_missing("…"), is_missing("0")
    (True, True, False)
    """
    text = "".join(text.split()).casefold()
    return text in MISSING or without_notes(text) in MISSING


@lru_cache(maxsize=65536)
def figure(text: str) -> Figure | None:
    """Return the figure of a cell; None where the text is none, or not certainly one.

    Examples
    --------
    >>> figure("１,２３４.５"), figure("-5.2%"), figure("12.3①")
    (Figure(value=Decimal('1234.5'), percent=False), Figure(value=Decimal('-5.2'), percent=True), \
Figure(value=Decimal('12.3'), percent=False))
    >>> figure("1,23"), figure("(5.2)"), figure("5.2.1")
    (None, None, None)
    """
    shown = unicodedata.normalize("NFKC", without_notes(text)).strip()
    shown = shown.replace("−", "-").replace("–", "-").casefold()
    percent = shown.endswith("%")
    found = _NUMBER.fullmatch(shown.removesuffix("%").strip())
    if not found or not shown.isascii():
        return None
    digits = found[2].replace(",", "").replace(" ", "")
    if len(digits) > _MOST_DIGITS:
        return None
    sign = "-" if found[1] == "-" else ""
    return Figure(Decimal(f"{sign}{digits}e{found[3] or 0}"), percent)
