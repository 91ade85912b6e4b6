"""For everyone: axe finds nothing on any page, a keyboard reaches all, every PDF is tagged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, pairwise, product
from pathlib import Path
from typing import Any

import axe_playwright_python
import pikepdf
import pytest

from fourpillars.editions.manifest import Manifest, read_manifest
from fourpillars.editions.place import Place
from fourpillars.editions.status import write_status_pages

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SCHEMES, WIDTHS, SCRIPTS = ("light", "dark"), (390, 1280), (True, False)
WAYS = list(product(SCHEMES, WIDTHS, SCRIPTS))
LIVE = "() => [...document.querySelectorAll('.fp-chart')].every(c => c.querySelector('.fp-live:not([hidden]) svg'))"
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"
THIN = "document.querySelectorAll('main tbody').forEach(one => [...one.rows].slice(8).forEach(row => row.remove()))"
RUN = "axe.run(document, {preload: false, resultTypes: ['violations']}).then(found => found.violations)"


def violations(browser: Any, pages: list[Path], scheme: str, width: int, scripts: bool) -> list[str]:
    """Say what axe finds; without scripts a page's own are not loaded, as axe itself is one."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    if not scripts:
        context.route("**/*.js", lambda route: route.abort())
    found = []
    for path in pages:
        page = context.new_page()
        page.goto(path.as_uri())
        if scripts:
            page.wait_for_function(LIVE, timeout=60_000)
        page.evaluate(UNFOLD)
        page.evaluate(THIN)  # rows look as those above them, and axe takes its time with each cell
        page.evaluate(AXE)
        found += [
            f"{path} {scheme} {width} {scripts}: {one['id']}, {one['nodes'][0]['html'][:200]}"
            for one in page.evaluate(RUN)
        ]
        page.close()
    context.close()
    return found


@pytest.fixture(scope="module")
def edition(site: Path) -> Path:
    """The latest edition alone: the look is the same in all."""
    return site / "2026-08"


@pytest.fixture(scope="module")
def manifest(edition: Path) -> Manifest:
    """Its manifest."""
    return read_manifest(edition)


def one_of_each_kind(edition: Path, manifest: Manifest) -> list[Path]:
    """A page for each notebook, the languages in turn, and a front page: axe takes seconds for each."""
    kinds = {
        (entry.notebook, entry.lang): edition / entry.path for entry in manifest.documents if entry.format == "html"
    }
    notebooks = dict.fromkeys(notebook for notebook, _ in kinds)
    return [edition / "zh/index.html", *(kinds[one, lang] for one, lang in zip(notebooks, cycle(("en", "zh"))))]


def test_axe_finds_nothing_on_a_page_of_each_kind(browser: object, edition: Path, manifest: Manifest) -> None:
    pages = one_of_each_kind(edition, manifest)
    seen = [violations(browser, pages[turn :: len(WAYS)], *way) for turn, way in enumerate(WAYS)]
    assert [one for found in seen for one in found] == []


def test_the_page_for_wrong_addresses_and_the_way_in_are_for_everyone(browser: object, site: Path) -> None:
    assert violations(browser, [site / "404.html"], "dark", 390, scripts=False) == []
    assert violations(browser, [site / "index.html"], "light", 1280, scripts=False) == []


def test_the_page_of_the_last_runs_is_for_everyone(browser: object, site: Path) -> None:
    write_status_pages(Place.of(None, site))
    assert violations(browser, [site / "status/en.html"], "light", 390, scripts=True) == []
    assert violations(browser, [site / "status/zh.html"], "dark", 1280, scripts=True) == []


def test_a_keyboard_reaches_content_menu_and_the_data_of_a_chart(browser: object, edition: Path) -> None:
    context = browser.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto((edition / "en/overview.html").as_uri())
    page.wait_for_function(LIVE, timeout=60_000)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("details.fp-data summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.fp-data[open] table").first.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def test_headings_of_a_page_skip_no_level_and_begin_with_one_title(browser: object, edition: Path) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    for path in ("en/overview.html", "zh/stability.html", "en/method.html", "en/index.html"):
        page.goto((edition / path).as_uri())
        levels = [int(one.evaluate("h => h.tagName[1]")) for one in page.locator("h1, h2, h3, h4, h5, h6").all()]
        assert levels[0] == 1
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
    context.close()


def test_every_pdf_is_ua_and_every_figure_in_it_has_a_text(edition: Path, manifest: Manifest) -> None:
    problems = []
    for entry in (entry for entry in manifest.documents if entry.format == "pdf"):
        with pikepdf.open(edition / entry.path) as document:
            problems += [f"{entry.path}: {text}" for text in wrong_with(document, entry.charts)]
    assert problems == []


def wrong_with(document: pikepdf.Pdf, charts: int) -> Iterator[str]:
    """Say what a PDF lacks of PDF/UA-1."""
    with document.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part")) != "1":
            yield "does not say that it is PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "no title"
    if not document.Root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    if not document.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "does not show its title"
    tags = list(elements(document.Root.StructTreeRoot))
    kinds = [str(tag.get("/S")) for tag in tags]
    pictures = [tag for tag, kind in zip(tags, kinds, strict=True) if kind == "/Figure"]
    if len(pictures) < charts:
        yield f"{len(pictures)} figures for {charts} charts"
    if any(not str(tag.get("/Alt", "")).strip() for tag in pictures):
        yield "a figure without a text"
    if "/Table" in kinds and "/TH" not in kinds:
        yield "a table without heads"
    if not {"/H1", "/H2"} & set(kinds):
        yield "no headings"


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Walk the structure elements below a node."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)
