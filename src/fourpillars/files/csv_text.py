"""CSV as people save it: UTF-8 with or without mark, GB18030, UTF-16; commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from fourpillars.files import limits
from fourpillars.files.decimal_comma import with_points
from fourpillars.files.sheet import Sheet, UnreadableFileError

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NAMES = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}
_DELIMITERS = ",\t;|"


def read_csv(path: Path) -> list[Sheet]:
    """Return the one sheet of a CSV file.

    Raises
    ------
    UnreadableFileError
        If its encoding is none of these, a line is overlong, it is no CSV, or its commas are ambiguous.
    """
    data = path.read_bytes()
    limits.check_cells(path.name, data.count(b"\n"), 1)
    _check_lines(data, path.name)
    text, encoding = decoded(data, path.name)
    delimiter = _delimiter(text)
    rows = _rows(text, path.name, delimiter)
    notes = [f"The file is in {_NAMES[encoding]}."] if encoding in _NAMES else []
    if delimiter == ";":  # a comma is then free to stand before decimals
        rows, commas = with_points(rows, path.name)
        notes += ["Its figures have decimal commas."] * commas
    return [Sheet("", rows, notes=tuple(notes))]


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file and its encoding.

    Examples
    --------
    >>> decoded("钢铁".encode("gb18030"), "a.csv")
    ('钢铁', 'gb18030')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data.removeprefix(mark), encoding, name), encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise UnreadableFileError(f"{name} is no text.", "Give a CSV, Excel, Parquet or SDMX file.")
        if encoding == "utf-8" or _is_chinese(text):
            return text, encoding
        break
    raise UnreadableFileError(_where(data, name), "Save it as UTF-8.")


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFileError(_where(data, name), "Save it as UTF-8.") from None


def _is_chinese(text: str) -> bool:
    """Say whether what was read as GB18030 is the Chinese people write: nearly any bytes are some GB18030."""
    foreign = [character for character in text if ord(character) > 0x7F]
    common = sum(0x4E00 <= ord(c) <= 0x9FFF or 0x3000 <= ord(c) <= 0x303F or 0xFF00 <= ord(c) <= 0xFFEF or
                 0x2000 <= ord(c) <= 0x24FF or c in "·×÷°±" for c in foreign)  # fmt: skip
    return common >= 0.95 * len(foreign)


def _where(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    try:
        data.decode("utf-8")
        start = 0
    except UnicodeDecodeError as error:
        start = error.start
    row = data.count(b"\n", 0, start) + 1
    guess = from_bytes(data[:65536]).best()
    looks = f"; it looks like {guess.encoding}" if guess is not None else ""
    return f"{name}, row {row}: is neither UTF-8 nor GB18030{looks}."


def _check_lines(data: bytes, name: str) -> None:
    start, number = 0, 1
    while start < len(data):
        end = data.find(b"\n", start, start + limits.LINE + 1)
        if end < 0:
            if len(data) - start > limits.LINE and data.find(b"\r", start, start + limits.LINE) < 0:
                raise UnreadableFileError(f"{name}, row {number}: the line has over {limits.LINE:,} characters.")
            end = start + limits.LINE
        start, number = end + 1, number + 1


def _rows(text: str, name: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(limits.LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    width = 0
    try:
        for row in reader:
            rows.extend([] for _ in range(reader.line_num - 1 - len(rows)))  # so that rows are lines
            rows.append([cell.strip() for cell in row])
            width = max(width, len(row))
            limits.check_cells(name, len(rows), width)
    except csv.Error as error:
        hint = "Look for a quotation mark that is not closed."
        raise UnreadableFileError(f"{name}, row {reader.line_num}: is not CSV ({error}).", hint) from None
    return [row + [""] * (width - len(row)) for row in rows]


def _delimiter(text: str) -> str:
    """Return what parts the cells: of the usual marks, the one that gives most of the first lines one width."""
    start = "\n".join(text[:20_000].splitlines()[:60])

    def evenness(mark: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(start), delimiter=mark) if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=evenness)
