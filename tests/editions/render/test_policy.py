"""What a page may do."""

import base64
import hashlib
from html.parser import HTMLParser

from fourpillars.editions.render.html import not_found, way_in
from fourpillars.editions.render.policy import POLICY, declared, with_policy

from .conftest import REPORTS

ENTRIES = [("en", "Four Pillars", "2026-08/en/index.html"), ("zh", "四大支柱", "2026-08/zh/index.html")]
ASSETS = {"icon": "icon.svg", "style": "site.css", "front": "front.js"}


class _Scripts(HTMLParser):
    """Collects what would run: scripts without a source, and handlers."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "script" and "src" not in dict(attrs):
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name.startswith("on")]


def test_the_policy_allows_no_inline_script_and_no_eval():
    scripts = next(part for part in POLICY.split("; ") if part.startswith("script-src"))
    assert scripts == "script-src 'self' 'wasm-unsafe-eval'"


def test_the_pages_beside_the_reports_declare_it_before_all_else():
    for html in (not_found(ENTRIES, REPORTS, "/"), way_in(ENTRIES, ASSETS, REPORTS)):
        assert declared(html) == POLICY
        assert html.index("Content-Security-Policy") < html.index("<title>")
        assert _Scripts(html).found == []


def test_a_script_of_another_program_is_named_by_its_hash_and_data_are_not():
    html = '<head></head><script>f("é")</script><script type="application/json">{}</script><script src="a.js"></script>'
    digest = base64.b64encode(hashlib.sha256('f("é")'.encode()).digest()).decode()
    assert f"'wasm-unsafe-eval' 'sha256-{digest}';" in declared(with_policy(html))
    assert declared(with_policy(html)).count("sha256-") == 1


def test_a_handler_of_another_program_is_named_too():
    page = with_policy('<head></head><button class="a" onclick="if (a &amp;&amp; b) { c(); }">Menu</button>')
    digest = base64.b64encode(hashlib.sha256(b"if (a && b) { c(); }").digest()).decode()
    assert f"'sha256-{digest}' 'unsafe-hashes';" in declared(page)
