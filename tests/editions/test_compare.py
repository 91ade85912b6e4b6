from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.editions.compare import compare_sites, html_content
from fourpillars.errors import FourPillarsError

PAGE = """<html><body><nav>Menu</nav><main><header><h1>Steel</h1></header>
<h2>Growth</h2><p>It grew by {growth}%.</p>
<figure id="fig-a"><figcaption>{caption}</figcaption><svg><text>9.9</text></svg></figure>
<table id="tbl-b"><tr><td>1,234.5</td></tr></table></main></body></html>"""


def write(folder: Path, name: str = "en/steel.html", growth: str = "5.2", caption: str = "Growth") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(growth=growth, caption=caption))
    return folder


def test_the_main_part_counts_in_order() -> None:
    content = html_content(PAGE.format(growth="5.2", caption="Growth by month"))
    assert content.words == ("Growth", "It", "grew", "by", "5.2%.", "Growth", "by", "month", "1,234.5")
    assert content.captions == ("Growth by month",)
    assert content.order == ("Growth", "fig-a", "tbl-b")
    assert dict(content.numbers) == {"5.2%": 1, "1,234.5": 1}


def test_equal_sites_are_equal(tmp_path: Path) -> None:
    compared = compare_sites(write(tmp_path / "a"), write(tmp_path / "b"))
    assert compared.found == ()
    assert compared.summary() == "1 documents compared: 1 the same, 0 differ."


def test_each_difference_is_named(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a"), write(tmp_path / "b", growth="5.3", caption="Decline")
    write(first, "en/only.html")
    found = {(one.document, one.what): (one.first, one.second) for one in compare_sites(first, second).found}
    assert found == {
        ("en/only.html", "missing"): ("there", "not there"),
        ("en/steel.html", "text"): ("5.2%. Growth", "5.3%. Decline"),
        ("en/steel.html", "numbers"): ("5.2%", "5.3%"),
        ("en/steel.html", "captions"): ("Growth", "Decline"),
    }


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FourPillarsError, match="no documents"):
        compare_sites(tmp_path, tmp_path)


EMBEDDED = """<main><div class="callout"><p class="callout-title">Read</p></div>
<figure id="fig-a"><figcaption id="fig-a-caption"><span>Figure 1<span>: </span></span><span>It grew</span>
</figcaption><p>Source</p></figure></main>"""
QUARTO = """<main><div class="callout"><div><span class="screen-reader-only">Note</span>Read</div></div>
<div id="fig-a"><figure><figcaption id="fig-a-caption-0ceaefa1">Figure 1: It <em>grew</em></figcaption>
<div><p>Source</p></div></figure></div></main>"""


def test_quarto_writes_the_same_page_with_other_tags() -> None:
    assert html_content(EMBEDDED) == html_content(QUARTO)
