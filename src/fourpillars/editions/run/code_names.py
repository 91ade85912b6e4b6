"""What readers are told for a code of an exhibit's data."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

_DERIVED = {"sum": "total"}
_COLON = {"en": ": ", "zh": "："}


@lru_cache(maxsize=8192)
def name_of(dimension: str, code: str, lang: str) -> str:
    """Return the text for a code: a period as readers see it, a name, or the code itself.

    Examples
    --------
    >>> name_of("time_period", "2026-08", "en"), name_of("activity", "C31", "en")
    ('Aug 2026', 'Iron and steel')
    """
    from fourpillars.catalogue.names import load_names
    from fourpillars.errors import FourPillarsError
    from fourpillars.exhibits.dates import period
    from fourpillars.exhibits.language import has_text, text

    if dimension == "time_period":
        with suppress(FourPillarsError):
            return period(code, lang, short=True)
    elif (names := load_names()).has_name(code):
        return names.name(code, lang, short=True)
    how, _, of = str(code).partition(":")
    label = f"label.{_DERIVED.get(how, how)}"
    if of and has_text(label, lang):
        return f"{text(label, lang)}{_COLON[lang]}{name_of(dimension, of, lang)}"
    return text(f"label.{code}", lang) if has_text(f"label.{code}", lang) else str(code)
