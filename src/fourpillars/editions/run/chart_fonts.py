"""The type that charts are measured in, cut small: the same widths in five sixths of the time.

vl-convert reads a face's tables for every text it measures, always of the default instance. So faces without
variations and with few glyphs stand before the whole ones, which are left for rare characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from fourpillars.editions.cache import kept, user_folder
from fourpillars.exhibits.fonts import font_files, register_fonts

FACES = ("Inter", "Noto Sans SC")
VARIATIONS = ("fvar", "gvar", "avar", "cvar", "HVAR", "VVAR", "MVAR", "STAT")
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2000, 0x2600)]


@cache
def register_chart_fonts() -> None:
    """Tell vl-convert of the faces, once in a process; they are cut once for a user."""
    import vl_convert

    for folder in {_small(family).parent for family in FACES}:
        if folder.is_dir():
            vl_convert.register_font_directory(str(folder))
    register_fonts()


def _small(family: str) -> Path:
    """Return the path of a face cut small; it is there where the user's cache can be written."""
    source = font_files()[family]
    made_of = f"{version('fonttools')}-{source.stat().st_size}"
    path = user_folder() / "faces" / f"{family.replace(' ', '')}-{made_of}" / "face.ttf"
    kept(path, partial(cut_small, source, [*LATIN, *frequent_characters()]))
    return path


def cut_small(source: Path, characters: Iterable[int]) -> bytes:
    """Return the default instance of a face with the glyphs of some characters."""
    from fontTools import subset

    options = subset.Options(recalc_timestamp=False, hinting=False, notdef_outline=True)
    options.layout_features = options.name_IDs = options.name_languages = ["*"]
    options.name_legacy = True
    options.drop_tables = [*options.drop_tables, *VARIATIONS]
    font = subset.load_font(str(source), options, dontLoadGlyphNames=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def frequent_characters() -> Iterator[int]:
    """Yield the Chinese characters of the first level of GB 2312, which are 3,755, its punctuation and full width.

    Examples
    --------
    >>> "".join(map(chr, frequent_characters()))[-4:]
    '做作坐座'
    """
    for row in (0xA1, 0xA3, *range(0xB0, 0xD8)):
        yield from map(
            ord, bytes(byte for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode("gb2312", "ignore")
        )
