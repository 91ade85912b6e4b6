"""Typst code made of data: texts become string literals, so that nothing in them is ever markup."""

from __future__ import annotations

import re
from functools import cache

_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"))
_CONTROL = re.compile("[\x00-\x1f]")


@cache
def colour(name: str) -> str:
    """Return one of the brand's colours as a Typst expression, such as `rgb("#1d2433")`."""
    from fourpillars.exhibits.brand import load_brand

    brand = load_brand()
    return f"rgb({string(brand.accent if name == 'accent' else brand.colours[name])})"


def string(text: object) -> str:
    r"""Write a text as a Typst string literal.

    Examples
    --------
    >>> print(string('#panic("no") \\ 3 %'))
    "#panic(\"no\") \\ 3 %"
    """
    escaped = str(text)
    for character, instead in _ESCAPES:
        escaped = escaped.replace(character, instead)
    return f'"{_CONTROL.sub("", escaped)}"'


def small(text: str, *, size: float = 8, fill: str = "grey", above: float = 0.6, sticky: bool = False) -> str:
    """Write a paragraph of small text, such as a source line; `sticky` keeps it with what follows."""
    return small_code(string(text), size=size, fill=fill, above=above, sticky=sticky)


def small_code(code: str, *, size: float = 8, fill: str = "grey", above: float = 0.6, sticky: bool = False) -> str:
    """Write a paragraph of what a Typst expression gives, small."""
    stuck = ", sticky: true" if sticky else ""
    return (
        f"#block(width: 100%, above: {above:g}em, below: 0.6em{stuck}, "
        f"text(size: {size:g}pt, fill: {colour(fill)}, {code}))"
    )


def svg_image(svg: str, alt: str) -> str:
    """Write an SVG with its alternative text; it stays vector, leaves no file behind, and its first note beside
    it."""
    return f'#block(sticky: true, image(bytes({string(svg)}), format: "svg", alt: {string(alt)}))'
