"""Parquet files: plain columns as text cells, under their names."""

from __future__ import annotations

from pathlib import Path

from fourpillars.files import limits
from fourpillars.files.sheet import Sheet, UnreadableFileError, number_text


def read_parquet(path: Path) -> list[Sheet]:
    """Return the one sheet of a Parquet file: a row of names, then its rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            shape = file.metadata
            limits.check_cells(path.name, shape.num_rows + 1, shape.num_columns)
            nested = [field.name for field in file.schema_arrow if pa.types.is_nested(field.type)]
            if nested:
                raise UnreadableFileError(f"{path.name}: the column {nested[0]!r} holds lists or records.")
            table = file.read(use_threads=False)
        columns = [[_text(value) for value in column.to_pylist()] for column in table.columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        said = " ".join(str(error).split())[:200]
        raise UnreadableFileError(f"{path.name} is a damaged Parquet file ({said}).", "Write it anew.") from None
    rows = [list(map(str, table.column_names)), *map(list, zip(*columns, strict=True))]
    return [Sheet("", rows)]


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return number_text(value) if abs(value) != float("inf") else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    return str(value).strip()
