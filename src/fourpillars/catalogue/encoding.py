"""Find the first bytes of a file that are not UTF-8, and say what they probably are."""

from __future__ import annotations

from fourpillars.catalogue.problems import Problem


def encoding_problem(data: bytes, file: str) -> Problem | None:
    """Return where a CSV file stops being UTF-8, with the field as it was meant; None if it never does.

    Examples
    --------
    >>> text = "code,name_zh\\nC31,钢铁\\n"
    >>> encoding_problem(text.encode("utf-8"), "activity.csv")
    >>> problem = encoding_problem(text.encode("gb18030"), "activity.csv")
    >>> problem.line, problem.column, problem.found, problem.message
    (2, 'name_zh', '钢铁', 'is not UTF-8: it reads as GB18030')
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        encoding = _guess(data)
        line = data.count(b"\n", 0, error.start) + 1
        column, found = _field(data, error.start, encoding or "latin-1")
        message = f"is not UTF-8: it reads as {encoding}" if encoding else "is not UTF-8"
        hint = f"Convert the file: iconv -f {encoding or 'GB18030'} -t UTF-8 {file} > new.csv"
        return Problem(file, line, column, found, message, hint)
    return None


def _guess(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GB18030"


def _field(data: bytes, position: int, encoding: str) -> tuple[str, str]:
    """Return the column and the text of the field that holds a position."""
    if encoding == "UTF-16":
        return "", ""
    start = data.rfind(b"\n", 0, position) + 1
    place = data.count(b",", start, position)
    field = data[start:].partition(b"\n")[0].split(b",")[place].strip()
    header = data.partition(b"\n")[0].decode("ascii", "replace").strip().split(",")
    return header[place] if place < len(header) else "", field.decode(encoding, "replace")
