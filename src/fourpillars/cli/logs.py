"""Logs on standard error: as plain lines, or a JSON object each for machines that collect them."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any

from fourpillars.errors import UnknownNameError

VARIABLE = "FOURPILLARS_LOG"
FORMS = ("text", "json")
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time, level, logger, message, and what was said besides. Secrets are masked.

    Examples
    --------
    >>> record = logging.makeLogRecord({"msg": "run begins", "levelname": "INFO", "name": "fourpillars", "try": 1})
    >>> said = json.loads(JsonFormatter().format(record))
    >>> said["message"], said["try"]
    ('run begins', 1)
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        from fourpillars.editions.redaction import redacted

        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        said |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return redacted(json.dumps(said, ensure_ascii=False, default=str))


class TextFormatter(logging.Formatter):
    """A record as a line for people. Secrets are masked."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        from fourpillars.editions.redaction import redacted

        about = {name: value for name, value in vars(record).items() if name not in _OWN}
        more = f" ({', '.join(f'{name} {value}' for name, value in about.items())})" if about else ""
        return redacted(f"{record.levelname.lower()}: {record.getMessage()}{more}")


def set_up(form: str) -> None:
    """Send the package's logs to standard error, as 'text' (warnings only) or 'json'; '' asks the environment.

    Other packages are heard only when something is wrong: httpx would log addresses, and those hold secrets.

    Raises
    ------
    UnknownNameError
        If there is no such form.
    """
    form = form or os.environ.get(VARIABLE, "") or "text"
    if form not in FORMS:
        raise UnknownNameError.of("form of logs", form, FORMS)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    handler.name = "fourpillars"
    root = logging.getLogger()
    for before in [one for one in root.handlers if one.name == handler.name]:
        root.removeHandler(before)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("fourpillars").setLevel(logging.INFO if form == "json" else logging.WARNING)
    os.environ[VARIABLE] = form  # for the processes of this one
    logging.getLogger("httpx").setLevel(logging.WARNING)


def as_json() -> bool:
    """Say whether logs are JSON."""
    return os.environ.get(VARIABLE) == "json"
