"""Which cells of a workbook are shown as percentages, and how many hold formulas: values alone do not tell."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from fourpillars.files import limits
from fourpillars.files.sheet import UnreadableFileError

_PERCENT = {9, 10}  # Excel's own formats 0% and 0.00%
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_CELL, _FORMULA = re.compile(rb"<c[ >]"), re.compile(rb"<f[ >/]")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Marked:
    """The cells of a sheet shown as percentages, by row and column from 0, and the number of formulas."""

    percent: frozenset[tuple[int, int]]
    formulas: int


def marked_cells(path: Path) -> dict[str, Marked]:
    """Return the marked cells of each sheet of an .xlsx workbook, by its name.

    Raises
    ------
    UnreadableFileError
        If a part is no XML, or declares entities, as no workbook does.
    """
    try:
        with zipfile.ZipFile(path) as book:
            percent = _percent_styles(book)
            return {name: _of_sheet(book, part, percent) for name, part in _sheets(book).items()}
    except DefusedXmlException:
        raise UnreadableFileError(f"{path.name} declares XML entities, which no workbook needs.") from None
    except (ParseError, zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError, NotImplementedError) as error:
        said = " ".join(str(error).split())[:200]
        raise UnreadableFileError(f"{path.name} is a damaged workbook ({said}).", "Save it anew.") from None
    except Exception as error:
        if type(error).__module__ != "zlib":
            raise
        raise UnreadableFileError(f"{path.name} is a damaged workbook ({error}).", "Save it anew.") from None


def _elements(book: zipfile.ZipFile, part: str):
    with book.open(part) as file:
        for _, element in iterparse(file, forbid_dtd=True):
            name = element.tag.removeprefix(_MAIN).removeprefix(_STRICT)
            yield name, element
            if name in ("c", "row", "si"):
                element.clear()


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    targets = {}
    for _, element in _elements(book, "xl/_rels/workbook.xml.rels"):
        if element.get("Id"):
            target = element.get("Target", "")
            targets[element.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = {}
    for name, element in _elements(book, "xl/workbook.xml"):
        if name == "sheet":
            reference = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            found[element.get("name", "")] = targets.get(reference, "")
    parts = set(book.namelist())
    return {name: part for name, part in found.items() if part in parts}


def _percent_styles(book: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the cell styles that show a number as a percentage."""
    if "xl/styles.xml" not in book.namelist():
        return set()
    percent, styles = set(_PERCENT), []
    for name, element in _elements(book, "xl/styles.xml"):
        if name == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", element.get("formatCode", "")):
            percent.add(int(element.get("numFmtId", "0")))
        elif name == "cellXfs":
            styles = [int(style.get("numFmtId", "0")) for style in element]
    return {str(number) for number, shown in enumerate(styles) if shown in percent}


def _of_sheet(book: zipfile.ZipFile, part: str, styles: set[str]) -> Marked:
    formulas = _counted(book, part)
    percent = []
    for name, element in _elements(book, part) if styles else ():
        if name == "c" and element.get("s") in styles and element.get("t", "n") == "n":
            place = _REFERENCE.fullmatch(element.get("r", ""))
            if place:
                percent.append((int(place[2]) - 1, _column(place[1])))
    return Marked(frozenset(percent), formulas)


def _counted(book: zipfile.ZipFile, part: str) -> int:
    """Return the formulas of a sheet; refuse one with too many cells, or with entities, before it is parsed."""
    cells = formulas = 0
    rest = b""
    with book.open(part) as file:
        while data := file.read(1 << 20):
            data = rest + data
            cells += len(_CELL.findall(data)) - len(_CELL.findall(rest))
            formulas += len(_FORMULA.findall(data)) - len(_FORMULA.findall(rest))
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise UnreadableFileError("The workbook declares XML entities, which no workbook needs.")
            if cells > limits.CELLS:
                raise UnreadableFileError(f"A sheet has over {limits.CELLS:,} cells.", limits.SMALLER)
            rest = data[-10:]
    return formulas


def _column(name: str) -> int:
    number = 0
    for character in name:
        number = 26 * number + ord(character) - 64
    return number - 1
