from __future__ import annotations

import http.client
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fourpillars.editions.render.policy import POLICY
from fourpillars.editions.serve import SiteHandler, make_server
from fourpillars.errors import FourPillarsError


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    out = tmp_path / "site"
    for name in (
        "index.html",
        "2026-08.1/en/index.html",
        "failed/2026-08/en/a.ipynb",
        "assets/a.12345678.js",
        ".lock",
    ):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(name)
    (out / "2026-08").symlink_to("2026-08.1")
    (tmp_path / "secret.txt").write_text("secret")
    (out / "way-out").symlink_to(tmp_path / "secret.txt")
    (out / "no-page").mkdir()
    (out / "no-page" / "index.html").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(out / "waits")
    (out / "404.html").write_text("not here")
    with make_server(out, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, path: str, host: str = "", method: str = "GET") -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, dict(answer.getheaders())


def test_the_site_is_served(port: int) -> None:
    assert ask(port, "/")[:2] == (200, "index.html")
    assert ask(port, "/2026-08/en/")[:2] == (200, "2026-08.1/en/index.html")


@pytest.mark.parametrize(
    "path",
    [
        "/2026-08/",
        "/failed/2026-08/en/a.ipynb",
        "/.lock",
        "/way-out",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/2026-08/../../secret.txt",
        "/..%2fsecret.txt",
        "//etc/passwd",
        "/%00",
        "/nothing.html",
        "/a%5c..%5c..",
        "/%252e%252e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/2026-08/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/.%00./secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%ed%a0%80",
        "/way-out/",
        "/no-page",
        "/no-page/",
        "/waits",
        "/FAILED/2026-08/en/a.ipynb",
        "/2026-08/en/index.html/",
        "http://evil.example/index.html",
        "/" + "a/" * 2000,
    ],
)
def test_nothing_else_is(port: int, path: str) -> None:
    status, body, _ = ask(port, path)
    assert status == 404
    assert "secret" not in body.replace("secret.txt", "")


def test_other_hosts_and_methods_are_refused(port: int) -> None:
    assert ask(port, "/", host="evil.example:80")[0] == 403
    assert ask(port, "/", host=f"localhost:{port}")[0] == 200
    assert ask(port, "/", method="POST")[0] == 501


def test_answers_carry_the_headers(port: int) -> None:
    headers = ask(port, "/")[2]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert headers["Cache-Control"] == "no-cache"
    assert "immutable" in ask(port, "/assets/a.12345678.js")[2]["Cache-Control"]


def test_a_page_is_sent_with_the_policy_it_declares(port: int, tmp_path: Path) -> None:
    page = tmp_path / "site/2026-08.1/en/quarto.html"
    page.write_text("""<head><meta http-equiv="Content-Security-Policy" content="script-src 'sha256-abc='"></head>""")
    sent = ask(port, "/2026-08/en/quarto.html")[2]["Content-Security-Policy"]
    assert sent == "script-src 'sha256-abc='; frame-ancestors 'none'"


def test_without_a_site_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(FourPillarsError, match="no published site"):
        make_server(tmp_path, 0)


def test_a_taken_port_is_said(port: int, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    with pytest.raises(FourPillarsError, match=f"Port {port} cannot be used"):
        make_server(tmp_path, port)


def say(port: int, request: bytes) -> bytes:
    """Send bytes as they are, and return the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /../secret.txt HTTP/1.1",
        b"GET ../secret.txt HTTP/1.1",
        b"GET http://127.0.0.1/../secret.txt HTTP/1.1",
        b"GET file:///etc/passwd HTTP/1.1",
        b"GET * HTTP/1.1",
        b"GET /\x00 HTTP/1.1",
        b"GET /%0d%0aX-Evil:%201 HTTP/1.1",
        b"PUT / HTTP/1.1",
        b"POST / HTTP/1.1",
        b"DELETE /index.html HTTP/1.1",
        b"CONNECT evil.example:443 HTTP/1.1",
        b"NONSENSE",
        b"GET / HTTP/9.9",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1",
    ],
)
def test_raw_requests_get_an_error_and_nothing_else(port: int, request_line: bytes) -> None:
    answer = say(port, request_line + b"\r\nHost: 127.0.0.1\r\n\r\n")
    status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 400
    assert status >= 400
    assert b"\nX-Evil" not in answer
    assert b"root:x" not in answer
    assert not answer.endswith(b"\r\nsecret")


def test_a_folder_leads_to_its_page_of_this_site(port: int) -> None:
    status, _, headers = ask(port, "/2026-08/en")
    assert (status, headers["Location"]) == (301, "/2026-08/en/")
    assert ask(port, "//evil.example/..//2026-08/en")[2].get("Location", "/")[:2] != "//"


def test_head_gives_the_headers_alone(port: int) -> None:
    status, body, headers = ask(port, "/", method="HEAD")
    assert (status, body, headers["Content-Length"]) == (200, "", "10")
    assert ask(port, "/.lock", method="HEAD")[0] == 404


def test_what_is_not_there_has_the_sites_page_and_is_never_kept(port: int) -> None:
    status, body, headers = ask(port, "/assets/gone.12345678.js")
    assert (status, body, headers["Cache-Control"]) == (404, "not here", "no-cache")
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "type"),
    [("a.html", "text/html; charset=utf-8"), ("a.js", "text/javascript; charset=utf-8"), ("a.json", "application/json"),
     ("a.pdf", "application/pdf"), ("a.wasm", "application/wasm"), ("a.svg", "image/svg+xml"),
     ("a.woff2", "font/woff2"),
     ("a.csv", "text/csv; charset=utf-8"), ("a.parquet", "application/vnd.apache.parquet"),
     ("feed.en.xml", "application/atom+xml; charset=utf-8"), ("a.pf_index", "application/octet-stream")],
)  # fmt: skip
def test_files_say_what_they_are(port: int, tmp_path: Path, name: str, type: str) -> None:
    (tmp_path / "site" / name).write_text("x")
    headers = ask(port, f"/{name}")[2]
    assert (headers["Content-type"], headers["X-Content-Type-Options"]) == (type, "nosniff")


def test_slow_readers_keep_nobody_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(30)]
    for connection in slow:
        connection.sendall(b"GET / HT")
    assert ask(port, "/")[0] == 200
    for connection in slow:
        connection.close()
    assert ask(port, "/")[0] == 200
    assert SiteHandler.timeout == 30


def test_it_listens_to_this_machine_only(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    with make_server(tmp_path, 0) as server:
        assert server.server_address[0] == "127.0.0.1"
