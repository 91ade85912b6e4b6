"""Show the published site on this machine: to this machine only, the site's files only, and no list of
them."""

from __future__ import annotations

import functools
import http.server
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from fourpillars.editions.render.policy import POLICY, declared
from fourpillars.errors import FourPillarsError

HOST = "127.0.0.1"
HIDDEN = frozenset({"failed"})
BEGINNING = 16_000  #: characters of a page that hold its policy
SECONDS = 30.0  #: a reader may take to ask, or to take the next part of an answer
TYPES = {
    "": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/atom+xml; charset=utf-8",
}
ALONE = "; frame-ancestors 'none'"  #: which a page cannot say of itself
HEADERS = {
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
        return SiteServer((HOST, port), handler)
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


class SiteServer(http.server.ThreadingHTTPServer):
    """A thread for every reader, so that a slow one keeps nobody waiting."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Let readers go who close the connection, or are slower than the time limit."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Answers GET and HEAD with files below the site's folder, and everything else with an error."""

    server_version = "fourpillars"
    sys_version = ""
    timeout = SECONDS
    extensions_map = TYPES
    _found: Path | None = None

    def send_head(self) -> object:
        """Refuse what is no page of the site; else answer as a file server does."""
        if not self._is_local():
            return self.send_error(403, "Not for other hosts")
        self._found = self._file_of_site()
        if self._found is None:
            return self.send_error(404, "There is no such page")
        del self.headers["If-Modified-Since"]  # a roll-back gives older files under the same address
        return super().send_head()

    def translate_path(self, path: str) -> str:
        """Return the file that was found to be one of the site."""
        return str(self._found)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Remember what is answered: only what is there may be kept."""
        self._code = code
        super().send_response(code, message)

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
        self.send_header("Content-Security-Policy", self._policy() + ALONE)
        lasting = self._code == http.HTTPStatus.OK and self.path.startswith("/assets/")
        self.send_header("Cache-Control", "max-age=31536000, immutable" if lasting else "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""

    def _policy(self) -> str:
        """Return the policy the page that is sent declares: two that differ would both have to be met."""
        page = self._found
        if self._code != http.HTTPStatus.OK or page is None or page.suffix != ".html":
            return POLICY
        with page.open(encoding="utf-8", errors="replace") as file:
            return declared(file.read(BEGINNING))

    def _is_local(self) -> bool:
        """Say whether the page was asked for under this machine's name; a foreign name leading here is a
        trick."""
        return self.headers.get("Host", "").partition(":")[0] in (HOST, "localhost")

    def _file_of_site(self) -> Path | None:
        """Return the file or folder that is asked for; None where it is none of the site's, or hidden."""
        if not self.path.startswith("/"):
            return None
        try:
            address = unquote(urlsplit(self.path).path, errors="strict")
        except ValueError:
            return None
        parts = [part for part in address.split("/") if part]
        if any(part.startswith(".") or "\0" in part or "\\" in part for part in parts):
            return None
        if HIDDEN.intersection(part.casefold() for part in parts[:1]):
            return None
        return self._within(Path(*parts), as_folder=address.endswith("/"))

    def _within(self, path: Path, as_folder: bool) -> Path | None:
        """Return a file, or a folder that is asked for without its last slash and will be with it."""
        root = Path(self.directory).resolve()
        found = (root / path).resolve()
        page = (found / "index.html" if found.is_dir() else found).resolve()
        if not (page.is_relative_to(root) and page.is_file()) or (as_folder and page == found):
            return None
        return page if as_folder else found
