"""What readers are told for a code of an exhibit's data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fourpillars.catalogue.names import Names

_DERIVED = {"sum": "total"}
_COLON = {"en": ": ", "zh": "："}
_held: list[Names | None] = []


@contextmanager
def held() -> Iterator[None]:
    """Look once whether the catalogue's files have changed, for all that is named within."""
    _held.append(None)
    try:
        yield
    finally:
        _held.pop()


def names() -> Names:
    """Return the names of the project this process works for, as its files are."""
    from fourpillars.catalogue.names import load_names

    if not _held:
        return load_names()
    if _held[-1] is None:
        _held[-1] = load_names()
    return _held[-1]


def name_of(dimension: str, code: str, lang: str) -> str:
    """Return the text for a code: a period as readers see it, a name, or the code itself.

    Examples
    --------
    >>> name_of("time_period", "2026-08", "en"), name_of("activity", "C31", "en")
    ('Aug 2026', 'Iron and steel')
    """
    return _period(code, lang) if dimension == "time_period" else _name_of(names(), code, lang)


@lru_cache(maxsize=1024)
def _period(code: str, lang: str) -> str:
    from fourpillars.errors import FourPillarsError
    from fourpillars.exhibits.dates import period

    try:
        return period(code, lang, short=True)
    except FourPillarsError:
        return str(code)


@lru_cache(maxsize=8192)
def _name_of(known: Names, code: str, lang: str) -> str:
    from fourpillars.exhibits.language import has_text, text

    if known.has_name(code):
        return known.name(code, lang, short=True)
    how, _, of = str(code).partition(":")
    label = f"label.{_DERIVED.get(how, how)}"
    if of and has_text(label, lang):
        return f"{text(label, lang)}{_COLON[lang]}{_name_of(known, of, lang)}"
    return text(f"label.{code}", lang) if has_text(f"label.{code}", lang) else str(code)
