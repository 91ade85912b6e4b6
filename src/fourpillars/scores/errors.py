"""What the score library refuses, in one sentence and a hint."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ScoresError(ValueError):
    """A framework, a table or a choice that cannot give a sound score.

    Parameters
    ----------
    message : str
        What was found, and where.
    hint : str, optional
        What to do about it.

    Examples
    --------
    >>> print(ScoresError("Indicator 'gdp' is constant.", hint="Leave it out."))
    Indicator 'gdp' is constant. Leave it out.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    @classmethod
    def unknown(cls, kind: str, name: object, allowed: Iterable[object]) -> ScoresError:
        """Compose the refusal of an unknown `name`, with the nearest allowed ones.

        Examples
        --------
        >>> print(ScoresError.unknown("aggregation", "geometrik", ["arithmetic", "geometric"]))
        Unknown aggregation 'geometrik'. Did you mean 'geometric'?
        """
        names = [str(candidate) for candidate in allowed]
        close = get_close_matches(str(name), names, n=1)
        hint = f"Did you mean {close[0]!r}?" if close else f"Allowed: {listed(names)}."
        return cls(f"Unknown {kind} {str(name)!r}.", hint=hint)


def listed(names: Iterable[object], most: int = 8) -> str:
    """Name the first few of `names`, and say how many there are.

    Examples
    --------
    >>> listed(["a", "b", "c"], most=2)
    "'a', 'b', … (3 in all)"
    """
    names = [repr(str(name)) for name in names]
    more = f", … ({len(names)} in all)" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def one_of(kind: str, value: str, allowed: Iterable[str]) -> None:
    """Refuse a `value` that is not among the allowed ones."""
    if value not in (allowed := list(allowed)):
        raise ScoresError.unknown(kind, value, allowed)
