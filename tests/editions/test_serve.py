from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fourpillars.editions.serve import make_server
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
    with make_server(out, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, path: str, host: str = "", method: str = "GET") -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
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
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-cache"
    assert "immutable" in ask(port, "/assets/a.12345678.js")[2]["Cache-Control"]


def test_without_a_site_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(FourPillarsError, match="no published site"):
        make_server(tmp_path, 0)


def test_a_taken_port_is_said(port: int, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    with pytest.raises(FourPillarsError, match=f"Port {port} cannot be used"):
        make_server(tmp_path, port)
