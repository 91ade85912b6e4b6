"""Finding one's way: findings, charts as ways in, search in both languages, feed, wrong addresses."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from PIL import Image

from fourpillars.editions.manifest import Manifest
from fourpillars.editions.render.policy import POLICY
from fourpillars.editions.serve import make_server

LIVE = "() => [...document.querySelectorAll('.fp-chart')].every(c => c.querySelector('.fp-live:not([hidden]) svg'))"
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with make_server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.usefixtures("whole")
def test_the_front_page_shows_five_findings_and_two_charts(edition: Path, manifest: Manifest) -> None:
    for lang in manifest.languages:
        page = BeautifulSoup((edition / lang / "index.html").read_text(encoding="utf-8"), "lxml")
        findings = [item.p.get_text() for item in page.select(".front-findings li")]
        assert len(findings) == len(set(findings)) == 5
        charts = [figure["id"] for figure in page.select(".front-figures figure")]
        assert charts == ["fig-scores-industry", "fig-map-stability"]
        assert len(page.select("main a[href^='industry/']")) >= 41


@pytest.mark.parametrize(
    ("lang", "words", "report"),
    [
        ("en", "steel", "industry/C31"),
        ("zh", "钢铁", "industry/C31"),
    ],
)
def test_search_finds_steel(browser: object, address: str, lang: str, words: str, report: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/2026-08/{lang}/index.html#search")
    page.fill(".site-search input", words)
    page.wait_for_selector(".site-search li a")
    found = [link.get_attribute("href") for link in page.locator(".site-search li a").all()]
    assert f"/2026-08/{lang}/{report}.html" in found
    assert all(f"/{lang}/" in link for link in found)
    page.close()


@pytest.mark.parametrize(
    "path", ["2026-08/en/index.html", "2026-08/zh/method.html", "2026-08/zh/growth.html", "404.html"]
)
def test_a_page_does_nothing_its_policy_forbids(browser: object, address: str, path: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(f"{address}/{path}")
    assert answer.headers["content-security-policy"].startswith(POLICY)
    declared = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert declared == POLICY
    if page.locator(".site-search").count():
        page.fill(".site-search input", "steel")
        page.wait_for_selector(".site-search li a")
    page.wait_for_function(LIVE, timeout=60_000)
    assert said == []
    page.close()


def test_opened_from_a_file_there_is_no_search_but_the_list(browser: object, edition: Path) -> None:
    page = browser.new_page()
    page.goto((edition / "zh/index.html").as_uri())
    assert not page.locator(".site-search").is_visible()
    assert page.locator(".front-list a[href='industry/C31.html']").first.is_visible()
    page.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_feed_names_each_edition_latest_first(site: Path, lang: str) -> None:
    feed = etree.parse(site / f"feed.{lang}.xml")
    links = feed.xpath("//atom:entry/atom:link/@href", namespaces=ATOM)
    assert [link.split(".")[0] for link in links] == [e for e in ("2026-08", "2023-11") if (site / e / lang).is_dir()]
    assert all((site / link).is_file() for link in links)


@pytest.mark.usefixtures("whole")
def test_a_shared_link_shows_a_picture(edition: Path) -> None:
    for path in ("zh/index.html", "zh/industry/C31.html"):
        page = BeautifulSoup((edition / path).read_text(encoding="utf-8"), "lxml")
        told = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}
        assert {"og:title", "og:description", "og:type", "og:locale", "og:image"} <= set(told)
        picture = (edition / path).parent / told["og:image"]
        with Image.open(picture) as image:
            assert (image.format, image.size) == ("PNG", (1200, 630))
        assert picture.stat().st_size < 60_000


def test_a_wrong_address_leads_back(browser: object, address: str) -> None:
    page = browser.new_page()
    assert page.goto(f"{address}/2026-08/en/industry/C99.html").status == 404
    page.locator("a").first.click()
    assert page.url.endswith("/2026-08/en/index.html")
    page.close()
