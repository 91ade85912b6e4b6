"""What pandoc need not read: an exhibit's charts and tables, set aside and put back into the documents it writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from fourpillars.editions.run.exhibit_form import UNPROCESSED

_EXHIBIT = re.compile(
    r"(?P<html>`{3,})\{=html\}\n(?P<page>.*)\n(?P=html)\n\n(?P<typst>`{3,})\{=typst\}\n(?P<paper>.*)\n(?P=typst)\n",
    re.DOTALL,
)
_HEIGHT = re.compile(r'<svg[^>]*? height=\\"[\d.]+')  # as `filter/paper.lua` looks for it
_FORMS = (("html", "page"), ("typst", "paper"))
_PLACE = re.compile(r"fp-aside-[0-9a-f]{64}")


def set_aside(markdown: str, kept: dict[str, str]) -> str:
    """Return an exhibit as `exhibit_markdown` writes it with most of its raw blocks in `kept`, by the name left in
    their place; any other Markdown as it is.

    What the filters look for stays: that the page's table is no one's to process, and how high a chart is.

    Examples
    --------
    >>> kept = {}
    >>> exhibit = f"```{{=html}}\\n{UNPROCESSED}\\n<table></table>\\n```\\n\\n```{{=typst}}\\n#table()\\n```\\n"
    >>> short = set_aside(exhibit, kept)
    >>> UNPROCESSED in short, "<table>" in short, sorted(kept.values())
    (True, False, ['\\n<table></table>', '#table()'])
    >>> put_back(short, kept) == exhibit
    True
    """
    found = _EXHIBIT.fullmatch(markdown)
    if found is None or not found["page"].startswith(UNPROCESSED):
        return markdown
    if any(found[form] in found[text] or _is_rewritten(found[text]) for form, text in _FORMS):
        return markdown
    height = _HEIGHT.search(found["paper"])
    page = _shortened(found["page"], len(UNPROCESSED), kept)
    paper = _shortened(found["paper"], height.end() if height else 0, kept)
    return (
        f"{found['html']}{{=html}}\n{page}\n{found['html']}\n\n{found['typst']}{{=typst}}\n{paper}\n{found['typst']}\n"
    )


def put_back(body: str, kept: Mapping[str, str]) -> str:
    """Return what pandoc wrote with what was set aside in its place."""
    return _PLACE.sub(lambda place: kept.get(place[0], place[0]), body)


def _is_rewritten(text: str) -> bool:
    """Say whether pandoc's reader or writers would not leave a text as it is."""
    return "\t" in text or "\r" in text or text != text.strip()


def _shortened(text: str, first: int, kept: dict[str, str]) -> str:
    rest = text[first:]
    name = f"fp-aside-{hashlib.sha256(rest.encode()).hexdigest()}"
    kept[name] = rest
    return text[:first] + name
