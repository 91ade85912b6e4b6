"""What the front page of an edition shows of its reports: findings, and charts that lead to the profiles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fourpillars.editions.config import FrontConfig
from fourpillars.editions.shown import SHOWN, read_shown
from fourpillars.exhibits.markdown import plain

_BOLD = re.compile(r"^\*\*(.+)\*\*$")
_ITEM = re.compile(r"^[-*] (.+)$")
_NUMBERED = re.compile(r'<span class="fp-label">.*?</span></span>', re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """A sentence of a report, and the report that tells more."""

    slug: str
    text: str


def findings(tree: Path, lang: str, config: FrontConfig) -> tuple[Finding, ...]:
    """Return the findings of an edition, from the headlines of the reports that `edition.yml` names.

    A report that is missing, or says less, is left out.
    """
    found = []
    for one in config.findings:
        lines = headline(tree / "data" / lang / f"{one.report}{SHOWN}")
        if one.line < len(lines):
            found.append(Finding(one.report, lines[one.line]))
    return tuple(found)


def headline(path: Path) -> list[str]:
    """Return the lines of a report's first text: what stands bold, then the items of its list."""
    if not path.is_file():
        return []
    text = next((exhibit for exhibit in read_shown(path) if exhibit["kind"] == "text"), {})
    return plain_lines(text.get("markdown") or "")


def plain_lines(markdown: str) -> list[str]:
    r"""Return the bold lines and the list items of a text, without their marks.

    Examples
    --------
    >>> plain_lines("**Output rose by 5.3%.**\n\n- R\\&D grew.\n\nMore.")
    ['Output rose by 5.3%.', 'R&D grew.']
    """
    found = (_BOLD.match(line.strip()) or _ITEM.match(line.strip()) for line in markdown.splitlines())
    return [plain(match[1].replace("**", "")) for match in found if match]


def figures(tree: Path, lang: str, config: FrontConfig) -> tuple[str, ...]:
    """Return the charts that `edition.yml` names, as HTML, from the pages they stand on."""
    found = []
    for one in config.exhibits:
        page = tree / lang / f"{one.report}.html"
        if page.is_file():
            found += [figure_of(page.read_text(encoding="utf-8"), one.exhibit)]
    return tuple(figure for figure in found if figure)


def figure_of(page: str, exhibit: str) -> str:
    """Return a figure of a page without its number, '' where it is not there."""
    start = page.find(f' id="{exhibit}"')
    start = page.rfind("<figure", 0, start) if start >= 0 else -1
    end = page.find("</figure>", start)
    return _NUMBERED.sub("", page[start : end + len("</figure>")], count=1) if 0 <= start < end else ""
