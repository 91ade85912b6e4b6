"""Ask a service over HTTP: with time-outs, retries, a polite rate, a cache on disk, and a limit of size."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay

from fourpillars import __version__
from fourpillars.errors import FourPillarsError

MOST_BYTES = 64_000_000
AGENT = f"fourpillars/{__version__} (official statistics, asked rarely)"
_AGAIN = {408, 425, 429, 500, 502, 503, 504}


class ServiceError(FourPillarsError):
    """A service that does not answer, or not as such services do: what it said, and what to do."""


class _PassingError(Exception):
    """A fault that may pass; `after` is how long the service asks to wait."""

    def __init__(self, said: str, after: float | None = None) -> None:
        super().__init__(said)
        self.after = after


@dataclass
class Client:
    """Asks services.

    Attributes
    ----------
    timeout : float
        Seconds without an answer, and between two parts of it.
    attempts : int
        How often a question is asked that meets a passing fault.
    patience : float
        Seconds after which it is not asked again, and the longest wait between two.
    whole : float
        Seconds an answer may take altogether.
    interval : float
        Seconds between two questions to one host.
    cache : Path or None
        The folder of answers; None keeps none.
    fresh : float
        Seconds for which an answer is taken from there.
    """

    timeout: float = 20
    attempts: int = 4
    patience: float = 60
    whole: float = 120
    interval: float = 1
    cache: Path | None = None
    fresh: float = 3600
    _asked: dict[str, float] = field(default_factory=dict, repr=False)

    def get(self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        """Return the body of an answer.

        Raises
        ------
        ServiceError
            If there is none after all attempts, or it is refused or too large.
        """
        kept = self._kept(url, params, headers)
        if kept is not None and kept.exists() and time.time() - kept.stat().st_mtime < self.fresh:
            return kept.read_bytes()
        body = self._insist(url, params, headers)
        if kept is not None:
            _keep(kept, body)
        return body

    def get_json(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Return an answer in JSON."""
        body = self.get(url, params, headers)
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            self.forget(url, params, headers)
            start = body[:60].decode("utf-8", "replace").strip()
            raise ServiceError(f"{_host(url)} answered with something other than JSON: {start!r}.", _LATER) from None

    def forget(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Throw away an answer that was of no use."""
        kept = self._kept(url, params, headers)
        if kept is not None:
            kept.unlink(missing_ok=True)

    def _insist(self, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str] | None) -> bytes:
        retrying = Retrying(
            stop=stop_after_attempt(self.attempts) | stop_after_delay(self.patience),
            wait=self._wait,
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        try:
            return retrying(self._once, url, params, headers)
        except _PassingError as error:
            said = f"{_host(url)} did not answer after {self.attempts} attempts: {error}."
            raise ServiceError(said, _LATER) from None

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        after = getattr(error, "after", None)
        return min(after if after is not None else self.interval * 2 ** (state.attempt_number - 1), self.patience)

    def _once(self, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str] | None) -> bytes:
        self._be_polite(_host(url))
        end = time.monotonic() + self.whole
        try:
            with (
                httpx.Client(timeout=self.timeout, follow_redirects=True, headers={"User-Agent": AGENT}) as http,
                http.stream("GET", url, params=params, headers=headers) as answer,
            ):
                if answer.status_code in _AGAIN:
                    raise _PassingError(f"status {answer.status_code}", _after(answer))
                if answer.status_code != 200:
                    raise ServiceError(
                        f"{_host(url)} refused with status {answer.status_code}.", _hint(answer.status_code)
                    )
                body = bytearray()
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > MOST_BYTES:
                        raise ServiceError(f"{_host(url)} answers with over {MOST_BYTES // 10**6} MB.", "Ask for less.")
                    if time.monotonic() > end:
                        raise _PassingError(f"the answer took over {self.whole:g} s")
                return bytes(body)
        except httpx.TimeoutException:
            raise _PassingError(f"no answer within {self.timeout:g} s") from None
        except httpx.TransportError as error:
            raise _PassingError(_plain(error)) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.DecodingError) as error:
            raise ServiceError(f"{_host(url)} cannot be asked: {_plain(error)}.", "Look at its address.") from None

    def _be_polite(self, host: str) -> None:
        wait = self._asked.get(host, -self.interval) + self.interval - time.monotonic()
        if host in self._asked and wait > 0:
            time.sleep(wait)
        self._asked[host] = time.monotonic()

    def _kept(self, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str] | None) -> Path | None:
        if self.cache is None:
            return None
        asked = json.dumps([url, dict(params or {}), dict(headers or {})], sort_keys=True)
        return self.cache / hashlib.sha256(asked.encode()).hexdigest()  # says nothing of what was asked


_LATER = "Try again later."


def default_cache() -> Path:
    """Return where answers are kept: under XDG_CACHE_HOME, else ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fourpillars" / "services"


def secret(name: str) -> str:
    """Return a secret from the environment; an empty name is none.

    Raises
    ------
    ServiceError
        If the variable is not set.

    Examples
    --------
    >>> secret("")
    ''
    """
    if not name:
        return ""
    if not os.environ.get(name):
        raise ServiceError(f"The environment variable {name} is not set.", "Set it: secrets stand in no file.")
    return os.environ[name]


def _keep(path: Path, body: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(body)
        os.replace(file.name, path)
    except OSError:
        return  # a cache that cannot be written is no reason to fail


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "the service"
    except ValueError:
        return "the service"


def _after(answer: httpx.Response) -> float | None:
    try:
        return max(0.0, float(answer.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None


def _hint(status: int) -> str:
    return "Look at the key it asks for." if status in (401, 403) else "Look at what is asked of it."


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
