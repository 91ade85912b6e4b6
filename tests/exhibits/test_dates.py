from __future__ import annotations

import pytest

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.dates import date, period, period_range


@pytest.mark.parametrize(
    ("time_period", "basis", "short", "en", "zh"),
    [
        ("2026-08", "", False, "August 2026", "2026年8月"),
        ("2026-09", "", True, "Sep 2026", "2026年9月"),
        ("2026-08", "ytd", False, "January–August 2026", "2026年1—8月"),
        ("2026-02", "ytd", False, "January–February 2026", "2026年1—2月"),
        ("2026-08", "ytd", True, "Jan–Aug 2026", "2026年1—8月"),
        ("2026-Q2", "", False, "Q2 2026", "2026年第二季度"),
        ("2026-Q4", "", True, "Q4 2026", "2026年4季度"),
        ("2025", "", False, "2025", "2025年"),
    ],
)
def test_period(time_period: str, basis: str, short: bool, en: str, zh: str) -> None:
    assert period(time_period, "en", basis=basis, short=short) == en
    assert period(time_period, "zh", basis=basis, short=short) == zh


@pytest.mark.parametrize("missing", ["", None, float("nan")])
def test_no_period_is_a_dash(missing: object) -> None:
    assert period(missing, "en") == "–"
    assert date(missing, "zh") == "–"


def test_a_text_that_is_no_period_is_refused() -> None:
    with pytest.raises(FourPillarsError, match="'2026-8' is not a period"):
        period("2026-8", "en")


def test_a_range_of_one_period_is_the_period() -> None:
    assert period_range("2025", "2025", "en") == "2025"
    assert period_range("2017-Q4", "2026-Q2", "en") == "Q4 2017 – Q2 2026"
    assert period_range("2019", "2025", "zh") == "2019年—2025年"


def test_dates_whole_and_partial() -> None:
    assert date("2026-09-05", "en") == "5 September 2026"
    assert date("2026-09-05", "zh") == "2026年9月5日"
    assert date("2024-03", "zh") == "2024年3月"
