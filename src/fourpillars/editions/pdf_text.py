"""What a tagged PDF says, in the order of its tags, wherever on its pages it stands.

Page furniture and repeated heads are artifacts and have no tag; lists of contents are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

HEADING, CAPTION, TEXT = "heading", "caption", "text"
_KINDS = {"/Title": HEADING, "/Caption": CAPTION, **{f"/H{level}": HEADING for level in range(1, 7)}}
_LEFT_OUT = {"/TOC", "/Artifact"}
_INLINE = {"/Span", "/Link", "/Strong", "/Em", "/Lbl", "/Reference", "/Code", "/Quote", "/Sub", "/FENote", "/Figure"}
_SHOWING = "BDC BMC EMC Tf Tj TJ Do"
_INVISIBLE = str.maketrans("", "", "\u00ad\u2060\ufeff")
_CODES = re.compile(r"<([0-9A-Fa-f]+)>")


@dataclass
class Piece:
    """A paragraph, heading, caption or cell: its kind and its text."""

    kind: str
    text: str = ""


def tagged_pieces(path: Path) -> list[Piece] | None:
    """Return what a PDF says, piece by piece; None where it has no tags.

    The page number a link ends in, where it leads to that page, is written '…': it is the layout's.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" not in pdf.Root or "/K" not in pdf.Root.StructTreeRoot:
            return None
        reader = _Reader(pdf)
        reader.read(pdf.Root.StructTreeRoot.K, None, TEXT)
        return [piece for piece in reader.pieces if piece.text.strip()]


