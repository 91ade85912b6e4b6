"""Read a file as sheets, whatever its kind."""

from __future__ import annotations

from pathlib import Path

from fourpillars.files.csv_text import read_csv
from fourpillars.files.kinds import kind_of
from fourpillars.files.limits import check_sheets, check_size
from fourpillars.files.sheet import Sheet, UnreadableFileError


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a CSV, Excel, Parquet or SDMX-ML file, each as text cells.

    Raises
    ------
    UnreadableFileError
        If the file is of another kind, damaged, or too large.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.csv"
    >>> _ = path.write_text("地区,2026年8月\\n河北,5.2\\n", encoding="gb18030")
    >>> read_sheets(path)[0].rows
    [['地区', '2026年8月'], ['河北', '5.2']]
    """
    check_size(path)
    try:
        return check_sheets(path.name, _of_kind(path, kind_of(path)))
    except (MemoryError, RecursionError):
        raise UnreadableFileError(f"{path.name} takes more memory to read than statistics should.") from None


def _of_kind(path: Path, kind: str) -> list[Sheet]:
    if kind == "csv":
        return read_csv(path)
    if kind == "parquet":
        from fourpillars.files.parquet import read_parquet

        return read_parquet(path)
    if kind == "sdmx":
        from fourpillars.files.sdmx_message import read_sdmx

        return read_sdmx(path)
    from fourpillars.files.workbook import read_workbook

    return read_workbook(path, kind)
