"""Show the published site on this machine: to this machine only, the site's files only, and no list of
them."""

from __future__ import annotations

import functools
import http.server
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from fourpillars.errors import FourPillarsError

HOST = "127.0.0.1"
HIDDEN = frozenset({"failed"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def make_server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of the site in `folder`, not yet running; port 0 takes any that is free.

    Raises
    ------
    FourPillarsError
        If there is no site, or the port is taken.
    """
    root = folder.absolute()
    if not (root / "index.html").is_file():
        raise FourPillarsError(f"There is no published site in {folder}.", "Publish one: fourpillars publish.")
    handler = functools.partial(SiteHandler, directory=str(root))
    try:
        return http.server.ThreadingHTTPServer((HOST, port), handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "no such port"
        raise FourPillarsError(f"Port {port} cannot be used: {reason}.", "Give another with --port.") from None


def serve_site(folder: Path, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve the site until Ctrl-C; `on_ready` is told the address."""
    with make_server(folder, port) as server:
        on_ready(f"http://{HOST}:{server.server_address[1]}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Answers GET and HEAD with files below the site's folder, and everything else with an error."""

    server_version = "fourpillars"
    sys_version = ""

    def send_head(self) -> object:
        """Refuse what is no page of the site; else answer as a file server does."""
        if not self._is_local():
            return self.send_error(403, "Not for other hosts")
        if not self._is_of_site():
            return self.send_error(404, "There is no such page")
        del self.headers["If-Modified-Since"]  # a roll-back gives older files under the same address
        return super().send_head()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a wrong address with the site's own page, other errors in few words."""
        page = Path(self.directory) / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def list_directory(self, path: object) -> None:
        """There is no list of files."""
        self.send_error(404, "There is no such page")

    def end_headers(self) -> None:
        """Add what every answer carries."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        lasting = urlsplit(self.path).path.startswith("/assets/")
        self.send_header("Cache-Control", "max-age=31536000, immutable" if lasting else "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""

    def _is_local(self) -> bool:
        """Say whether the page was asked for under this machine's name; a foreign name leading here is a
        trick."""
        return self.headers.get("Host", "").rpartition(":")[0] in (HOST, "localhost")

    def _is_of_site(self) -> bool:
        parts = [part for part in unquote(urlsplit(self.path).path).split("/") if part]
        if any(part.startswith(".") or "\0" in part or "\\" in part for part in parts) or HIDDEN.intersection(
            parts[:1]
        ):
            return False
        root = Path(self.directory).resolve()
        return root.joinpath(*parts).resolve().is_relative_to(root)
