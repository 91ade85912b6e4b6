"""The data of each report as CSV: one file an exhibit, and one with all of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fourpillars.editions.shown import SHOWN, read_shown
from fourpillars.exhibits.cells import plain

COLUMNS = ("indicator", "ref_area", "activity", "time_period", "value", "unit")
ENCODING = "utf-8-sig"  # spreadsheets take a file without the mark for one in the machine's own encoding


def write_report_csv(tree: Path, key: str) -> list[dict[str, Any]]:
    """Write the CSV files of the page `key` from its JSON, and return its exhibits.

    Codes stand as in the codelists, the same in every language; `data/codes.csv` names them.
    """
    exhibits = [exhibit for exhibit in read_shown(tree / "data" / f"{key}{SHOWN}") if exhibit["data"]]
    whole = []
    for exhibit in exhibits:
        rows = [[row[column] for column in COLUMNS] for row in exhibit["data"]]
        write_csv(tree / "data" / key / f"{exhibit['id']}.csv", COLUMNS, rows)
        whole += [[exhibit["id"], *row] for row in rows]
    write_csv(tree / "data" / f"{key}.csv", ("exhibit", *COLUMNS), whole)
    return exhibits


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file that spreadsheets read as it is meant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([plain(cell) for cell in row] for row in rows)
