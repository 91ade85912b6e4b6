"""The edition as Parquet: one table, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def write_parquet(path: Path, frame: pd.DataFrame, about: Mapping[str, str]) -> None:
    """Write figures, as `edition_data` gives them, with what they are `about` in the metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.replace_schema_metadata({name.encode(): value.encode() for name, value in sorted(about.items())})
    pq.write_table(table, path, compression="zstd")
