"""Compare two sites document by document: text, numbers, captions, order, whatever renderer made them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from fourpillars.editions.pdf_text import CAPTION, TEXT, Piece, tagged_pieces
from fourpillars.errors import FourPillarsError

_NUMBER = re.compile(r"[+\-−–]?\d[\d,]*(?:\.\d+)?\s?%?")
_NOT_CONTENT = (
    "script, style, nav, header, svg, .quarto-title-block, .anchorjs-link, .visually-hidden, .screen-reader-only"
)
_CAPTIONS = "figcaption, caption, .quarto-float-caption, .fp-caption"
_IN_ORDER = ", ".join(
    ["h1, h2, h3, h4, h5, h6", *(f"[id^='{kind}-']:not([id*='-caption'])" for kind in ("fig", "tbl"))]
)
_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup"}
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

    Of a page the main part counts, in order; of a PDF what its tags hold, in theirs: neither page furniture, page
    numbers and lists of contents, nor on which page a figure stands. Of PDFs without tags only the words count.

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
        found += compare_documents(name, *_read_alike(first / name, second / name))
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


def _read_alike(first: Path, second: Path) -> tuple[Content, Content]:
    """Read what two documents say, and both in the one way that both allow.

    Raises
    ------
    FourPillarsError
        If a PDF without tags is to be read and the package for it is not installed.
    """
    if first.suffix == ".pdf":
        one, other = tagged_pieces(first), tagged_pieces(second)
        if one is None or other is None:
            return _untagged_content(first), _untagged_content(second)
        return pdf_content(one), pdf_content(other)
    return html_content(first.read_text(encoding="utf-8")), html_content(second.read_text(encoding="utf-8"))


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
    for node in main.find_all(lambda tag: tag.name not in _INLINE):
        node.insert_before(" ")
        node.append(" ")
    captions = tuple(_plain(node.get_text()) for node in main.select(_CAPTIONS))
    order = tuple(
        _plain(node.get_text()) if node.name.startswith("h") and node.name[1:].isdigit() else str(node["id"])
        for node in main.select(_IN_ORDER)
    )
    return Content(tuple(_plain(main.get_text()).split()), captions, tuple(dict.fromkeys(order)))


def pdf_content(pieces: Sequence[Piece]) -> Content:
    """Return the content of a tagged PDF: all it says in the order of its tags, its headings and captions.

    Examples
    --------
    >>> pdf_content([Piece("heading", "Growth"), Piece("caption", "Table 1 Output grew"), Piece("text", "5.2%")]).order
    ('Growth', 'Table 1 Output grew')
    """
    said = [(piece.kind, _plain(piece.text)) for piece in pieces]
    words = tuple(word for _, text in said for word in text.split())
    captions = tuple(text for kind, text in said if kind == CAPTION)
    return Content(words, captions, tuple(text for kind, text in said if kind != TEXT))


def _untagged_content(path: Path) -> Content:
    """Return the words of a PDF, sorted: without tags nothing says in which order they are read."""
    try:
        import pypdfium2
    except ImportError:
        raise FourPillarsError("PDFs cannot be compared without the package pypdfium2.", "Run make install.") from None
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range().splitlines() for page in document]
    finally:
        document.close()
    return Content(tuple(sorted(_plain(" ".join(_without_furniture(pages))).split())))


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages save those that half of them have, whatever their numbers are."""
    told = Counter(line for page in pages for line in {_NUMBER.sub("0", line) for line in page})
    most = max(2, len(pages) / 2)
    return [line for page in pages for line in page if told[_NUMBER.sub("0", line)] < most]


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
