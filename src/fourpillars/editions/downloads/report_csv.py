"""The data of each report as CSV, in every language the same: one file an exhibit, and one with all of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fourpillars.exhibits.cells import plain

FOLDER = "data/csv"
COLUMNS = ("indicator", "ref_area", "activity", "time_period", "value", "unit")
ENCODING = "utf-8-sig"  # spreadsheets take a file without the mark for one in the machine's own encoding


def write_report_csv(tree: Path, slug: str, exhibits: Iterable[dict[str, Any]]) -> None:
    """Write the CSV files of a report from its exhibits in all languages.

    Codes stand as in the codelists and values as they are, so that no language has other files; `data/codes.csv`
    names the codes. What only one language shows is there too.
    """
    rows: dict[str, dict[tuple[Any, ...], None]] = {}
    for exhibit in exhibits:
        found = (tuple(row[column] for column in COLUMNS) for row in exhibit["data"])
        rows.setdefault(exhibit["id"], {}).update(dict.fromkeys(found))
    for exhibit_id, its in rows.items():
        write_csv(tree / FOLDER / slug / f"{exhibit_id}.csv", COLUMNS, its)
    whole = ((exhibit_id, *row) for exhibit_id, its in rows.items() for row in its)
    write_csv(tree / FOLDER / f"{slug}.csv", ("exhibit", *COLUMNS), whole)


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file that spreadsheets read as it is meant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([plain(cell) for cell in row] for row in rows)