class _Reader:
    """Walks the tags and takes each one's text from the page it is on."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts: dict[Any, _Font] = {}
        self._texts: dict[int, dict[int | None, list[str]]] = {}
        self.pieces = [Piece(TEXT)]

    def read(self, node: Any, page: int | None, kind: str) -> None:
        import pikepdf

        if isinstance(node, pikepdf.Array):
            for kid in node:
                self.read(kid, page, kind)
        elif not isinstance(node, pikepdf.Dictionary):
            self.pieces[-1].text += self._shown(page, int(node))
        elif node.get("/Type") == "/MCR":
            self.pieces[-1].text += self._shown(self._page(node, page), int(node.MCID))
        elif node.get("/Type") != "/OBJR" and str(node.get("/S")) not in _LEFT_OUT:
            self._read_element(node, self._page(node, page), kind)

    def _read_element(self, node: Any, page: int | None, kind: str) -> None:
        role = str(node.get("/S"))
        own = _KINDS.get(role, kind)
        apart = role not in _INLINE
        if apart:
            self._begin(own, goes_on=kind != TEXT)
        if "/Alt" in node:
            self.pieces[-1].text += f" {node.Alt} "
        before = self.pieces[-1].text
        if "/K" in node:
            self.read(node.K, page, own)
        if role == "/Link":
            self.pieces[-1].text = before + self._without_page(node, self.pieces[-1].text.removeprefix(before))
        if apart:
            self._begin(kind, goes_on=kind != TEXT)

    def _begin(self, kind: str, goes_on: bool) -> None:
        """Begin a piece; what is within a heading or a caption is part of it."""
        if goes_on:
            self.pieces[-1].text += " "
        else:
            self.pieces.append(Piece(kind))

    def _page(self, node: Any, page: int | None) -> int | None:
        return self._pages.get(node.Pg.objgen, page) if "/Pg" in node else page

    @cached_property
    def _pages(self) -> dict[Any, int]:
        return {page.obj.objgen: index for index, page in enumerate(self._pdf.pages)}

    def _shown(self, page: int | None, mark: int) -> str:
        if page is None:
            return ""
        if page not in self._texts:
            found: dict[int | None, list[str]] = defaultdict(list)
            self._run(self._pdf.pages[page].obj, None, found)
            self._texts[page] = found
        return "".join(self._texts[page].get(mark, ())).translate(_INVISIBLE)

    def _run(self, content: Any, mark: int | None, found: dict[int | None, list[str]]) -> None:
        """Collect the texts of a page or of a drawing on it by the tag they are marked with."""
        import pikepdf

        resources, font = content.get("/Resources", {}), _NO_FONT
        marks, read_as = [mark], [False]
        for operands, operator in pikepdf.parse_content_stream(content, _SHOWING):
            match str(operator):
                case "BDC":
                    about = operands[1] if isinstance(operands[1], pikepdf.Dictionary) else {}
                    marks.append(int(about["/MCID"]) if "/MCID" in about else marks[-1])
                    if "/ActualText" in about and not read_as[-1]:
                        found[marks[-1]].append(str(about["/ActualText"]))
                    read_as.append(read_as[-1] or "/ActualText" in about)
                case "BMC":
                    marks.append(None if str(operands[0]) == "/Artifact" else marks[-1])
                    read_as.append(read_as[-1])
                case "EMC":
                    marks.pop(), read_as.pop()
                case "Tf":
                    font = self._font(resources.Font[operands[0]])
                case "Do" if (drawn := resources.XObject[operands[0]]).get("/Subtype") == "/Form":
                    self._run(drawn, marks[-1], found)
                case "Tj" | "TJ" if not read_as[-1]:
                    strings = [operands[0]] if str(operator) == "Tj" else operands[0]
                    shown = (font.text(bytes(s)) for s in strings if isinstance(s, pikepdf.String))
                    found[marks[-1]].append("".join(shown))

    def _font(self, font: Any) -> _Font:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _Font.of(font)
        return self._fonts[font.objgen]

    def _without_page(self, link: Any, text: str) -> str:
        numbers = list(re.finditer(r"\d+", text))
        if len(numbers) > 1 and int(numbers[-1][0]) in self._destinations(link):
            return f"{text[: numbers[-1].start()]}…{text[numbers[-1].end() :]}"
        return text

    def _destinations(self, link: Any) -> Iterator[int]:
        """Yield the numbers of the pages a link leads to."""
        import pikepdf

        kids = link.K if isinstance(link.K, pikepdf.Array) else [link.K]
        for kid in kids:
            place = kid.Obj.get("/Dest") if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid else None
            if isinstance(place, pikepdf.String):
                place = self._named.get(str(place))
            if isinstance(place, pikepdf.Dictionary):
                place = place.D
            if isinstance(place, pikepdf.Array):
                yield self._pages.get(place[0].objgen, -1) + 1

    @cached_property
    def _named(self) -> Any:
        import pikepdf

        return pikepdf.NameTree(self._pdf.Root.Names.Dests) if "/Dests" in self._pdf.Root.get("/Names", {}) else {}


@dataclass(frozen=True)
class _Font:
    """Which characters a font's codes stand for, and how many bytes a code has."""

    characters: dict[bytes, str]
    size: int = 2

    @classmethod
    def of(cls, font: Any) -> _Font:
        told = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
        characters: dict[bytes, str] = {}
        for section in re.findall(r"beginbfchar(.*?)endbfchar", told, re.DOTALL):
            codes = _CODES.findall(section)
            characters |= {bytes.fromhex(a): _utf16(b) for a, b in zip(codes[::2], codes[1::2], strict=True)}
        for section in re.findall(r"beginbfrange(.*?)endbfrange", told, re.DOTALL):
            for first, last, start in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", section):
                for step in range(int(last, 16) - int(first, 16) + 1):
                    code = (int(first, 16) + step).to_bytes(len(first) // 2)
                    characters[code] = _utf16(f"{int(start, 16) + step:0{len(start)}x}")
        return cls(characters, len(next(iter(characters), b"  ")))

    def text(self, codes: bytes) -> str:
        """Return what a string of codes says; '\ufffd' for a code no character is known of."""
        size = self.size
        return "".join(self.characters.get(codes[at : at + size], "\ufffd") for at in range(0, len(codes), size))


_NO_FONT = _Font({})


def _utf16(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be", "replace")
