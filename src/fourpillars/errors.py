"""Errors that say what was found, where, and what to do.

Every refusal a user can cause is a `FourPillarsError`: the command line prints its sentence and its hint, without a
traceback, and ends with exit code 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class FourPillarsError(Exception):
    """A problem a user can act on.

    Parameters
    ----------
    message : str
        One sentence: what was found, and where.
    hint : str, optional
        What to do about it.

    Examples
    --------
    >>> print(FourPillarsError("There is no file data/sources.csv.", hint="Restore it from the repository."))
    There is no file data/sources.csv. Restore it from the repository.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UnknownNameError(FourPillarsError):
    """A name that is not in its list, with the nearest that are."""

    @classmethod
    def of(cls, kind: str, name: object, allowed: Iterable[object]) -> UnknownNameError:
        """Compose the refusal of an unknown `name` of a `kind`.

        Examples
        --------
        >>> print(UnknownNameError.of("language", "eng", ["en", "zh"]))
        Unknown language 'eng'. Did you mean 'en'?
        """
        return cls(f"Unknown {kind} {str(name)!r}.", hint=did_you_mean(str(name), [str(a) for a in allowed]))


def nearest(name: str, allowed: Iterable[str], count: int = 3) -> list[str]:
    """Return the allowed names most like `name`, best first, ignoring case."""
    by_lower = {candidate.lower(): candidate for candidate in allowed}
    return [by_lower[match] for match in get_close_matches(name.lower(), list(by_lower), n=count, cutoff=0.5)]


def did_you_mean(name: str, allowed: Iterable[str], most: int = 12) -> str:
    """Say which allowed names are near, or, where none is, which are allowed."""
    allowed = list(allowed)
    close = nearest(name, allowed)
    if close:
        return "Did you mean " + " or ".join(repr(match) for match in close) + "?"
    shown = ", ".join(repr(candidate) for candidate in allowed[:most])
    more = f", … ({len(allowed)} in all)" if len(allowed) > most else ""
    return f"Allowed: {shown}{more}."
