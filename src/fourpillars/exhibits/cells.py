"""Cells of files that spreadsheets open: a text never becomes a formula there."""

from __future__ import annotations

import re
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
    if not isinstance(value, str) or not value:
        return "" if value is None else value
    calculated = _FORMULA.match(value) or (value[0] in "+-" and not _NUMBER.fullmatch(value))
    return f"'{value}" if calculated else value
