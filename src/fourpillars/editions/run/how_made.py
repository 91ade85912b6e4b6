"""From an exhibit to where the method report says how its figures are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from fourpillars.editions.run.code_names import names
from fourpillars.editions.run.typst_text import string
from fourpillars.exhibits.anchors import anchor_of

if TYPE_CHECKING:
    from fourpillars.catalogue.names import Names

MOST = 4  #: links under an exhibit; where there would be more, pillars stand for their indicators
_WORDS = {"en": ("How is this made?", "; ", " "), "zh": ("数据如何得来？", "；", "")}
_SECTIONS = {
    "score": "scores", "scored": "scores", "points": "scores", "weight": "scores", "change": "scores",
    "influence": "ranking", "left_out_mean": "ranking", "left_out_most": "ranking",
    "count": "signals", "warned": "signals",
    "distance:structure": "", "target": "targets", "actual": "targets", "pace": "targets", "distance": "targets",
}  # fmt: skip


@dataclass(frozen=True)
class Method:
    """The method report, seen from a document.

    Attributes
    ----------
    title : str
        Its name.
    page : str
        Its address from the document's page.
    paper : str
        Its whole address, for the PDF; '' where the site's is not known.
    """

    title: str
    page: str
    paper: str = ""


def how_html(exhibit: Mapping[str, Any], method: Method | None) -> str:
    """Write the links under an exhibit on its page; '' where it has no figures or there is no such report."""
    places = _places(exhibit) if method else {}
    if not places:
        return ""
    how, separator, space = _WORDS[exhibit["lang"]]
    links = [
        f'<a class="fp-how" href="{escape(method.page + anchor)}">{escape(name)}</a>' for anchor, name in places.items()
    ]
    if len(places) == 1:
        (anchor,) = places
        told = f'href="{escape(method.page + anchor)}" aria-describedby="{escape(exhibit["id"])}-caption"'
        return f'<a class="fp-how" {told}>{how}</a>'
    return f'<span class="fp-how">{how}{space}{separator.join(links)}</span>'


def how_typst(exhibit: Mapping[str, Any], method: Method | None) -> str:
    """Write the same for the PDF, where it is a name unless the site's address is known."""
    places = _places(exhibit) if method else {}
    if not places:
        return ""
    how, separator, space = _WORDS[exhibit["lang"]]
    names = [
        f"link({string(method.paper + anchor)}, {string(name)})" if method.paper else string(name)
        for anchor, name in places.items()
    ]
    listed = f" + {string(separator)} + ".join(names)
    colon = {"en": ": ", "zh": "："}[exhibit["lang"]]
    return f"{string(how + space + method.title + colon)} + {listed}"


def _places(exhibit: Mapping[str, Any]) -> dict[str, str]:
    """Return what is told in the method report by anchor; '' is the report's beginning."""
    codes = list(dict.fromkeys(row["indicator"] for row in exhibit.get("data") or () if row["indicator"]))
    if not codes or exhibit["kind"] == "text":
        return {}
    known, lang = names(), exhibit["lang"]
    found = dict(_place(code, known, lang) for code in codes)
    if len(found) > MOST:
        found = dict(_place(code, known, lang, wide=True) for code in codes)
    named = {anchor: name for anchor, name in found.items() if anchor}
    return named or found


@lru_cache(maxsize=8192)
def _place(code: str, known: Names, lang: str, wide: bool = False) -> tuple[str, str]:
    from fourpillars.exhibits.language import text

    family, _, of = code.partition(":")
    indicator = next((one for one in (of.partition(":")[0] or code, family) if one in known.pillars), None)
    if indicator is not None and wide:
        return f"#tbl-indicators-{known.pillars[indicator]}", known.name(known.pillars[indicator], lang)
    if indicator is not None:
        return f"#{anchor_of(indicator)}", known.name(indicator, lang, short=True)
    nodes = {"overall", *known.lists["pillar"]}
    section = "scores" if code in nodes or of in nodes else _SECTIONS.get(code, _SECTIONS.get(family, ""))
    return (f"#{section}", text(f"provenance.section.{section}", lang)) if section else ("", "")
