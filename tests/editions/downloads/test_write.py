"""The files of a release of the tiny project: the figures of its two notebooks, the same bytes every time."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from fourpillars.catalogue import load_catalogue
from fourpillars.editions.downloads.edition_data import edition_data
from fourpillars.editions.downloads.parquet import write_parquet
from fourpillars.editions.downloads.sdmx import HEAD, write_sdmx_csv, write_structure
from fourpillars.editions.downloads.workbook import write_workbook
from fourpillars.editions.downloads.write import citation

TITLE = {"en": "=Pillars", "zh": "支柱"}


def row(indicator="va_growth", ref_area="CN", activity="C31", time_period="2026-08", value=1.7, unit="pct_yoy"):
    return {
        "indicator": indicator,
        "ref_area": ref_area,
        "activity": activity,
        "time_period": time_period,
        "value": value,
        "unit": unit,
        "shown": f"{value}",
    }


@pytest.fixture
def frame() -> pd.DataFrame:
    rows = [
        row(),
        row(),  # shown twice, told once
        row(activity="B-D", value=5.3),
        row(ref_area="440000", activity="B-D", time_period="2026-Q2", value=-0.5),
        row("rank:va_growth", value=3.0),  # an exhibit's own
        row(time_period="2026-07", value=None),
    ]
    return pd.DataFrame(edition_data([{"data": rows}], load_catalogue().names))


def written(folder: Path, frame: pd.DataFrame) -> dict[str, bytes]:
    folder.mkdir()
    write_parquet(folder / "a.parquet", frame, {"citation": "x"})
    write_sdmx_csv(folder / "a.csv", frame)
    write_structure(folder / "a.json", frame, load_catalogue().names, TITLE)
    sources = [("S1", "@bureau", "Title", "2026-09-15")]
    write_workbook(
        folder / "a.xlsx",
        frame,
        load_catalogue(),
        title=TITLE,
        about=["-cite"],
        sources=sources,
        day=date(2026, 9, 20),
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_each_figure_stands_once_and_derived_ones_not_at_all(frame: pd.DataFrame) -> None:
    assert frame.to_numpy().tolist() == [
        ["Q", "va_growth", "440000", "B-D", "2026-Q2", -0.5, "pct_yoy"],
        ["M", "va_growth", "CN", "B-D", "2026-08", 5.3, "pct_yoy"],
        ["M", "va_growth", "CN", "C31", "2026-08", 1.7, "pct_yoy"],
    ]


def test_the_same_figures_give_the_same_bytes(tmp_path: Path, frame: pd.DataFrame) -> None:
    assert written(tmp_path / "one", frame) == written(tmp_path / "two", frame)


def test_sdmx_csv_has_the_heads_of_the_standard(tmp_path: Path, frame: pd.DataFrame) -> None:
    write_sdmx_csv(tmp_path / "a.csv", frame)
    head, first, *_ = csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines())
    assert tuple(head) == HEAD
    assert first == [
        "dataflow",
        "FOURPILLARS:DF_FOUR_PILLARS(1.0.0)",
        "R",
        "Q",
        "va_growth",
        "440000",
        "B-D",
        "2026-Q2",
        "-0.5",
        "pct_yoy",
        "A",
    ]


def test_the_structure_names_codes_in_both_languages(tmp_path: Path, frame: pd.DataFrame) -> None:
    write_structure(tmp_path / "a.json", frame, load_catalogue().names, TITLE)
    lists = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["data"]["codelists"]
    areas = next(one for one in lists if one["id"] == "CL_REF_AREA")["codes"]
    assert {code["id"]: code["names"] for code in areas}["440000"] == {"en": "Guangdong", "zh": "广东"}


def test_the_workbook_has_no_formula_and_one_table_a_sheet(tmp_path: Path, frame: pd.DataFrame) -> None:
    written(tmp_path / "one", frame)
    with zipfile.ZipFile(tmp_path / "one" / "a.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        tables = [name for name in book.namelist() if name.startswith("xl/tables/")]
        assert (len(sheets), len(tables)) == (7, 5)
        assert not any(b"<f>" in book.read(name) for name in sheets)
        assert b"=Pillars" in book.read("xl/sharedStrings.xml")


def test_a_citation_names_edition_and_release() -> None:
    assert citation("四大支柱", "2026-08", 1, "zh") == "《四大支柱》，2026年8月期，版本2026-08.1。"
