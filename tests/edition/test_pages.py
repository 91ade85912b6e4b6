"""Every page in a browser with the network off: nothing asked for, nothing wrong, every chart drawn, no
sideways scroll."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from fourpillars.editions.manifest import Manifest

LATEST = "2026-08"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
MARKS = ".mark-symbol path, .mark-rect path, .mark-line path, .mark-rule line, .mark-text text, .mark-area path"
LIVE = "() => [...document.querySelectorAll('.fp-chart')].every(c => c.querySelector('.fp-live:not([hidden]) svg'))"
COUNT = f"""() => [...document.querySelectorAll('.fp-chart')].filter(
    c => c.querySelector('svg')?.querySelector('{MARKS}')).length"""
SCROLL = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def visited(browser: object, pages: list[tuple[Path, int]], size: dict[str, int], **options: object) -> list[str]:
    """Open each page and say what is wrong: `pages` with the charts each must draw."""
    context = browser.new_context(viewport=size, offline=True, **options)
    page = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    problems = []
    for path, charts in pages:
        wrong.clear(), asked.clear()
        page.goto(path.as_uri(), wait_until="load")
        if options.get("java_script_enabled", True):
            page.wait_for_function(LIVE, timeout=60_000)
            drawn, beyond = page.evaluate(COUNT), page.evaluate(SCROLL)
            problems += [f"{path}: {drawn} of {charts} charts drawn"] * (drawn != charts)
            problems += [f"{path}: {beyond} px wider than the screen"] * (beyond > 0)
        problems += [f"{path}: {text}" for text in wrong]
        problems += [f"{path}: asked for {url}" for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    context.close()
    return problems


def with_charts(edition: Path, manifest: Manifest) -> list[tuple[Path, int]]:
    return [(edition / entry.path, entry.charts) for entry in manifest.documents if entry.format == "html"]


def one_of_each_kind(edition: Path, manifest: Manifest, languages: tuple[str, str]) -> list[tuple[Path, int]]:
    """A page for each notebook, the languages in turn."""
    kinds = {(one.notebook, one.lang): (edition / one.path, one.charts) for one in manifest.documents
             if one.format == "html"}  # fmt: skip
    notebooks = dict.fromkeys(notebook for notebook, _ in kinds)
    return [kinds[one] for one in zip(notebooks, cycle(languages)) if one in kinds]


def test_a_page_of_each_kind_and_every_eighth_report_on_a_phone(
    browser: object, edition: Path, manifest: Manifest
) -> None:
    others = with_charts(edition, manifest)[::17]  # of 80 reports, different ones in each language
    pages = {*one_of_each_kind(edition, manifest, ("en", "zh")), *others}
    assert {path.relative_to(edition).parts[0] for path, _ in pages} == {"en", "zh"}
    assert visited(browser, sorted(pages), PHONE) == []


def test_a_page_of_each_kind_on_a_desk(browser: object, edition: Path, manifest: Manifest) -> None:
    assert visited(browser, one_of_each_kind(edition, manifest, ("zh", "en")), DESKTOP) == []


def test_the_way_in_leads_to_the_latest_edition(browser: object, site: Path) -> None:
    for locale, language in (("en-GB", "en"), ("zh-CN", "zh")):
        context = browser.new_context(locale=locale, offline=True)
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        page.wait_for_url(f"**/2026-08/{language}/**", timeout=60_000)
        context.close()


def test_what_is_picked_in_one_chart_is_picked_in_the_others(browser: object, edition: Path) -> None:
    context = browser.new_context(viewport=DESKTOP, offline=True)
    page = context.new_page()
    page.goto((edition / "zh/growth.html").as_uri())
    page.wait_for_function(LIVE, timeout=60_000)
    drawn = "() => [...document.querySelectorAll('.fp-live svg')].map(one => one.outerHTML)"
    before = page.evaluate(drawn)
    page.locator(".vega-bindings select").first.select_option(index=3)
    page.wait_for_timeout(300)
    changed = [one != other for one, other in zip(before, page.evaluate(drawn), strict=True)]
    assert sum(changed) > 1
    context.close()


def test_the_language_switch_keeps_the_place(browser: object, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / LATEST / "en/region/650000.html").as_uri())
    page.locator(".site-languages a").click()
    assert page.url == (site / LATEST / "zh/region/650000.html").as_uri()
    page.close()


def test_without_scripts_every_chart_is_there(browser: object, edition: Path, manifest: Manifest) -> None:
    pages = with_charts(edition, manifest)[::20]
    context = browser.new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    page = context.new_page()
    for path, charts in pages:
        page.goto(path.as_uri())
        assert page.locator(".fp-static svg").count() == charts, path
    context.close()
