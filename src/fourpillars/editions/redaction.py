"""What must not leave this machine: values of secret variables, passwords in addresses, the home folder."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fourpillars.editions.notices.secrets import MASK, masked

_SECRET = re.compile(
    r"TOKEN|PASSW|PASSPHRASE|SECRET|CREDENTIAL|PRIVATE|COOKIE|WEBHOOK|API_?KEY|ACCESS_?KEY|_KEY$|_AUTH$|_PAT$|_DSN$|DATABASE_URL",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")
_SHORTEST = 6  #: characters; a shorter value would be found in harmless words


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a process that runs notebooks: those whose names speak of secrets left out.

    Examples
    --------
    >>> without_secrets({"LANG": "C", "DB_PASSWORD": "sesame", "GITHUB_TOKEN": "t"})
    {'LANG': 'C'}
    """
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


def redacted(value: Any) -> Any:
    """Return a text, or JSON-like data, with what must not leave this machine hidden.

    Examples
    --------
    >>> redacted({"cause": "no answer from postgresql://me:sesame@db/sales"})
    {'cause': 'no answer from postgresql://***@db/sales'}
    """
    if isinstance(value, str):
        value = masked(value)
        for secret, instead in _replacements():
            value = value.replace(secret, instead)
        return _IN_ADDRESS.sub(MASK, value)
    if isinstance(value, Mapping):
        return {redacted(name): redacted(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [redacted(one) for one in value]
    return value


def _replacements() -> list[tuple[str, str]]:
    """Return what is replaced and by what, the longest first: one secret may hold another."""
    found = {value for name, value in os.environ.items() if _SECRET.search(name) and len(value) >= _SHORTEST}
    home = str(Path.home())
    homes = [(home, "~")] if len(Path(home).parts) > 1 else []
    return sorted([*((secret, MASK) for secret in found), *homes], key=lambda pair: -len(pair[0]))
