from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from fourpillars.exhibits.brand import load_brand
from fourpillars.exhibits.fonts import font_directories, font_files

BRAND = load_brand()

# Viénot, Brettel and Mollon as tabulated by Machado, Oliveira and Fernandes (2009), severity 1.0.
VISION = {
    "normal": [1, 0, 0, 0, 1, 0, 0, 0, 1],
    "protanopia": [
        0.152286,
        1.052583,
        -0.204868,
        0.114503,
        0.786281,
        0.099216,
        -0.003882,
        -0.048116,
        1.051998,
    ],
    "deuteranopia": [
        0.367322,
        0.860646,
        -0.227968,
        0.280085,
        0.672501,
        0.047413,
        -0.01182,
        0.04294,
        0.968881,
    ],
    "tritanopia": [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(rgb, 0, 1)
    f = [np.cbrt(part) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz / [0.95047, 1, 1.08883]]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("ground", ["paper", "white"])
@pytest.mark.parametrize("name", ["ink", "slate", "grey", "claret", "blue", "amber", "plum", "green"])
def test_text_colours_reach_aa(name: str, ground: str) -> None:
    assert contrast(BRAND.colours[name], BRAND.colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["ink", "slate", "grey", "claret", "blue", "amber", "plum", "green"])
def test_text_colours_reach_aa_in_the_dark(name: str) -> None:
    assert contrast(BRAND.dark[name], BRAND.dark["paper"]) >= 4.5


@pytest.mark.parametrize("colour", BRAND.ramp)
def test_ink_reads_on_every_colour_of_the_ramp(colour: str) -> None:
    assert contrast(colour, BRAND.colours["ink"]) >= 4.5


@pytest.mark.parametrize("light", BRAND.lights)
def test_marks_read_on_their_lights(light: str) -> None:
    assert contrast(*BRAND.lights[light]) >= 4.5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("palette", ["pillars", "lights"])
def test_colours_stay_apart_for_every_reader(palette: str, vision: str) -> None:
    colours = [value if isinstance(value, str) else value[0] for value in getattr(BRAND, palette).values()]
    seen = [lab(np.reshape(VISION[vision], (3, 3)) @ linear(colour)) for colour in colours]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 15


def test_fonts_are_files_of_the_packages() -> None:
    assert all(path.suffix == ".ttf" and path.stat().st_size > 500_000 for path in font_files().values())
    assert len(font_directories()) == 3
