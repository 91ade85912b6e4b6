"""The brand: colours and type, read from `reports/brand/_brand.yml`, the one place where they are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fourpillars.errors import FourPillarsError
from fourpillars.yaml_text import parse_yaml

BRAND_FILE = "_brand.yml"


@dataclass(frozen=True)
class Brand:
    """Colours and families by their names; every colour is a '#rrggbb'.

    Attributes
    ----------
    name : str
        Full name of the publication.
    colours : dict
        The palette: ink, paper, slate, grey, mist, rule, veil, claret …
    accent : str
        The one strong colour, for the entity in question.
    pillars, levels : dict
        Colour by pillar code, by warning level.
    lights : dict
        Ground and mark colour by temperature.
    ramp : tuple
        Diverging ramp from low over middle to high.
    dark : dict
        The palette in the dark.
    base, headings, fallback : str
        Families of text and headings, and the one that holds Chinese.
    logo : tuple of Path
        The logo's file on light ground and on dark; empty where there is none.
    """

    name: str
    colours: dict[str, str]
    accent: str
    pillars: dict[str, str]
    lights: dict[str, tuple[str, str]]
    levels: dict[str, str]
    ramp: tuple[str, ...]
    dark: dict[str, str]
    base: str
    headings: str
    fallback: str
    logo: tuple[Path, ...] = ()

    @property
    def font(self) -> str:
        """Return the font list of charts and text: Latin first, then Chinese."""
        return f"{self.base}, {self.fallback}, sans-serif"


def load_brand(path: Path | None = None) -> Brand:
    """Return the brand of the project, or of another `_brand.yml`.

    Examples
    --------
    >>> sorted(load_brand().pillars)
    ['expansion', 'growth', 'innovation', 'stability']
    """
    if path is None:
        from fourpillars.catalogue.project import find_project

        path = find_project().reports / "brand" / BRAND_FILE
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Brand:
    document = parse_yaml(path.read_text(encoding="utf-8"))
    palette, own = document["color"]["palette"], document["defaults"]["fourpillars"]

    def colour(name: str) -> str:
        return palette.get(name, name)

    return Brand(
        name=document["meta"]["name"]["full"],
        colours=dict(palette),
        accent=colour(document["color"]["primary"]),
        pillars={pillar: colour(name) for pillar, name in own["pillars"].items()},
        lights={light: (colour(ground), colour(mark)) for light, (ground, mark) in own["lights"].items()},
        levels={level: colour(name) for level, name in own["levels"].items()},
        ramp=tuple(own["ramp"]),
        dark=dict(own["dark"]),
        base=document["typography"]["base"]["family"],
        headings=document["typography"]["headings"]["family"],
        fallback=own["fallback"],
        logo=_logo(document.get("logo") or {}, path.parent),
    )


def _logo(named: dict[str, Any], folder: Path) -> tuple[Path, ...]:
    """Return the smallest logo that is named, on light and on dark ground."""
    chosen = next((named[size] for size in ("small", "medium", "large") if named.get(size)), None)
    if chosen is None:
        return ()
    light, dark = (chosen, chosen) if isinstance(chosen, str) else (chosen["light"], chosen["dark"])
    found = (folder / light, folder / dark)
    for file in found:
        if file.suffix not in (".svg", ".png") or not file.is_file():
            raise FourPillarsError(
                f"The logo {file.name} that {BRAND_FILE} names is no SVG or PNG file beside it.",
                "Put it there, or leave `logo: {}`.",
            )
    return found
