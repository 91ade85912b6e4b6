"""A page in headless Chromium, under a policy that forbids eval, inline scripts and any address outside."""

import functools
import http.server
import json
import os
import shutil
import threading
from dataclasses import replace

import pytest

from fourpillars.editions.render.embedded import render
from fourpillars.editions.run.page_table import page_table

from .conftest import REPORTS, markdown, notebook, shown

POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'"
CSV = 'name,value\n"Iron, ""steel""",1.0\nAutomobiles,8.7\n'
SPEC = {
    "width": 640,
    "autosize": {"type": "fit-x", "contains": "padding"},
    "usermeta": {"fit": True, "narrow": {"height": 99}},
    "height": 80,
    "data": {"values": CSV, "format": {"type": "csv", "parse": {"value": "number"}}},
    "mark": "bar",
    "encoding": {"x": {"field": "value", "type": "quantitative"}, "y": {"field": "name", "type": "nominal"}},
}
CHART = (
    "```{=html}\n<!--| quarto-html-table-processing: none -->\n"
    '<div class="fp-chart"><div class="fp-static" role="img" aria-label="Two bars.">'
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="80"></svg></div>'
    f'<script type="application/json" class="fp-spec">{json.dumps(SPEC)}</script></div>\n```\n'
)
ENTRIES = page_table(
    '<table class="fp folds"><thead></thead><tbody><tr><th class="group" id="unit">Unit</th></tr>'
    "<tr><th>Definition</th><td>Said of it.</td></tr></tbody></table>",
    "Indicators",
)
TABS = markdown("::: {.panel-tabset}", "### One", "", "First.", "", "### Two", "", "Second.", ":::")


class _Strict(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def browser():
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        required = "chromium" in os.environ.get("FOURPILLARS_REQUIRE", "")
        (pytest.fail if required else pytest.skip)("no Chromium found")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-quic"])
        yield running
        running.close()


@pytest.fixture
def address(tmp_path, page, built):
    source = tmp_path / "a.ipynb"
    cells = [
        shown('#| label: fig-a\n#| fig-cap: "Steel trails"\nx', CHART),
        TABS,
        markdown(f"```{{=html}}\n{ENTRIES}\n```"),
    ]
    source.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    folder, assets = built
    shutil.copytree(folder, tmp_path / "assets")
    render(source, page=replace(page, assets=assets), html=tmp_path / "a.html", reports=REPORTS)
    handler = functools.partial(_Strict, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/a.html"
    server.shutdown()


@pytest.mark.parametrize(("width", "height"), [(1280, 80), (390, 99)])
def test_a_page_comes_alive_without_eval(browser, address, width, height):
    tab = browser.new_page(viewport={"width": width, "height": 800})
    said = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(address)
    live = tab.locator(".fp-live svg")
    live.wait_for()
    assert 'Iron, "steel"' in live.text_content()
    assert tab.locator(".fp-live").get_attribute("aria-label") == "Two bars."
    assert live.bounding_box()["width"] <= width
    assert live.bounding_box()["height"] > height
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.get_by_role("tab", name="Two").click()
    assert tab.get_by_text("Second.").is_visible()
    assert tab.get_by_text("First.").is_hidden()
    assert said == []
    tab.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_opens_a_folded_entry(browser, address, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    tab = context.new_page()
    tab.goto(address)
    assert not tab.get_by_text("Said of it.").is_visible()
    tab.goto(f"{address}#unit")
    tab.get_by_text("Said of it.").wait_for(state="visible")
    context.close()
