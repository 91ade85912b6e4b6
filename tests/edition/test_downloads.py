"""What readers take away of an edition: the same figures in every file, in forms others' software reads."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from lxml import html

from fourpillars.editions.manifest import Manifest
from fourpillars.editions.shown import read_shown

SDMX_HEAD = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "INDICATOR",
    "REF_AREA",
    "ACTIVITY",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "OBS_STATUS",
]


@pytest.fixture
def data(edition: Path, manifest: Manifest) -> dict[str, Path]:
    base = edition / "data" / f"four-pillars-{manifest.edition}"
    return {ending: Path(f"{base}.{ending}") for ending in ("xlsx", "parquet", "sdmx.csv", "sdmx-structure.json")}


def test_every_exhibit_with_data_has_its_csv_and_a_link_to_it(edition: Path, manifest: Manifest) -> None:
    problems = []
    for entry in (entry for entry in manifest.documents if entry.format == "html"):
        shown = read_shown(edition / "data" / entry.lang / f"{entry.slug}.json.gz")
        links = html.fromstring((edition / entry.path).read_bytes()).find_class("fp-csv")
        linked = {(edition / entry.path).parent.joinpath(link.get("href")).resolve() for link in links}
        for exhibit in shown:
            path = edition / "data/csv" / entry.slug / f"{exhibit['id']}.csv"
            if exhibit["data"]:
                problems += [f"{path} is missing"] * (not path.is_file())
            if exhibit["data"] and exhibit["kind"] != "text":
                problems += [f"{entry.path}: no link to {path.name}"] * (path.resolve() not in linked)
    assert problems == []


def test_a_csv_holds_the_rows_of_its_exhibit(edition: Path) -> None:
    shown = read_shown(edition / "data/zh/overview.json.gz")
    exhibit = next(one for one in shown if one["kind"] == "chart")
    with (edition / "data/csv/overview" / f"{exhibit['id']}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["time_period"] for row in rows] == [row["time_period"] for row in exhibit["data"]]
    assert [float(row["value"]) if row["value"] else None for row in rows] == [row["value"] for row in exhibit["data"]]


@pytest.mark.usefixtures("whole")
def test_parquet_sdmx_and_workbook_hold_the_same_figures(data: dict[str, Path]) -> None:
    frame = pd.read_parquet(data["parquet"])
    assert not frame.duplicated(["freq", "indicator", "ref_area", "activity", "time_period"]).any()
    with data["sdmx.csv"].open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == SDMX_HEAD
    assert [float(row[8]) for row in rows] == list(frame["obs_value"])
    book = openpyxl.load_workbook(data["xlsx"], read_only=True)
    assert book.sheetnames == ["Cover", "Notes", "Nation", "Industries", "Provinces", "Indicators", "Sources"]
    figures = sum(sum(1 for _ in book[name].iter_rows(min_row=5)) for name in ("Nation", "Industries", "Provinces"))
    assert figures == len(frame)


@pytest.mark.usefixtures("whole")
def test_no_cell_of_the_workbook_is_a_formula(data: dict[str, Path]) -> None:
    with zipfile.ZipFile(data["xlsx"]) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 7
        assert [name for name in sheets if re.search(rb"<f[ />]", book.read(name))] == []


@pytest.mark.usefixtures("whole")
def test_the_structure_defines_every_code_of_the_data(data: dict[str, Path]) -> None:
    message = json.loads(data["sdmx-structure.json"].read_text(encoding="utf-8"))["data"]
    lists = {one["id"]: {code["id"] for code in one["codes"]} for one in message["codelists"]}
    with data["sdmx.csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in ("FREQ", "INDICATOR", "REF_AREA", "ACTIVITY", "OBS_STATUS"):
        assert {row[column] for row in rows} <= lists[f"CL_{column}"], column
    assert {row["UNIT_MEASURE"] for row in rows} - {""} <= lists["CL_UNIT_MEASURE"]
    dimensions = message["dataStructures"][0]["dataStructureComponents"]["dimensionList"]
    assert [one["id"] for one in dimensions["dimensions"]] == ["FREQ", "INDICATOR", "REF_AREA", "ACTIVITY"]
