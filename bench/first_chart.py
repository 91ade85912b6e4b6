"""How soon a reader sees the first chart: cold loads of pages of a published site, from a local server.

python bench/first_chart.py reports/site 2026-08/en/overview.html 2026-08/en/industry/C31.html
"""

from __future__ import annotations

import shutil
import statistics
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from fourpillars.editions.serve import make_server

LOADS = 5
STILL = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
LIVE = """() => new Promise((done) => {
    const look = () => document.querySelector('.fp-live:not([hidden]) svg') ? done(performance.now())
        : requestAnimationFrame(look);
    look();
})"""


def main(site: Path, pages: list[str]) -> None:
    """Print the median over loads: until the static chart is painted, and until the first is alive."""
    with make_server(site, 0) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for path in pages:
            painted, alive = [], []
            for _ in range(LOADS):
                context = browser.new_context()
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{server.server_address[1]}/{path}", wait_until="commit")
                alive.append(page.evaluate(LIVE))
                painted.append(page.evaluate(STILL))
                context.close()
            first, then = statistics.median(painted), statistics.median(alive)
            print(f"{path}: painted {first:.0f} ms, alive {then:.0f} ms")
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
