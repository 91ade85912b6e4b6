"""Every kind of chart, in both languages: it compiles, its words are there, and nothing says 'null'."""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from lxml import etree

from fourpillars.catalogue import load_catalogue
from fourpillars.exhibits.charts.bars import diverging_bars
from fourpillars.exhibits.charts.bullet import target_bullet
from fourpillars.exhibits.charts.heatmap import heatmap
from fourpillars.exhibits.charts.lights import light_strip
from fourpillars.exhibits.charts.lines import lines_over_time
from fourpillars.exhibits.charts.multiples import small_multiples
from fourpillars.exhibits.charts.quadrant import quadrant
from fourpillars.exhibits.charts.ranked import ranked_dots
from fourpillars.exhibits.charts.slope import slope_chart
from fourpillars.exhibits.charts.spine import spine_chart
from fourpillars.exhibits.charts.tiles import tile_map
from fourpillars.exhibits.formats import number
from fourpillars.exhibits.language import text
from fourpillars.exhibits.show import still_svg

NOTHING = re.compile(r"(?<![A-Za-z])(nan|NaN|NaT|None|inf|undefined|null)(?![A-Za-z])")
MONTHS = [str(month) for month in pd.period_range("2024-02", "2026-08", freq="M") if month.month > 1]


def industries(lang: str, count: int = 41) -> pd.DataFrame:
    catalogue = load_catalogue()
    codes = catalogue.divisions()[:count]
    values = np.linspace(-12.0, 20.0, len(codes))
    values[3] = np.nan
    return pd.DataFrame(
        {
            "code": codes,
            "name": [catalogue.name(code, lang, short=True) for code in codes],
            "value": values,
            "shown": [number(value, "pct_yoy", lang) for value in values],
            "period": "August 2026",
            "source": 'A "quoted", <source>',
        }
    )


def months(lang: str, count: int = 3) -> pd.DataFrame:
    rows = industries(lang, 12).iloc[4 : 4 + count]
    parts = [rows.assign(time_period=month, value=rows["value"] + at % 5) for at, month in enumerate(MONTHS)]
    long = pd.concat(parts, ignore_index=True)
    long.loc[long["time_period"].isin(MONTHS[10:12]), "value"] = np.nan
    return long


def provinces(lang: str) -> pd.DataFrame:
    catalogue = load_catalogue()
    areas = catalogue.ref_areas.loc[catalogue.provinces()]
    values = np.linspace(0, 100, len(areas))
    values[6] = np.nan
    return pd.DataFrame(
        {
            "code": areas.index,
            "name": areas[f"name_{lang}"],
            "value": values,
            "shown": [number(value, decimals=1) for value in values],
            "tile_row": areas["tile_row"].astype(int),
            "tile_col": areas["tile_col"].astype(int),
            "href": [f"region/{code}.html" for code in areas.index],
        }
    )


def ranked(lang: str) -> dict[str, Any]:
    data = industries(lang).assign(low=lambda rows: rows["value"] - 1, high=lambda rows: rows["value"] + 1)
    data["stale"] = data["code"] == "C39"
    return ranked_dots(data, axis="Growth, %", lang=lang, picked="C31", reference=4.0, reference_label="4.0%")


def lines(lang: str) -> dict[str, Any]:
    return lines_over_time(months(lang), axis="Growth, %", lang=lang, picked="B10", reference=0.0, reference_label="0")


def heat(lang: str) -> dict[str, Any]:
    rows = industries(lang, 6).assign(href="industry/x.html")
    return heatmap(pd.concat([rows.assign(column=name) for name in "AB"]), lang=lang, domain=(-12, 20), picked="B06")


def tiles(lang: str) -> dict[str, Any]:
    return tile_map(provinces(lang), lang=lang, picked="440000")


def spine(lang: str) -> dict[str, Any]:
    data = pd.DataFrame(
        {
            "label": ["Growth", "Volatility", "Gap"],
            "group": ["Stability", "Stability", "Growth"],
            "value": [4.0, np.nan, 2.0],
            "shown": ["+4.0%", "–", "2.0"],
            "low": [-2.0, 0.0, 0.0],
            "q1": [1.0, 1.0, 1.0],
            "median": [2.0, 2.0, 2.0],
            "q3": [3.0, 3.0, 3.0],
            "high": [8.0, 4.0, 4.0],
            "median_shown": ["+2.0%", "2.0", "2.0"],
            "polarity": [1, -1, 0],
        }
    )
    return spine_chart(data, lang=lang)


def strip(lang: str) -> dict[str, Any]:
    lights = ["red", "yellow", "green", "lightblue", "blue", None]
    long = months(lang)
    return light_strip(long.assign(light=[lights[at % 6] for at in range(len(long))]), lang=lang)


