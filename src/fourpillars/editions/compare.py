"""Compare two sites document by document: text, numbers, captions, order, whatever renderer made them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from fourpillars.errors import FourPillarsError

_NUMBER = re.compile(r"[+\-−–]?\d[\d,]*(?:\.\d+)?\s?%?")
_NOT_CONTENT = "script, style, nav, header, svg, .quarto-title-block, .anchorjs-link, .visually-hidden"
_CAPTIONS = "figcaption, caption, .quarto-float-caption, .fp-caption"
_IN_ORDER = "h1, h2, h3, h4, h5, h6, [id^='fig-'], [id^='tbl-']"
_MOST_WORDS = 12


@dataclass(frozen=True)
class Difference:
    """What differs in one document: `what` is 'missing', 'text', 'numbers', 'captions' or 'order'."""

    document: str
    what: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.document}: {self.what}: {self.first!r} | {self.second!r}"


@dataclass(frozen=True)
class Comparison:
    """The documents compared, and every difference found."""

    documents: int
    found: tuple[Difference, ...]

    def summary(self) -> str:
        """Say it in a sentence."""
        differing = len({difference.document for difference in self.found})
        return f"{self.documents} documents compared: {self.documents - differing} the same, {differing} differ."


@dataclass(frozen=True)
class Content:
    """What a reader takes from a document."""

    words: tuple[str, ...]
    captions: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def numbers(self) -> Counter[str]:
        """The numbers, and how often each stands there."""
        return Counter(number.strip() for number in _NUMBER.findall(" ".join(self.words)))


def compare_sites(first: Path, second: Path) -> Comparison:
    """Compare the pages and PDFs of two releases.

    Of a page the main part counts, in order; of a PDF its words, whatever the lines they stand on.

    Raises
    ------
    FourPillarsError
        If a folder holds no documents.
    """
    here, there = _documents(first), _documents(second)
    found = [
        Difference(name, "missing", *(("there", "not there") if name in here else ("not there", "there")))
        for name in sorted(here ^ there)
    ]
    for name in sorted(here & there):
        found += compare_documents(name, read_content(first / name), read_content(second / name))
    return Comparison(len(here | there), tuple(found))


def compare_documents(name: str, first: Content, second: Content) -> Iterator[Difference]:
    """Yield what differs between two contents; the first place of each kind.

    Examples
    --------
    >>> one, other = Content(("It", "grew", "5.2%")), Content(("It", "grew", "5.3%"))
    >>> [difference.what for difference in compare_documents("a.html", one, other)]
    ['text', 'numbers']
    """
    if first.words != second.words:
        yield Difference(name, "text", *_first_place(first.words, second.words))
    if first.numbers != second.numbers:
        only = (first.numbers - second.numbers, second.numbers - first.numbers)
        yield Difference(name, "numbers", *(" ".join(sorted(numbers.elements())[:_MOST_WORDS]) for numbers in only))
    for what in ("captions", "order"):
        one, other = getattr(first, what), getattr(second, what)
        if one != other:
            yield Difference(name, what, *_first_place(one, other))


def read_content(path: Path) -> Content:
    """Read what a page or PDF says.

    Raises
    ------
    FourPillarsError
        If a PDF is to be read and the package for it is not installed.
    """
    return _pdf_content(path) if path.suffix == ".pdf" else html_content(path.read_text(encoding="utf-8"))


def html_content(html: str) -> Content:
    """Return the content of a page: its main part without navigation, scripts and drawings.

    Examples
    --------
    >>> html_content("<nav>Menu</nav><main><h2 id='a'>Growth</h2><p>It grew\\n by 5%.</p></main>").words
    ('Growth', 'It', 'grew', 'by', '5%.')
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "lxml")
    main = soup.select_one("article.report-body") or soup.select_one("main") or soup
    for node in main.select(_NOT_CONTENT):
        node.decompose()
    captions = tuple(_plain(node.get_text(" ")) for node in main.select(_CAPTIONS))
    order = tuple(
        _plain(node.get_text(" ")) if node.name.startswith("h") and node.name[1:].isdigit() else str(node["id"])
        for node in main.select(_IN_ORDER)
    )
    return Content(tuple(_plain(main.get_text(" ")).split()), captions, tuple(dict.fromkeys(order)))


def _pdf_content(path: Path) -> Content:
    try:
        import pypdfium2
    except ImportError:
        raise FourPillarsError("PDFs cannot be compared without the package pypdfium2.", "Run make install.") from None
    document = pypdfium2.PdfDocument(path)
    try:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return Content(tuple(sorted(_plain(text).split())))


def _documents(folder: Path) -> set[str]:
    found = {
        path.relative_to(folder).as_posix()
        for path in [*folder.glob("*/**/*.html"), *folder.glob("*/**/*.pdf")]
        if path.stem != "index" and "site_libs" not in path.parts
    }
    if not found:
        raise FourPillarsError(f"There are no documents in {folder}.", "Name a release, such as reports/site/2026-08.")
    return found


def _plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("\xad", "").split())


def _first_place(first: Sequence[str], second: Sequence[str]) -> tuple[str, str]:
    """Return the first words that differ, a few of each."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            return " ".join(first[a:b][:_MOST_WORDS]), " ".join(second[c:d][:_MOST_WORDS])
    return "", ""
