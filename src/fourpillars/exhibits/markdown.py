"""Texts as Markdown that shows them as they are."""

from __future__ import annotations

import re

# Marks, entities, and what becomes a dash or an ellipsis.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>$#@^~|\"']|&(?=#?\w+;)|-(?=-)|\.(?=\.\.)")
_BULLET = re.compile(r"^(\s*)([-+:=%])", re.MULTILINE)
_NUMBER = re.compile(r"^(\s*\(?\w{1,9})([.)])(?=\s)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def literal(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it stands.

    Examples
    --------
    >>> print(literal("a*b <i> @x"))
    a\*b \<i\> \@x
    >>> print(literal("2026. Growth"))
    2026\. Growth
    """
    return _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text)))


def line(text: str) -> str:
    """Escape a text that must stand on one line: a title, a caption, a label."""
    return literal(" ".join(text.split()))


def plain(markdown: str) -> str:
    r"""Return the text that `literal` escaped.

    Examples
    --------
    >>> plain("R\&D \*grew\*")
    'R&D *grew*'
    """
    return _ESCAPED.sub(r"\1", markdown)


def strong(text: str) -> str:
    """Return a text set bold, shown as it stands otherwise."""
    return f"**{literal(text)}**"


def paragraphs(*texts: str) -> str:
    """Join paragraphs of Markdown, empty ones left out."""
    return "\n\n".join(text for text in texts if text)


def bullets(texts: list[str]) -> str:
    """Return Markdown texts as a list."""
    return "\n".join(f"- {text}" for text in texts)
