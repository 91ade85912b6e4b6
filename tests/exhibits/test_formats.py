from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.errors import UnknownNameError
from fourpillars.exhibits.formats import in_language, number, ordinal, unit_label


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (5.2, "pct_yoy", "+5.2%", "+5.2%"),
        (-0.04, "pct_yoy", "0.0%", "0.0%"),
        (-2.3, "pct_yoy", "−2.3%", "−2.3%"),
        (75.62, "pct", "75.6%", "75.6%"),
        (2.25, "pct", "2.3%", "2.3%"),
        (1.45, "pp", "+1.5 pp", "+1.5个百分点"),
        (2.653, "pct_of_gdp", "2.65% of GDP", "2.65%（占GDP）"),
        (40203.5, "cny_100m", "CNY 4,020.4 billion", "40,203.5亿元"),
        (-12.0, "cny_100m", "−CNY 1.2 billion", "−12.0亿元"),
        (1234567, "count", "1,234,567", "1,234,567个"),
        (54.75, "days", "54.8 days", "54.8天"),
        (7345.2, "persons_10k", "73.45 million persons", "7,345.2万人"),
        (8123.4, "10k_t", "81.23 million tonnes", "8,123.4万吨"),
        (258.7, "10k_units", "2,587 thousand units", "258.7万台（辆）"),
        (49.4, "index_50", "49.4", "49.4"),
        (61.249, "score", "61.2", "61.2分"),
        (0, "pct_yoy", "0.0%", "0.0%"),
    ],
)
def test_number(value: float, unit: str, en: str, zh: str) -> None:
    assert number(value, unit, "en") == en
    assert number(value, unit, "zh") == zh


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), np.nan, pd.NA, pd.NaT, ""])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_missing_number_is_a_dash(missing: object, lang: str) -> None:
    assert number(missing, "pct_yoy", lang) == "–"
    assert ordinal(missing, lang) == "–"


def test_decimals_sign_and_symbol_can_be_chosen() -> None:
    assert number(3.14159, decimals=3) == "3.142"
    assert number(5.2, "pct_yoy", signed=False) == "5.2%"
    assert number(5.2, "pct", signed=True) == "+5.2%"
    assert number(40203.5, "cny_100m", "en", symbol=False) == "4,020.4"
    assert number(1e6, decimals=0) == "1,000,000"


def test_numpy_numbers_are_numbers() -> None:
    assert number(np.float64(1.25), "pct") == "1.3%"
    assert number(np.int64(41), "count") == "41"


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'pct_yoy'"):
        number(1.0, "pct_yyo")


def test_the_axis_counts_in_the_unit_the_head_names() -> None:
    values = pd.Series([10.0, 25.0])
    assert list(in_language(values, "cny_100m", "en")) == [1.0, 2.5]
    assert list(in_language(values, "cny_100m", "zh")) == [10.0, 25.0]
    assert unit_label("10k_t", "en") == "million tonnes"
    assert unit_label("10k_t", "zh") == "万吨"
    assert unit_label("index_50", "en") == "diffusion index, 50 = no change"


def test_a_difference_of_published_figures_is_rounded_as_its_digits_say() -> None:
    assert number(61.2 - 72.85, "pp", "en") == "−11.7 pp"  # binary floats make it −11.649999999999999


def test_one_of_a_unit_is_said_in_the_singular() -> None:
    assert number(1, "months", "en") == "1 month"
    assert number(-1, "months", "en") == "−1 month"
    assert number(2, "months", "en") == "2 months"
