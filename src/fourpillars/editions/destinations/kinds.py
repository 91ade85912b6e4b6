"""How a file is served: its type, and how long it may be kept."""

from __future__ import annotations

import mimetypes
import re

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".ipynb": "application/x-ipynb+json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pagefind": "application/octet-stream",
}
_FEED = re.compile(r"feed\.\w+\.xml")
_RELEASE = re.compile(r"\d{4}-\d{2}\.\d+/")
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ASK = "no-cache"


def content_type(path: str) -> str:
    """Return the type of a file of the site.

    Examples
    --------
    >>> content_type("2026-08/zh/overview.html"), content_type("feed.en.xml")
    ('text/html; charset=utf-8', 'application/atom+xml')
    """
    name = path.rpartition("/")[2].lower()
    if _FEED.fullmatch(name):
        return "application/atom+xml"
    suffix = name[name.rfind(".") :] if "." in name else ""
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def cache_control(path: str) -> str:
    """Return how long a file may be kept: assets carry their content's hash in their names, a release's pages stay
    as they are, and what leads to the latest is asked for each time.

    Examples
    --------
    >>> [cache_control(path) for path in ("assets/site.1f.css", "2026-08.1/en/overview.html", "index.html")]
    ['public, max-age=31536000, immutable', 'public, max-age=86400', 'no-cache']
    """
    if path.startswith("assets/"):
        return FOR_EVER
    return A_DAY if _RELEASE.match(path) else ASK
