"""The site of the tiny project: what stands beside its reports, and where every address leads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urldefrag

from fourpillars.cli.progress import Progress
from fourpillars.editions.prepare import Request
from fourpillars.editions.publish import publish


def test_a_release_has_its_data_its_search_and_what_the_feed_says(first_site: Path) -> None:
    release = first_site / "2026-08.1"
    names = {path.name for path in (release / "data").iterdir()}
    assert names == {
        "codes.csv",
        "csv",
        "en",
        "zh",
        "four-pillars-2026-08.parquet",
        "four-pillars-2026-08.sdmx-structure.json",
        "four-pillars-2026-08.sdmx.csv",
        "four-pillars-2026-08.xlsx",
    }
    assert (release / "release.json").is_file()
    assert {"404.html", "feed.en.xml", "feed.zh.xml", "index.html"} <= {path.name for path in first_site.iterdir()}


def test_the_data_of_a_report_are_there_once_for_all_languages(first_site: Path) -> None:
    data = first_site / "2026-08/data"
    assert not [*(data / "en").rglob("*.csv"), *(data / "zh").rglob("*.csv")]
    assert (data / "csv/overview/fig-growth.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "indicator,ref_area,activity,time_period,value,unit",
        "growth,CN,B-D,2026-07,4.1,pct",
        "growth,CN,B-D,2026-08,5.2,pct",
    ]


def test_every_address_on_every_page_leads_somewhere(first_site: Path) -> None:
    broken = []
    for page in (first_site / "2026-08.1").rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            path, _ = urldefrag(address)
            broken += [(page.name, address)] * (not (page.parent / path).is_file() and bool(path))
    assert broken == []


def test_a_page_names_its_permanent_address_and_how_to_cite_it(first_site: Path) -> None:
    page = (first_site / "2026-08/en/industry/C31.html").read_text(encoding="utf-8")
    assert 'href="../../../2026-08.1/en/industry/C31.html">Permanent address of this release' in page
    assert "Tiny, edition of August 2026, release 2026-08.1." in page
    assert '<meta property="og:locale" content="en_GB">' in page


def test_the_analysts_text_leads_the_report(project: Path) -> None:
    path = project / "reports/commentary/2026-08/en/overview.md"
    path.parent.mkdir(parents=True)
    path.write_text("Steel *recovers* <script>alert(1)</script>.", encoding="utf-8")
    request = Request(project=project, renderer="embedded", only=("overview",), languages=("en",), jobs=1)
    outcome = publish(request, Progress(quiet=True))
    page = (outcome.folder / "en/overview.html").read_text(encoding="utf-8")
    body = page[page.index("<article") :]
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", body) == ["From our analysts", "Growth"]
    assert "<em>recovers</em> &lt;script&gt;alert(1)&lt;/script&gt;." in body


def test_a_whole_address_makes_pages_and_feed_say_where_they_are(
    project: Path, first_site: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("reports/edition.yml", "title: {en: Tiny", "address: https://a.example/\ntitle: {en: Tiny")
    publish(Request(project=project, renderer="embedded", formats=("html",), jobs=1), Progress(quiet=True))
    site = project / "reports/site"
    page = (site / "2026-08/zh/overview.html").read_text(encoding="utf-8")
    assert '<meta property="og:url" content="https://a.example/2026-08/zh/overview.html">' in page
    assert '<meta property="og:image" content="https://a.example/2026-08/zh/preview.png">' in page
    assert (site / "2026-08/zh/preview.png").is_file()
    assert 'content="https://a.example/2026-08/en/preview.png"' in (site / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://a.example/2026-08/zh/overview.html">' in page
    assert "https://a.example/2026-08.1/en/index.html" in (site / "feed.en.xml").read_text(encoding="utf-8")
    assert 'href="https://a.example/2026-08/en/index.html"' in (site / "404.html").read_text(encoding="utf-8")
