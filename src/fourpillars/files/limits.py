"""How large a file of statistics may be: what is larger is refused before it is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

from fourpillars.files.sheet import Sheet, UnreadableFileError

MEGABYTE = 1_000_000
#: The size of a file, of a workbook unpacked, and of its largest part.
FILE, UNPACKED, PART = 64 * MEGABYTE, 400 * MEGABYTE, 250 * MEGABYTE
#: The cells of a file, its sheets, the columns of one, the characters of a line and of a cell.
CELLS, SHEETS, COLUMNS, LINE, CELL = 2_000_000, 100, 2_000, 1_000_000, 10_000
#: What reading may take: seconds, and bytes of memory.
SECONDS, MEMORY = 45, 850 * MEGABYTE

SMALLER = "Split it, or save the one sheet you need as CSV."


def check_size(path: Path) -> None:
    """Refuse what is no file, is empty, or is larger than statistics are."""
    try:
        stat = path.stat()
        regular = path.is_file()
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{path.name} cannot be read ({getattr(error, 'strerror', error)}).") from None
    if not regular:
        raise UnreadableFileError(f"{path.name} is no file.", "Name a CSV, Excel, Parquet or SDMX file.")
    if stat.st_size == 0:
        raise UnreadableFileError(f"{path.name} is empty.")
    if stat.st_size > FILE:
        size, most = stat.st_size // MEGABYTE, FILE // MEGABYTE
        raise UnreadableFileError(f"{path.name} has {size:,} MB, and {most} MB is the most that is read.", SMALLER)


def check_archive(path: Path) -> list[str]:
    """Refuse a zip archive that unpacks to too much; return the names of its parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableFileError(f"{path.name} is a damaged workbook or archive.", "Save it anew.") from None
    sizes = [part.file_size for part in parts]
    if len(parts) > 10_000 or sum(sizes) > UNPACKED or max(sizes, default=0) > PART:
        said = f"{path.name} unpacks to {sum(sizes) // MEGABYTE:,} MB in {len(parts):,} parts: too much to read."
        raise UnreadableFileError(said, SMALLER)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFileError(f"{path.name} is protected with a password.", "Save it without one.")
    return [part.filename for part in parts]


def check_cells(name: str, rows: int, columns: int) -> None:
    """Refuse a table with too many cells or columns."""
    if columns > COLUMNS or rows * columns > CELLS:
        said = f"{name} has {rows:,} rows and {columns:,} columns: more than {CELLS:,} cells or {COLUMNS:,} columns."
        raise UnreadableFileError(said, SMALLER)


def check_sheets(name: str, sheets: list[Sheet]) -> list[Sheet]:
    """Refuse sheets that hold too much together, or an overlong cell; return them."""
    check_cells(name, sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows), 1)
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, start=1):
            if max(map(len, row), default=0) > CELL:
                raise UnreadableFileError(f"{name}, row {number}: a cell has more than {CELL:,} characters.")
    return sheets
