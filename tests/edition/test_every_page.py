"""Every page of whole editions, in every way a reader may meet it. Takes many minutes: FOURPILLARS_EVERY_PAGE=1;
with another number every so many pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from fourpillars.editions.manifest import read_manifest

EVERY = int(os.environ.get("FOURPILLARS_EVERY_PAGE") or 0)
pytestmark = pytest.mark.skipif(not EVERY, reason="FOURPILLARS_EVERY_PAGE is not set")

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = "axe.run(document, {preload: false, resultTypes: ['violations']}).then(found => found.violations)"
LIVE = "() => [...document.querySelectorAll('.fp-chart')].every(c => c.querySelector('.fp-live:not([hidden]) svg'))"
MARKS = ".mark-symbol path, .mark-rect path, .mark-line path, .mark-rule line, .mark-text text, .mark-area path"
DRAWN = f"""() => [...document.querySelectorAll('.fp-chart')].filter(
    chart => chart.querySelector('svg')?.querySelector('{MARKS}')).length"""
BEYOND = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"
WIDTHS = (390, 768, 1280)
WAYS = ((390, "light"), (1280, "dark"))  #: in which axe looks at pages in turn


@pytest.fixture(scope="module", params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    """The language of the pages."""
    return request.param


def pages_of(edition: Path, lang: str) -> list[tuple[str, int | None]]:
    """Return the pages of a language and the charts on each; the front page shows as many as it shows."""
    if not (edition / lang).is_dir():
        pytest.skip(f"{edition.name} is not published in {lang}")
    entries = [entry for entry in read_manifest(edition).documents if (entry.lang, entry.format) == (lang, "html")]
    return [(f"{lang}/index.html", None), *((entry.path, entry.charts) for entry in entries)][::EVERY]


def test_every_page_is_whole(browser: Any, edition: Path, lang: str) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(f"asked for {request.url}") if _is_outside(request.url) else None)
    problems = []
    for number, (path, charts) in enumerate(pages_of(edition, lang)):
        said.clear()
        way = WAYS[number % len(WAYS)]
        problems += [f"{path}: {problem}" for problem in _seen(page, edition / path, charts, *way)]
        problems += [f"{path}: {text}" for text in said]
    context.close()
    assert problems == []


def _seen(page: Any, path: Path, charts: int | None, at: int, scheme: str) -> Iterator[str]:
    """Say what is wrong with a page as it is drawn, at every width, and to axe at one of them."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(path.as_uri())
    page.wait_for_function(LIVE, timeout=60_000)
    if charts is not None and (drawn := page.evaluate(DRAWN)) != charts:
        yield f"{drawn} of {charts} charts drawn"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)  # charts follow the width a moment later
        if (beyond := page.evaluate(BEYOND)) > 0:
            yield f"{beyond} px beyond {width}"
    page.set_viewport_size({"width": at, "height": 900})
    page.wait_for_timeout(250)
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    for one in page.evaluate(RUN):
        yield f"{at} {scheme}: {one['id']}, {one['nodes'][0]['html'][:200]}"


def _is_outside(address: str) -> bool:
    return not address.startswith(("file:", "data:", "blob:"))


def test_every_page_shows_its_charts_without_scripts_and_leads_to_itself_in_the_other_language(
    browser: Any, edition: Path, lang: str
) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    problems = []
    for path, charts in pages_of(edition, lang):
        page.goto((edition / path).as_uri())
        still = page.locator(".fp-static svg").count()
        problems += [f"{path}: {still} of {charts} charts"] * (charts is not None and still != charts)
        other = path.replace(f"{lang}/", f"{'zh' if lang == 'en' else 'en'}/", 1)
        if not (edition / other).is_file():
            continue
        page.locator(".site-languages a").first.click()
        problems += [f"{path} leads to {page.url}"] * (page.url != (edition / other).as_uri())
    context.close()
    assert problems == []
