"""What all pages of a site share: style, scripts, fonts. Named by their content, to be cached for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fourpillars.editions import cache
from fourpillars.editions.render.fonts import FACES, chinese_characters, cut, font_face_rules
from fourpillars.editions.versions import version_of
from fourpillars.exhibits.brand import Brand, load_brand
from fourpillars.exhibits.compiler import chart_compiler
from fourpillars.exhibits.fonts import font_files

_INDEX = ".assets.json"


def build_assets(folder: Path, root: Path) -> dict[str, str]:
    """Write the shared files of a site and return their names.

    What is there already, made from the same inputs, is not made again, and the Vega bundle and the fonts,
    which take seconds, are kept for the user's other sites too.

    Parameters
    ----------
    folder : Path
        `<out>/assets`; made if it is not there.
    root : Path
        The project's root: brand and theme in `reports/`, the characters of its data.

    Returns
    -------
    dict
        File name by asset, 'site.1f0c2a9b.css' for 'style'; the others are charts, front, search, vega, icon,
        logo and logo_dark where the brand has one, and the fonts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    reports = root / "reports"
    known = _read_index(folder)
    characters = chinese_characters(root)
    names: dict[str, str] = {}
    for face in FACES:
        glyphs = characters if face.name.startswith("noto") else ""
        key = _digest(f"{face}{version_of('fonttools')}{version_of('brotli')}{glyphs}", font_files()[face.family].name)
        names[face.name] = _kept(folder, known, face.name, "woff2", key, partial(cut, face, glyphs))
    bundle = _digest("vega", version_of("vl-convert-python"))
    names["vega"] = _kept(folder, known, "vega", "js", bundle, _vega_bundle)
    for name, suffix in (("charts", "js"), ("front", "js"), ("search", "js"), ("icon", "svg")):
        names[name] = _written(folder, name, suffix, (reports / "theme" / f"{name}.{suffix}").read_bytes())
    logos = load_brand(reports / "brand" / "_brand.yml").logo
    for name, file in zip(("logo", "logo_dark"), logos, strict=False):
        names[name] = _written(folder, name, file.suffix[1:], file.read_bytes())
    style = style_sheet(reports, names)
    names["style"] = _written(folder, "site", "css", style.encode())
    _write_index(folder, known)
    return names


def style_sheet(reports: Path, names: dict[str, str]) -> str:
    """Return the site's style sheet: fonts, the brand as CSS variables, then `theme/site.css`."""
    brand = load_brand(reports / "brand" / "_brand.yml")
    theme = (reports / "theme" / "site.css").read_text(encoding="utf-8")
    return f"{font_face_rules(names)}\n{_variables(brand)}\n{theme}"


def _variables(brand: Brand) -> str:
    light = {**brand.colours, **{f"pillar-{name}": colour for name, colour in brand.pillars.items()}}
    light["accent"] = brand.accent
    accent_name = next((name for name, colour in brand.colours.items() if colour == brand.accent), "")
    dark = {**brand.dark, "accent": brand.dark.get(accent_name, brand.accent)}
    for pillar, colour in brand.pillars.items():
        name = next((name for name, value in brand.colours.items() if value == colour), "")
        dark[f"pillar-{pillar}"] = brand.dark.get(name, colour)

    def block(colours: dict[str, str]) -> str:
        return " ".join(f"--{name}: {colour};" for name, colour in sorted(colours.items()))

    serif = f'"{brand.headings}", "{brand.fallback}", Georgia, serif'
    sans = f'"{brand.base}", "{brand.fallback}", system-ui, sans-serif'
    sans_zh = f'"{brand.base} for Chinese", "{brand.fallback}", "PingFang SC", "Microsoft YaHei", sans-serif'
    return (
        f":root {{ {block(light)} --sans: {sans}; --serif: {serif}; }}\n"
        f":root:lang(zh) {{ --sans: {sans_zh}; --serif: {sans_zh}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {block(dark)} }} }}"
    )


def _vega_bundle() -> bytes:
    return chart_compiler().javascript_bundle().encode()


def _kept(folder: Path, known: dict[str, str], name: str, suffix: str, key: str, make: Callable[[], bytes]) -> str:
    file = known.get(key)
    if file is None or not (folder / file).is_file():
        content = cache.kept(cache.user_folder() / "assets" / f"{name}.{key[:32]}.{suffix}", make)
        file = known[key] = _written(folder, name, suffix, content)
    return file


def _written(folder: Path, name: str, suffix: str, content: bytes) -> str:
    path = folder / f"{name}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"
    if not path.is_file():
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)
    return path.name


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _read_index(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / _INDEX).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _write_index(folder: Path, known: dict[str, str]) -> None:
    part = folder / f"{_INDEX}.part"
    part.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(folder / _INDEX)