def bullet(lang: str) -> dict[str, Any]:
    data = industries(lang, 4).assign(
        target=[4.0, 5.0, -1.0, np.nan],
        target_shown=["4%", "5%", "−1%", "–"],
        state=["met", "on_track", "behind", "not_computable"],
    )
    return target_bullet(data, axis="Growth, %", lang=lang)


def bars(lang: str) -> dict[str, Any]:
    return diverging_bars(industries(lang, 12), axis="Contribution", lang=lang, picked="B09", total="B06")


def slope(lang: str) -> dict[str, Any]:
    rows = industries(lang, 8)
    both = pd.concat([rows.assign(moment="2021"), rows.assign(moment="2026", value=rows["value"] * -1)])
    return slope_chart(both, axis="Score", lang=lang, picked="B08")


def scatter(lang: str) -> dict[str, Any]:
    data = industries(lang).assign(x=lambda rows: rows["value"], y=lambda rows: rows["value"] ** 2)
    return quadrant(data, x_axis="X", y_axis="Y", lang=lang, x_split=0, y_split=50, picked="B08", corners=tuple("abcd"))


def multiples(lang: str) -> dict[str, Any]:
    long = months(lang, 4)
    both = pd.concat([long.assign(companion=False), long.assign(companion=True, value=long["value"] + 2)])
    return small_multiples(both, lang=lang, zero=True)


# Per chart: what its SVG must say, by name of an industry or province, a value, or a word.
CHARTS: dict[Callable[[str], dict[str, Any]], list[str]] = {
    ranked: ["B06", "+20.0%", "–", "Growth, %"],
    lines: ["B10", "B11", "Growth, %"],
    heat: ["B06", "B11", "A", "–"],
    tiles: ["110000", "540000", "100.0", "–"],
    spine: ["Growth", "Stability", "+4.0%", "label.better"],
    strip: ["B10", "light.red", "light.lightblue"],
    bullet: ["B06", "state.met", "state.not_computable"],
    bars: ["B06", "−12.0%", "Contribution"],
    slope: ["B08", "2021", "2026"],
    scatter: ["B08", "X", "Y", "a", "d"],
    multiples: ["B10", "C13"],
}


def shown_texts(svg: str) -> str:
    return " | ".join(" ".join(text.itertext()) for text in etree.fromstring(svg.encode()).iter("{*}text"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("make", CHARTS, ids=lambda make: make.__name__)
def test_chart(make: Callable[[str], dict[str, Any]], lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        spec = make(lang)
        svg = still_svg(spec)
    assert capfd.readouterr().err == ""
    assert not NOTHING.search(json.dumps(spec, ensure_ascii=False))
    words = shown_texts(svg)
    assert not NOTHING.search(words)
    catalogue = load_catalogue()
    for wanted in CHARTS[make]:
        if "." in wanted and wanted.islower():
            assert text(wanted, lang) in words
        elif re.fullmatch(r"[BC]\d\d|\d{6}", wanted):
            assert catalogue.name(wanted, lang, short=True) in words
        else:
            assert wanted in words


@pytest.mark.parametrize("make", CHARTS, ids=lambda make: make.__name__)
def test_a_chart_fits_the_page_and_a_phone(make: Callable[[str], dict[str, Any]]) -> None:
    spec = make("en")
    width = float(re.search(r'<svg[^>]* width="([\d.]+)"', still_svg(spec))[1])
    assert width <= 680
    narrow = float(re.search(r'<svg[^>]* width="([\d.]+)"', still_svg(merged(spec, spec["usermeta"]["narrow"])))[1])
    assert narrow <= 358  # a page of 390 px less its margins


def test_the_same_data_stand_once() -> None:
    spec = lines("en")
    assert json.dumps(spec).count("2025-05-01") == 3  # one row for each of the three lines


@pytest.mark.parametrize("make", [heat, tiles], ids=lambda make: make.__name__)
def test_a_cell_without_a_value_is_not_coloured_as_the_lowest(make: Callable[[str], dict[str, Any]]) -> None:
    fills = Counter(fills_of(still_svg(make("en"))))
    lowest = fills["#cd8544"] + fills["rgb(205, 133, 68)"]
    assert (lowest, fills["#ebe9e3"]) == {heat: (2, 2), tiles: (1, 1)}[make]


def fills_of(svg: str) -> list[str]:
    """Return the colour of each form drawn; what a group says counts for all within."""
    paths = etree.fromstring(svg.encode()).iter("{*}path")
    return [
        next(iter(path.xpath("ancestor-or-self::*/@fill")[::-1]), "")
        for path in paths
        for _ in range(path.get("d").count("M"))
    ]


def merged(target: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        result[key] = merged(result.get(key), value)
    return result
