from __future__ import annotations

from bs4 import BeautifulSoup

from fourpillars.exhibits import coverage
from fourpillars.exhibits.snapshots import snapshot


def cells(html: str, name: str) -> list[str]:
    for row in BeautifulSoup(html, "lxml").select("tbody tr"):
        texts = [cell.get_text() for cell in row.select("th, td")]
        if texts[0] == name:
            return texts
    raise AssertionError(name)


def test_reach_is_counted_of_41_and_31() -> None:
    """Value-added rates by division: 41 to December 2023, then 20 (README of the statistics)."""
    html = coverage.table(snapshot("2026-08")).table_html
    assert cells(html, "Real growth of value added") == [
        "Real growth of value added",
        "20 of 41; Feb 2018 – Aug 2026",
        "31 of 31; Feb 2019 – Jun 2026",
        "Feb 2018 – Aug 2026",
    ]


def test_what_was_never_published_says_so() -> None:
    assert cells(coverage.table(snapshot("2026-08")).table_html, "Asset–liability ratio")[2] == "never"


def test_an_older_edition_reaches_further() -> None:
    """By November 2023 all 41 divisions had value-added rates, inventories and receivables."""
    html = coverage.table(snapshot("2023-11")).table_html
    assert cells(html, "Real growth of value added")[1] == "41 of 41; Feb 2018 – Nov 2023"
    ended = coverage.missing(snapshot("2023-11")).query("reason == 'series_ended' and kind == 'industry'")
    assert not any("receivable_days" in codes for codes in ended["indicators"])


def test_indicators_with_the_same_gap_stand_together() -> None:
    """Receivables, inventories, enterprises and losses by division end in November 2023, for all 41."""
    found = coverage.missing(snapshot("2026-08"))
    ended = found[(found["kind"] == "industry") & (found["period"] == "2023-11")]
    assert len(ended) == 1
    assert len(ended["units"].iloc[0]) == 41
    assert {"receivable_days", "inventory_days", "enterprises", "loss_making_share"} <= set(ended["indicators"].iloc[0])


def test_gaps_are_said_in_both_languages() -> None:
    english = coverage.gaps(snapshot("2026-08")).table_html
    assert "all 41 industries" in english
    assert "series ended November 2023" in english
    assert "全部41个行业" in coverage.gaps(snapshot("2026-08", "zh")).table_html
