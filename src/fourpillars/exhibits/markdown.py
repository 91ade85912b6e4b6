"""Texts as Markdown that shows them as they are."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>$#@^~|\"'])")
_OPENING = re.compile(r"^(\s*)([-+:]|\d+(?=[.)]))", re.MULTILINE)


def literal(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it stands.

    Examples
    --------
    >>> print(literal("a*b <i> @x"))
    a\*b \<i\> \@x
    """
    return _OPENING.sub(r"\1\\\2" if not text[:1].isdigit() else r"\1\2", _SPECIAL.sub(r"\\\1", text))


def strong(text: str) -> str:
    """Return a text set bold, shown as it stands otherwise."""
    return f"**{literal(text)}**"


def paragraphs(*texts: str) -> str:
    """Join paragraphs of Markdown, empty ones left out."""
    return "\n\n".join(text for text in texts if text)


def bullets(texts: list[str]) -> str:
    """Return Markdown texts as a list."""
    return "\n".join(f"- {text}" for text in texts)
