import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from fourpillars.editions.render.embedded import render
from fourpillars.editions.render.fonts import FACES, chinese_characters, cut
from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.brand import load_brand

from .conftest import CHARACTERS, REPORTS, SVG, build_with_few_characters, markdown, notebook

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


def test_a_logo_of_the_brand_is_on_the_page_and_in_the_pdf(tmp_path, page):
    reports = shutil.copytree(REPORTS, tmp_path / "reports", ignore=shutil.ignore_patterns("site"))
    brand = reports / "brand" / "_brand.yml"
    brand.write_text(brand.read_text().replace("logo: {}", "logo: {small: logo.svg}"))
    (reports / "brand" / "logo.svg").write_text(SVG)
    assets = {"logo": "logo.1.svg", "logo_dark": "logo.1.svg"}
    into = {"html": tmp_path / "a.html", "pdf": tmp_path / "a.pdf"}
    render(notebook(markdown("It grew.")), page=replace(page, assets=assets), reports=reports, **into)
    assert 'src="assets/logo.1.svg" alt=""' in (tmp_path / "a.html").read_text()
    assert (tmp_path / "a.pdf").stat().st_size > 1000
    (reports / "brand" / "logo.svg").unlink()
    brand.write_text(brand.read_text() + "\n")
    with pytest.raises(FourPillarsError, match=r"logo\.svg"):
        load_brand(brand)
