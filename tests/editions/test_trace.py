from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from fourpillars.catalogue.project import Project
from fourpillars.editions.manifest import Entry, Manifest, write_manifest
from fourpillars.editions.trace import COLUMNS, trace_document, write_csv
from fourpillars.errors import FourPillarsError

ROW = "CN,B-D,,,value_added_growth,M,2026-08,month,"


def shown(value: float, period: str = "2026-08") -> dict:
    return {
        "indicator": "value_added_growth", "ref_area": "CN", "activity": "B-D", "time_period": period,
        "value": value, "unit": "pct_yoy", "shown": f"{value}%",
    }  # fmt: skip


@pytest.fixture
def august(project: Path) -> float:
    lines = (project / "data/observations/value_added.csv").read_text().splitlines()
    return float(next(line for line in lines if line.startswith(ROW)).split(",")[9])


@pytest.fixture
def out(project: Path, august: float) -> Path:
    site = project / "reports/site"
    folder = site / "2026-08.1"
    (folder / "data/en").mkdir(parents=True)
    exhibits = [
        {"id": "fig-a", "data": [shown(august), {**shown(august), "value": None}]},
        {"id": "tbl-b", "data": [shown(99.5)]},
    ]
    (folder / "data/en/overview.json.gz").write_bytes(gzip.compress(json.dumps({"exhibits": exhibits}).encode()))
    entries = tuple(
        Entry(f"en/overview.{f}", "overview", "en", f, "A", "a.ipynb", {}, f"en/overview.{f}") for f in ("html", "pdf")
    )
    write_manifest(Manifest("2026-08", 1, {}, entries), folder)
    (site / "2026-08").symlink_to("2026-08.1")
    return site


def test_a_value_is_followed_to_its_publisher(project: Path, out: Path, august: float) -> None:
    rows = list(trace_document(Project(project), out, "overview"))
    assert [row["exhibit"] for row in rows] == ["fig-a", "tbl-b"]
    found = rows[0]
    assert (found["document"], found["formula"]) == ("en/overview.html", "o1")
    assert found["observations"] == f"o1={august!r}"
    assert found["keys"] == "CN|B-D|||value_added_growth|M|2026-08|month|pct_yoy"
    assert found["source_ids"].startswith("S")
    assert found["publishers"]
    assert rows[1]["formula"] == ""


def test_a_document_can_be_named_in_several_ways(project: Path, out: Path) -> None:
    for name, document in (
        ("en/overview.pdf", "en/overview.pdf"),
        ("en/overview", "en/overview.pdf"),
        ("overview", "en/overview.html"),
    ):
        assert next(trace_document(Project(project), out, name))["document"] in (document, "en/overview.html")


def test_unknown_names_are_refused(project: Path, out: Path) -> None:
    with pytest.raises(FourPillarsError, match="Did you mean 'overview'"):
        trace_document(Project(project), out, "overveiw")
    with pytest.raises(FourPillarsError, match="Did you mean 'fig-a'"):
        trace_document(Project(project), out, "overview", "fig-b")
    with pytest.raises(FourPillarsError, match="published edition '2023-11'"):
        trace_document(Project(project), out, "overview", edition="2023-11")
    with pytest.raises(FourPillarsError, match="Nothing is published"):
        trace_document(Project(project), project / "nowhere", "overview")


def test_the_csv_has_its_columns() -> None:
    text = io.StringIO()
    write_csv([dict.fromkeys(COLUMNS, "a,b")], text)
    header, line = text.getvalue().splitlines()
    assert header == ",".join(COLUMNS)
    assert line == ",".join(['"a,b"'] * len(COLUMNS))
