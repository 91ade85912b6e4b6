"""Where the type is: font files that come with packages, so that no page trusts the reader's machine."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from fourpillars.errors import FourPillarsError

_FILES = {
    "Inter": ("justmytype_western_core", "inter/Inter[opsz,wght].ttf"),
    "Inter Italic": ("justmytype_western_core", "inter/Inter-Italic[opsz,wght].ttf"),
    "Source Serif 4": ("justmytype_western_core", "sourceserif4/SourceSerif4[opsz,wght].ttf"),
    "Source Serif 4 Italic": ("justmytype_western_core", "sourceserif4/SourceSerif4-Italic[opsz,wght].ttf"),
    # The single-locale face: pan-CJK fonts fall back to Japanese shapes.
    "Noto Sans SC": ("justmytype_intl_cjk", "notosanssc/NotoSansSC[wght].ttf"),
}


@cache
def font_files() -> dict[str, Path]:
    """Return the path of each face, by its family (italics by 'Family Italic').

    Raises
    ------
    FourPillarsError
        If a font package is not installed or no longer holds the file.

    Examples
    --------
    >>> font_files()["Inter"].name
    'Inter[opsz,wght].ttf'
    """
    return {family: _find(family, package, name) for family, (package, name) in _FILES.items()}


def font_directories() -> list[Path]:
    """Return the folders that hold the fonts, as Typst's `font_paths` and vl-convert want them.

    Examples
    --------
    >>> [folder.name for folder in font_directories()]
    ['inter', 'notosanssc', 'sourceserif4']
    """
    return sorted({path.parent for path in font_files().values()}, key=lambda path: path.name)


def _find(family: str, package: str, name: str) -> Path:
    try:
        path = Path(str(files(package))) / "fonts" / "ofl" / name
    except ModuleNotFoundError:
        path = None
    if path is None or not path.is_file():
        distribution = package.replace("_", "-")
        raise FourPillarsError(f"The font {family} was not found.", hint=f"Install the package {distribution}.")
    return path
