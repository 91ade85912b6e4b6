from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.tables import Column, html_table

FRAME = pd.DataFrame(
    {
        "name": ["Steel <i>", "Electronics", "Coal"],
        "link": ["C31.html", None, "B06.html?a=1&b=2"],
        "growth": [1.0, -2.34, float("nan")],
        "score": [61.25, 0.0, float("nan")],
        "sector": ["Manufacturing", "Manufacturing", "Mining"],
    },
    index=["C31", "C39", "B06"],
)
COLUMNS = [
    Column("name", "Industry", href="link"),
    Column("growth", "Growth", "number", unit="pct_yoy", spanner="2026"),
    Column("score", "Score", "number", unit="score", heat="score", spanner="2026"),
]


def drawn(**how: object) -> BeautifulSoup:
    return BeautifulSoup(html_table(FRAME, COLUMNS, lang="en", **how), "lxml")


def test_heads_and_first_cells_are_headers_with_scope() -> None:
    table = drawn()
    assert [cell["scope"] for cell in table.thead.find_all("tr")[-1].find_all("th")] == ["col"] * 3
    assert [row.th["scope"] for row in table.tbody.find_all("tr")] == ["row"] * 3
    assert table.thead.tr.find("th")["colspan"] == "2"


def test_cells_are_formatted_and_the_head_names_the_unit() -> None:
    rows = drawn().tbody.find_all("tr")
    assert [cell.text for cell in rows[0].find_all("td")] == ["+1.0", "61.3"]
    assert [cell.text for cell in rows[1].find_all("td")] == ["−2.3", "0.0"]
    assert [cell.text for cell in rows[2].find_all("td")] == ["–", "–"]
    assert rows[2].find_all("td")[0]["class"] == ["number", "missing"]


def test_texts_and_addresses_are_escaped() -> None:
    html = html_table(FRAME, COLUMNS, lang="en")
    assert '<a href="C31.html">Steel &lt;i&gt;</a>' in html
    assert 'href="B06.html?a=1&amp;b=2"' in html
    assert "nan" not in html


def test_heat_is_an_inline_ground_and_nothing_where_missing() -> None:
    rows = drawn().tbody.find_all("tr")
    assert rows[1].find_all("td")[1]["style"] == "background-color:#cd8544;color:#1d2433"
    assert not rows[2].find_all("td")[1].has_attr("style")


def test_groups_have_a_heading_of_their_own() -> None:
    heads = drawn(groups="sector").find_all("th", class_="group")
    assert [(head.text, head["colspan"]) for head in heads] == [("Manufacturing", "3"), ("Mining", "3")]


def test_picked_rows_are_marked() -> None:
    assert [row.th.text for row in drawn(picked=["C39"]).find_all("tr", class_="picked")] == ["Electronics"]


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(FourPillarsError, match="no column groth"):
        html_table(FRAME, [Column("groth", "Growth")], lang="en")
