"""How soon a reader sees the first chart, and what pages weigh: each kind of report of a published edition.

A page is loaded cold (an empty cache, every shared file fetched) from a server on this machine.

python bench/first_chart.py reports/site 2026-08
"""

from __future__ import annotations

import gzip
import os
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measured import keep
from playwright.sync_api import sync_playwright

from fourpillars.editions.manifest import read_manifest
from fourpillars.editions.serve import make_server

LOADS = int(os.environ.get("LOADS", 5))
SECOND, EDITION = 1000, 80e6  #: milliseconds to the first chart, bytes of an edition: what they may be at most
DRAWN = """() => new Promise((done) => {
    let still = 0;
    const look = () => {
        const now = performance.now();
        if (document.querySelector('.fp-chart svg')) still ||= now;
        const alive = document.querySelector('.fp-live:not([hidden]) svg');
        const none = document.readyState === 'complete' && !document.querySelector('.fp-chart');
        return alive || none ? done([still, alive ? now : 0]) : requestAnimationFrame(look);
    };
    look();
})"""


def main(site: Path, edition: str) -> int:
    """Measure the first page of each kind in each language, and the edition; 1 where a figure is beyond its
    limit."""
    pages = dict(first_pages(site / edition))
    found = {name: {**weight(site / edition / path), **times} for (name, path), times in timed(site, edition, pages)}
    size = edition_size(site / edition)
    whole = {"edition_megabytes": round(size / 1e6, 1), "shared_kilobytes": shared(site)}
    keep(f"pages {edition}", {**whole, "kinds": found})
    slow = [name for name, told in found.items() if told["chart_drawn_ms"] > SECOND]
    return len(slow) + (size > EDITION) > 0


def first_pages(edition: Path) -> Iterator[tuple[str, str]]:
    """Yield kind and path of one page a kind and language, the front pages among them."""
    manifest = read_manifest(edition)
    seen = set()
    for lang in manifest.languages:
        yield f"front {lang}", f"{lang}/index.html"
    for entry in manifest.documents:
        kind = f"{Path(entry.notebook).stem} {entry.lang}"
        if entry.format == "html" and kind not in seen:
            seen.add(kind)
            yield kind, entry.path


def timed(site: Path, edition: str, pages: dict[str, str]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield for each page the medians: until its first chart is drawn, still, and until it is alive."""
    with make_server(site, 0) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        browser.new_page().close()  # what the browser does once is not the page's
        for name, path in pages.items():
            address = f"http://127.0.0.1:{server.server_address[1]}/{edition}/{path}"
            loads = [load(browser, address) for _ in range(LOADS)]
            drawn, alive = (round(statistics.median(times)) for times in zip(*loads, strict=True))
            yield (name, path), {"chart_drawn_ms": drawn, "chart_alive_ms": alive}
        browser.close()
        server.shutdown()


def load(browser: Any, address: str) -> tuple[float, float]:
    """Load a page with nothing kept from before."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="commit")
    drawn, alive = page.evaluate(DRAWN)
    context.close()
    return drawn, alive


def weight(path: Path) -> dict[str, float]:
    """Return what a page weighs, raw and compressed as servers do."""
    content = path.read_bytes()
    return {"kilobytes": round(len(content) / 1e3), "compressed": round(len(gzip.compress(content, 6)) / 1e3)}


def shared(site: Path) -> dict[str, int]:
    """Return what all pages of a site share, by kind of file."""
    found: dict[str, int] = {}
    for path in (site / "assets").iterdir():
        if path.suffix in (".js", ".css", ".woff2"):
            found[path.suffix[1:]] = found.get(path.suffix[1:], 0) + round(path.stat().st_size / 1e3)
    return found


def edition_size(edition: Path) -> int:
    """Return the bytes of an edition's files on disk; of files that are links to one another, one."""
    files = [path.stat() for path in edition.resolve().rglob("*") if path.is_file()]
    return sum({(found.st_dev, found.st_ino): found.st_size for found in files}.values())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
