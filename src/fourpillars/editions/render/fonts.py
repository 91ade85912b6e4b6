"""Web fonts: the type cut down to the characters a site uses; equal characters give equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fourpillars.editions.inputs import files_below
from fourpillars.exhibits.fonts import font_files

_LATIN = (
    "U+0020-007E, U+00A0-017F, U+02C6-02DD, U+2009-201F, U+2020-2026, U+202F-203A, U+2070-209F, U+20AC, "
    "U+2190-2199, U+2212, U+2248-2265, U+25A0-25FF"
)
_HAN = re.compile("[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ASCII = bytes(range(128))
# Punctuation that Chinese sets in its own full width, and that Latin faces hold too.
CHINESE_PUNCTUATION = "·—‘’“”…"
_TEXT_FILES = (
    "data/codelists/*.csv",
    "data/catalogue/*.yml",
    "data/observations/sources.csv",
    "data/observations/targets.csv",
    "notebooks/*.ipynb",
)


@dataclass(frozen=True)
class Face:
    """A font to cut: which file, which axes to keep, under which name the page knows it."""

    name: str
    family: str
    style: str = "normal"
    limits: tuple[tuple[str, float | tuple[float, float]], ...] = ()


FACES = (
    Face("inter", "Inter", limits=(("opsz", 14), ("wght", (400, 700)))),
    Face("source-serif", "Source Serif 4", limits=(("opsz", 28), ("wght", (400, 700)))),
    Face("noto-sans-sc", "Noto Sans SC", limits=(("wght", (400, 700)),)),
)


def chinese_characters(root: Path) -> str:
    """Return the Chinese characters a project can show, sorted: those of its data, notebooks and words.

    Parameters
    ----------
    root : Path
        The project's root.
    """
    paths = [path for pattern in _TEXT_FILES for path in root.glob(pattern)]
    punctuation = CHINESE_PUNCTUATION + "，。、；：？！（）《》〈〉「」【】％－～"
    found = _characters([*paths, *_below(root / "reports", (".yml", ".md", ".j2"))]) | own_characters()
    return "".join(sorted(found | set(punctuation)))


@cache
def own_characters() -> frozenset[str]:
    """Return the Chinese characters this package can show by itself."""
    return frozenset(_characters(_below(Path(__file__).parents[2], (".yml", ".py"))))


def _below(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    return [folder / name for name in files_below(folder) if name.endswith(suffixes)]


def _characters(paths: Iterable[Path]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        rest = path.read_bytes().translate(None, _ASCII)  # of UTF-8, UTF-8 is left
        found.update(_HAN.findall("".join(set(rest.decode(errors="ignore")))))
    return found


def cut(face: Face, characters: str) -> bytes:
    """Return a face as woff2 with the glyphs of `characters` only ('' for Latin).

    Deterministic: no times are written, and fontTools orders what it writes.

    Examples
    --------
    >>> cut(FACES[0], "")[:4]
    b'wOF2'
    """
    from fontTools import subset
    from fontTools.varLib import instancer

    options = subset.Options(flavor="woff2", recalc_timestamp=False, hinting=False, notdef_outline=True)
    options.layout_features = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
    font = subset.load_font(str(font_files()[face.family]), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_codes(_LATIN) if not characters else [ord(c) for c in characters])
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, dict(face.limits), inplace=True)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def font_face_rules(files: dict[str, str]) -> str:
    """Return the `@font-face` rules for font files by face name, addresses beside the style sheet.

    In Chinese text quotes and dashes are the Chinese face's: 'Inter for Chinese' is Inter without them.
    """
    without = "U+0020-007E, U+00A0-00B6, U+00B8-017F, U+2212, U+2190-2199, U+2248-2265"
    rules = [_rule(face.family, files[face.name], "" if "noto" in face.name else _LATIN) for face in FACES]
    rules.append(_rule("Inter for Chinese", files["inter"], without))
    return "\n".join(rules)


def _rule(family: str, file: str, unicode_range: str) -> str:
    limit = f" unicode-range: {unicode_range};" if unicode_range else ""
    return (
        f'@font-face {{ font-family: "{family}"; src: url("{file}") format("woff2"); font-weight: 400 700; '
        f"font-display: swap;{limit} }}"
    )


def _codes(ranges: str) -> list[int]:
    codes: list[int] = []
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.strip().partition("-")
        codes.extend(range(int(first, 16), int(last or first, 16) + 1))
    return codes
