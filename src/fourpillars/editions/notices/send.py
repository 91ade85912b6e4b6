"""Sending notices: each by each way that asks for its event. One that fails is logged, and nothing more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fourpillars.editions.notices.message import Notice
from fourpillars.editions.notices.secrets import masked
from fourpillars.editions.settings import EmailConfig, WebhookConfig
from fourpillars.errors import FourPillarsError

log = logging.getLogger(__name__)

Way = EmailConfig | WebhookConfig


@dataclass(frozen=True)
class Sent:
    """What came of a notice: by which way, and '' or why it did not go out."""

    way: str
    event: str
    error: str = ""


def send(make: Callable[[str], Notice], event: str, ways: Iterable[Way]) -> list[Sent]:
    """Send a notice by every way that asks for its event.

    Parameters
    ----------
    make : callable
        Gives the notice in a language, 'en' or 'zh'.
    event : str
        'success', 'failure' or 'warning'; 'test' goes by every way.
    """
    return [_sent(make, event, way) for way in ways if event == "test" or event in way.events]


def _sent(make: Callable[[str], Notice], event: str, way: Way) -> Sent:
    try:
        notice = make(way.lang)
        if isinstance(way, EmailConfig):
            from fourpillars.editions.notices.email import send_email

            send_email(notice, way)
        else:
            from fourpillars.editions.notices.webhooks import send_webhook

            send_webhook(notice, way)
    except Exception as error:  # whatever it is: a notice never stops a publication
        sent = Sent(name_of(way), event, _reason(error))
        log.warning("notice not sent: %s", sent.error, extra={"way": sent.way, "notice": event})
        return sent
    sent = Sent(name_of(way), event)
    log.info("notice sent", extra={"way": sent.way, "notice": event})
    return sent


def name_of(way: Way) -> str:
    """Return how a way is called in lists: of a webhook only the kind, as its address is a secret."""
    return f"email to {', '.join(way.to)}" if isinstance(way, EmailConfig) else way.kind


def _reason(error: Exception) -> str:
    """Return why, from errors that are known to hold no address; of others only the name."""
    from fourpillars.editions.notices.webhooks import Busy, Refused

    if isinstance(error, FourPillarsError | Busy | Refused):
        return masked(str(error))
    if isinstance(error, OSError):  # SMTP's are among them
        words = error.strerror or (str(getattr(error, "smtp_code", "")) or "")
        return masked(f"{type(error).__name__} {words}".strip())
    return type(error).__name__
