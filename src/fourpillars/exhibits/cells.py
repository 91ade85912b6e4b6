"""Cells of files that spreadsheets open: a text never becomes a formula there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_FORMULA = re.compile(r"[=@＝＠＋－\t\r\n]|[+-](?![\d.])")
_NUMBER = re.compile(r"[+-]?[\d.,]+ ?%?")


def plain(value: Any) -> Any:
    """Return a cell as it may stand in a CSV file: what a spreadsheet would calculate gets an
    apostrophe.

    Examples
    --------
    >>> plain("=1+1"), plain("-cmd"), plain("+4.0%"), plain(-4.0), plain("C31")
    ("'=1+1", "'-cmd", '+4.0%', -4.0, 'C31')
    """
    return _plain(value) if isinstance(value, str) else "" if value is None else value


@lru_cache(maxsize=16384)  # codes and periods stand in a file a thousand times
def _plain(text: str) -> str:
    calculated = _FORMULA.match(text) or (text[:1] in ("+", "-") and not _NUMBER.fullmatch(text))
    return f"'{text}" if calculated else text
