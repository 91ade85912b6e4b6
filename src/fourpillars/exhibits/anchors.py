"""Places in the method report that other reports lead to."""

from __future__ import annotations


def anchor_of(indicator: str) -> str:
    """Return the name of the place where an indicator is explained.

    Examples
    --------
    >>> anchor_of("va_growth")
    'indicator-va_growth'
    """
    return f"indicator-{indicator}"
