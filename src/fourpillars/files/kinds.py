"""What kind of file it is, by its first bytes: names and endings are often wrong."""

from __future__ import annotations

from pathlib import Path

from fourpillars.files.limits import check_archive
from fourpillars.files.sheet import UnreadableFileError

KINDS = ("csv", "xlsx", "xls", "parquet", "sdmx")
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "compressed (gzip)",
    b"7z\xbc\xaf": "compressed (7z)",
    b"Rar!": "compressed (RAR)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"ARROW1": "an Arrow file",
    b"\x89HDF": "an HDF file",
}


def kind_of(path: Path) -> str:
    """Return what a file is: csv, xlsx, xls, parquet or sdmx (XML).

    Raises
    ------
    UnreadableFileError
        If it is something else.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK"):
        return _packed(path)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if start.startswith(b"PAR1"):
        return "parquet"
    for mark, what in _OTHERS.items():
        if start.startswith(mark):
            raise UnreadableFileError(f"{path.name} is {what}.", "Give a CSV, Excel, Parquet or SDMX file.")
    return _text(start, path)


def _packed(path: Path) -> str:
    parts = check_archive(path)
    if any(part.startswith("xl/") for part in parts) and "xl/workbook.bin" not in parts:
        return "xlsx"
    raise UnreadableFileError(f"{path.name} is an archive, but no Excel workbook.", "Unpack it, or save it as .xlsx.")


def _text(start: bytes, path: Path) -> str:
    shown = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not shown.startswith(b"<"):
        return "csv"
    if b"<html" in shown.lower() or b"<table" in shown.lower() or b"<!doctype html" in shown.lower():
        hint = "Open it in a spreadsheet and save it as .xlsx or CSV."
        raise UnreadableFileError(f"{path.name} is a web page, whatever its name says.", hint)
    return "sdmx"
