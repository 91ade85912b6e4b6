from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from fourpillars.exhibits import provenance
from fourpillars.exhibits.snapshots import snapshot


def rows_of(html: str, group: str) -> dict[str, str]:
    """Return the rows under a group heading, first cell to the others."""
    found, here = {}, False
    for row in BeautifulSoup(html, "lxml").select("tbody tr"):
        cells = [cell.get_text() for cell in row.select("th, td")]
        if row.select_one("th.group"):
            here = cells[0] == group
        elif here:
            found[cells[0]] = " | ".join(cells[1:])
    return found


def test_an_indicator_says_what_is_worth_0_and_100() -> None:
    """Goalposts −6 and 16 (provinces −7 and 17), weight 2, more is better: as the catalogue has them."""
    html = provenance.indicators(snapshot("2026-08"), "stability").table_html
    said = rows_of(html, "Real growth of value added")
    assert said["In the score"] == (
        "industries: weight 2, 0 at −6% and 100 at 16%; provinces: weight 2, 0 at −7% and 100 at 17%"
    )
    assert said["Unit and use"].startswith("per cent, year on year; higher is better; for industries, provinces")
    assert "February stands for January and February" in said["Definition, provinces"]


def test_where_less_is_better_the_goalposts_turn_round() -> None:
    said = rows_of(
        provenance.indicators(snapshot("2026-08"), "stability").table_html, "Volatility of value-added growth"
    )
    assert "0 at 10 pp and 100 at 1.6 pp" in said["In the score"]


def test_what_has_no_weight_is_shown_only() -> None:
    said = rows_of(provenance.indicators(snapshot("2026-08"), "stability").table_html, "Share of industrial revenue")
    assert "In the score" not in said
    assert "neither end is better" in said["Unit and use"]
    assert said["Unit and use"].endswith("; shown, not scored")


@pytest.mark.parametrize("pillar", ["stability", "expansion", "innovation", "growth"])
def test_every_indicator_of_a_pillar_is_described(pillar: str) -> None:
    s = snapshot("2026-08", "zh")
    names = [s.name(code) for code, entry in s.catalogue.indicators.items() if entry.pillar == pillar]
    heads = BeautifulSoup(provenance.indicators(s, pillar).table_html, "lxml").select("th.group")
    assert [head.get_text() for head in heads] == names


def test_stated_thresholds_say_on_which_side_they_lie() -> None:
    """The PMI warns below 50 and 49; inventories that outgrow sales above 0 and 5 points."""
    html = provenance.thresholds(snapshot("2026-08")).table_html
    stated = rows_of(html, "Stated thresholds")
    pmi = next(text for name, text in stated.items() if "urchasing" in name)
    assert pmi.startswith("below 50 | below 49 | 50 is the official line")
    assert any(text.startswith("above 0 pp | above 5 pp") for text in stated.values())
    rest = rows_of(html, "All other indicators, by convention")
    assert rest["Monthly indicators"].startswith("worst 25% | worst 10% | ")
    assert rest["Annual indicators"].startswith("– | – | ")


def test_sources_are_counted_and_the_undated_named() -> None:
    s = snapshot("2026-08")
    shown = provenance.sources(s)
    assert "132,405 figures" in shown.title
    assert shown.notes[0].startswith("7 documents have no date: ")
    body = BeautifulSoup(shown.table_html, "lxml").select("tbody tr")
    counts = [int(row.select("td.number")[1].get_text().replace(",", "")) for row in body]
    assert sum(counts) == len(s.observations.frame)


def test_an_older_edition_counts_what_it_saw() -> None:
    s = snapshot("2023-11")
    assert f"{len(s.observations.frame):,} figures" in provenance.sources(s).title
