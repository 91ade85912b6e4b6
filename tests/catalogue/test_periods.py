from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.catalogue import periods
from fourpillars.errors import FourPillarsError


@pytest.mark.parametrize(
    ("period", "freq", "end"),
    [
        ("2026-08", "M", "2026-08"),
        ("2026-02", "M", "2026-02"),
        ("2026-Q1", "Q", "2026-03"),
        ("2017-Q4", "Q", "2017-12"),
        ("2025", "A", "2025-12"),
    ],
)
def test_a_period_has_a_frequency_and_a_last_month(period, freq, end):
    assert periods.freq_of(period) == freq
    assert periods.end_month(period) == end


@pytest.mark.parametrize("text", ["2026-8", "2026-13", "2026-00", "2026Q2", "2026-Q5", "26", "", "2026-08-01", "1799"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(FourPillarsError, match="is no period"):
        periods.freq_of(text)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2026-08", "2026-08", 0),
        ("2025", "2026-08", 8),
        ("2026-Q2", "2026-08", 2),
        ("2022", "2026-08", 44),
        ("2026-08", "2026-Q2", -2),
    ],
)
def test_months_between_counts_from_end_to_end(earlier, later, months):
    assert periods.months_between(earlier, later) == months


@pytest.mark.parametrize(
    ("period", "seen"),
    [
        ("2026-08", True),
        ("2026-09", False),
        ("2026-Q2", True),
        ("2026-Q3", False),
        ("2025", True),
        ("2026", False),
    ],
)
def test_an_edition_sees_what_ends_by_its_month(period, seen):
    assert periods.ends_by(period, "2026-08") is seen


def test_the_year_ends_in_december():
    assert periods.ends_by("2026", "2026-12")


@pytest.mark.parametrize(
    ("freq", "texts"), [("M", ["2025-12", "2026-01"]), ("Q", ["2025-Q4", "2026-Q1"]), ("A", ["2025", "2026"])]
)
def test_to_pandas_and_back(freq, texts):
    index = periods.to_period_index(texts, freq)
    assert isinstance(index, pd.PeriodIndex)
    assert index[1] - index[0] == index.freq
    assert [periods.from_period(period) for period in index] == texts


def test_a_period_of_another_frequency_is_refused():
    with pytest.raises(FourPillarsError, match="'2026-08' is no period of frequency Q"):
        periods.to_period_index(["2026-08"], "Q")


@pytest.mark.parametrize("text", ["2026-02", "2026-08", "2023-12", " 2026-08 "])
def test_an_edition_is_a_month_from_february(text):
    assert periods.parse_edition(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2026-01", "'2026-02'"),
        ("2026-8", "'2026-08'"),
        ("202608", "'2026-08'"),
        ("2026/08", "'2026-08'"),
        ("2026-1", "'2026-02'"),
        ("2026-13", "An edition is a month from 02 to 12"),
        ("August", "An edition is a month from 02 to 12"),
        ("2026-Q2", "An edition is a month from 02 to 12"),
        ("", "An edition is a month from 02 to 12"),
    ],
)
def test_what_is_no_edition_is_refused_with_a_way_on(text, hint):
    with pytest.raises(FourPillarsError) as caught:
        periods.parse_edition(text)
    assert hint in caught.value.hint
