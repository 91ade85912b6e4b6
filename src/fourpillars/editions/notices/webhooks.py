"""Notices by webhook, in the shapes that Feishu, DingTalk, WeCom and Slack take."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

from fourpillars.editions.notices.message import Notice
from fourpillars.editions.notices.secrets import remember, secret
from fourpillars.editions.settings import WebhookConfig

TIMEOUT = 15.0
ATTEMPTS = 3
_WECOM_BYTES = 2000
_BROAD = str.maketrans({"<": "＜", ">": "＞"})  # Feishu would take <at …> for a person
_SLACK = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Refused(Exception):
    """The service has taken the call and not the notice; trying again does not help."""


class Busy(Exception):
    """The service cannot now; trying again may help."""


def send_webhook(notice: Notice, config: WebhookConfig, now: Callable[[], float] = time.time) -> None:
    """Send a notice, again after a pause where the service is busy or out of reach.

    Raises
    ------
    Refused, Busy, httpx.TransportError
        If it does not arrive. None of them tells the address, which is a secret.
    """
    import httpx
    from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

    address, key = secret(config.url_env), secret(config.secret_env)
    again = Retrying(
        retry=retry_if_exception_type((Busy, httpx.TransportError)),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential_jitter(initial=0.5, max=8, jitter=0.5),
        reraise=True,
    )
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False) as client:
        for attempt in again:
            with attempt:
                url, payload = signed(address, payload_of(notice, config.kind), config.kind, key, now())
                _check(client.post(url, json=payload), config.kind)


def payload_of(notice: Notice, kind: str) -> dict[str, Any]:
    """Return what a service is sent: the notice as plain text, nothing of it markup or a mention.

    Examples
    --------
    >>> payload_of(Notice("test", "A < B"), "slack")
    {'text': 'A &lt; B'}
    >>> payload_of(Notice("test", "A < B"), "feishu")
    {'msg_type': 'text', 'content': {'text': 'A ＜ B'}}
    """
    body = notice.body
    if kind == "slack":
        return {"text": body.translate(_SLACK)}
    if kind == "feishu":
        return {"msg_type": "text", "content": {"text": body.translate(_BROAD)}}
    if kind == "wecom":
        body = body.encode()[:_WECOM_BYTES].decode(errors="ignore")
    return {"msgtype": "text", "text": {"content": body}}


def signed(address: str, payload: dict[str, Any], kind: str, key: str, now: float) -> tuple[str, dict[str, Any]]:
    """Return address and payload with the signature a service asks for; without a `key` as they are.

    DingTalk signs milliseconds in the address, with the secret as the key; Feishu seconds in the payload,
    with time and secret as the key of an empty message.
    """
    if not key:
        return address, payload
    if kind == "dingtalk":
        stamp = str(round(now * 1000))
        sign = _hmac(key.encode(), f"{stamp}\n{key}".encode())
        joint = "&" if "?" in address else "?"
        url = f"{address}{joint}timestamp={stamp}&sign={quote_plus(sign)}"
        remember(sign)
        return url, payload
    stamp = str(int(now))
    return address, {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{key}".encode(), b""), **payload}


def _hmac(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def _check(answer: Any, kind: str) -> None:
    """Read the answer: these services say 200 and mean no."""
    if answer.status_code == 429 or answer.status_code >= 500:
        raise Busy(f"{kind} answered {answer.status_code}")
    if not answer.is_success:
        raise Refused(f"{kind} answered {answer.status_code}")
    if kind == "slack":
        return
    try:
        said = answer.json()
        code = next(said[name] for name in ("errcode", "code", "StatusCode") if name in said)
    except (ValueError, StopIteration, TypeError):
        raise Refused(f"{kind} gave an answer that is not its own") from None
    if code:
        raise Refused(f"{kind} answered error {code}")
