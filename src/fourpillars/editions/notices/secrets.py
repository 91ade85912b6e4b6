"""Secrets come from the environment by name, and never leave it in words.

Whatever has been read here is known from then on, and `masked` takes it out of any text before it is shown.
"""

from __future__ import annotations

import os
from urllib.parse import quote, quote_plus

from fourpillars.errors import FourPillarsError

MASK = "***"
_SHORT = 6  #: a secret shorter than this is masked only where it stands alone: 'a' stands in every word
_known: set[str] = set()


def secret(name: str | None) -> str:
    """Return the secret in the environment variable `name`; '' where no name is given.

    Raises
    ------
    FourPillarsError
        If the variable is not set. The message names it, and holds nothing of its value.

    Examples
    --------
    >>> secret(None)
    ''
    """
    if not name:
        return ""
    value = os.environ.get(name, "").strip()
    if not value:
        raise FourPillarsError(
            f"The environment variable {name}, which reports/edition.yml names, is not set.",
            "Set it where the schedule runs: docs/operations.md says how.",
        )
    remember(value)
    return value


def remember(value: str) -> None:
    """Keep a text out of every log from now on, also as it stands in an address."""
    _known.update(form for form in (value, quote(value, safe=""), quote_plus(value)) if form)


def masked(text: str) -> str:
    """Return a text without the secrets known so far.

    Examples
    --------
    >>> remember("sesame-opens")
    >>> masked("POST https://hook.example/sesame-opens failed")
    'POST https://hook.example/*** failed'
    """
    for value in sorted(_known, key=len, reverse=True):
        text = text.replace(value, MASK) if len(value) >= _SHORT else MASK if text == value else text
    return text
