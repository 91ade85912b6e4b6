import re
from pathlib import Path

from fontTools.ttLib import TTFont

from fourpillars.editions.render.fonts import FACES, chinese_characters, cut

from .conftest import CHARACTERS, build_with_few_characters

ROOT = Path(__file__).parents[3]


def test_names_carry_a_hash_and_exist(built):
    folder, names = built
    assert set(names) == {"style", "charts", "front", "search", "icon", "vega", "inter", "source-serif", "noto-sans-sc"}
    for name in names.values():
        assert re.fullmatch(r"[a-z-]+\.[0-9a-f]{8}\.(css|js|svg|woff2)", name)
        assert (folder / name).stat().st_size > 0


def test_a_second_build_makes_nothing_new(built):
    folder, names = built
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.suffix != ".json"}
    assert build_with_few_characters(folder) == names
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.suffix != ".json"} == before


def test_the_style_sheet_finds_its_fonts_and_the_brand(built):
    folder, names = built
    style = (folder / names["style"]).read_text(encoding="utf-8")
    assert f'url("{names["inter"]}")' in style
    assert "--accent: #a3123f;" in style
    assert "http" not in style


def test_the_vega_bundle_needs_no_network(built):
    folder, names = built
    assert "window.vegaEmbed=" in (folder / names["vega"]).read_text(encoding="utf-8")


def test_a_subset_holds_its_characters_and_both_weights(built):
    folder, names = built
    font = TTFont(folder / names["noto-sans-sc"])
    assert {ord(character) for character in CHARACTERS} <= set(font.getBestCmap())
    (axis,) = font["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)


def test_cutting_is_deterministic():
    assert cut(FACES[2], "钢铁") == cut(FACES[2], "钢铁")


def test_the_characters_of_a_project_are_those_of_its_files():
    found = chinese_characters(ROOT)
    assert list(found) == sorted(set(found))
    assert set("省份行业目录") <= set(found)
