"""Labels as they are compared: without spaces, footnote marks, numbering, or full-width forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOTE = re.compile(
    r"(?:[①-⑳⓪❶-❿*＊†‡§]|(?<![mM米])[¹²³⁴⁵⁶⁷⁸⁹⁰]|[\[［〔][0-9０-９注a-z]{1,3}[\]］〕]|[（(]注[0-9０-９一二三四五]{0,2}[)）]|注[0-9０-９])+$"
)
_LEADING = re.compile(
    r"^(?:其中[:：、]?|[#＃]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?=[^\d\s]))+"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－～~", "-") | dict.fromkeys("“”„‘’'\"", ""))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return a label as it is compared with others.

    Examples
    --------
    >>> plain("  其中： 黑色金属冶炼和压延加工业①"), plain("Inner  Mongolia"), plain("２０２６年１—８月")
    ('黑色金属冶炼和压延加工业', 'innermongolia', '2026年1-8月')
    """
    text = "".join(text.split())
    text = _LEADING.sub("", text)
    text = _NOTE.sub("", text)
    return unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()


@lru_cache(maxsize=65536)
def without_notes(text: str) -> str:
    """Return a text without the footnote marks at its end.

    Examples
    --------
    >>> without_notes("12.3②"), without_notes("5.2[1]"), without_notes("亿m³")
    ('12.3', '5.2', '亿m³')
    """
    text = text.strip()
    return _NOTE.sub("", text).strip() or text
