"""A server on this machine that answers as it is told: what it was asked is kept."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fourpillars.observations.services.client import Client


class Server(ThreadingHTTPServer):
    """Gives the answers in turn, the last one again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[dict[str, Any]] = []
        self.asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def will(self, *answers: Any) -> str:
        """Say what will be answered: a value as JSON, bytes as they are, or status, headers, body, delay, cut."""
        shapes = [one if isinstance(one, dict) and "body" in one else {"body": one} for one in answers]
        self.answers, self.asked = shapes, []
        return self.url


class Handler(BaseHTTPRequestHandler):
    """Answers one question."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        server: Server = self.server
        answer = server.answers[min(len(server.asked), len(server.answers) - 1)]
        server.asked.append((parts.path, parse_qs(parts.query), dict(self.headers)))
        body = answer["body"] if isinstance(answer["body"], bytes) else json.dumps(answer["body"]).encode()
        time.sleep(answer.get("delay", 0))
        try:
            self.send_response(answer.get("status", 200))
            for name, value in answer.get("headers", {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + (1000 if answer.get("cut") else 0)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(tmp_path) -> Callable[..., Client]:
    def client(**options: Any) -> Client:
        return Client(**({"timeout": 5, "attempts": 3, "interval": 0, "cache": tmp_path / "cache"} | options))

    return client
