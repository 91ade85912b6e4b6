"""Write the cube as a file of observations: whole, or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from fourpillars.errors import FourPillarsError
from fourpillars.observations.cube.axes import Axis
from fourpillars.observations.cube.figures import MEASURES
from fourpillars.observations.schema import COLUMNS
from fourpillars.observations.sources import COLUMNS as SOURCE_COLUMNS

PLAIN = pa_csv.WriteOptions(include_header=False, quoting_style="none")


def check_output(output: Path, inputs: Sequence[Path]) -> None:
    """Refuse a path that a cube cannot be written to.

    Raises
    ------
    FourPillarsError
        If it is no CSV file, its folder is missing, it is one of the inputs, or it holds something else than
        a cube.
    """
    name = output.as_posix()
    if output.suffix != ".csv" or output.is_dir():
        raise FourPillarsError(f"The output {name!r} is no CSV file.", hint="End its name with .csv.")
    if not output.parent.is_dir():
        raise FourPillarsError(f"There is no folder {output.parent.as_posix()!r} to write to.")
    if any(output.resolve() == path.resolve() for path in inputs):
        raise FourPillarsError(f"{name!r} is an input and the output.", hint="Name another file with -o.")
    if output.exists():
        with output.open(encoding="utf-8", errors="replace") as stream:
            rows = list(csv.reader(io.StringIO(stream.readline() + stream.readline())))
        measure = COLUMNS.index("measure")
        if len(rows) < 2 or len(rows[1]) <= measure or rows[1][measure] not in MEASURES:
            raise FourPillarsError(
                f"{name!r} exists and holds no cube: it is not written over.",
                hint="Name another file with -o.",
            )


class ObservationWriter:
    """Writes months of figures as observations to an open file."""

    def __init__(self, stream: BinaryIO, axes: Sequence[Axis], source_id: str) -> None:
        self.stream, self.source_id, self.rows = stream, source_id, 0
        codes = np.meshgrid(*(np.array(axis.codes, dtype=object) for axis in axes), indexing="ij")
        self.codes = [values.ravel() for values in codes]
        stream.write((",".join(COLUMNS) + "\n").encode())

    def write(self, month: str, figures: Mapping[str, np.ndarray]) -> int:
        """Write a month, cell by cell, and return how many rows that were."""
        names = [name for name in MEASURES if name in figures]
        values = np.stack([figures[name].ravel() for name in names], axis=1)
        cell, measure = np.nonzero(~np.isnan(values))
        ref_area, activity, item = (codes[cell] for codes in self.codes)
        columns = {
            "ref_area": ref_area,
            "activity": activity,
            "item": item,
            "measure": np.array(names, dtype=object)[measure],
            "unit": np.array([MEASURES[name][0] for name in names], dtype=object)[measure],
            "obs_value": values[cell, measure] + 0.0,  # no negative zeros
        }
        same = {
            "ownership": "", "freq": "M", "time_period": month, "basis": "month", "obs_status": "A",
            "source_id": self.source_id,
        }  # fmt: skip
        columns |= {name: np.full(len(cell), text, dtype=object) for name, text in same.items()}
        table = pa.table({name: pa.array(columns[name]) for name in COLUMNS})
        pa_csv.write_csv(table, self.stream, PLAIN)
        self.rows += len(cell)
        return len(cell)


@contextmanager
def whole_file(output: Path) -> Iterator[BinaryIO]:
    """Open a file beside `output` that takes its place at the end; after an error nothing is left of it."""
    partial = output.with_name(f".{output.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def source_row(source: Mapping[str, str]) -> str:
    """Return a row for sources.csv, without the line's end.

    Examples
    --------
    >>> source_row({"source_id": "F1", "publisher": "Bureau", "title": "Firms, 2026", "vintage": "2026-09"})
    'F1,Bureau,"Firms, 2026",,2026-09,,'
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([source.get(column, "") for column in SOURCE_COLUMNS])
    return line.getvalue()
