"""The notebooks of the overview and the pillars, cell by cell, one language and edition in turn."""

from __future__ import annotations

import json
import re
from pathlib import Path

import altair as alt
import pytest

from fourpillars.exhibits.snapshots import snapshot

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NEVER = re.compile(r"alt\.Chart|(?<![A-Za-z])(nan|NaN|NaT|None|inf|undefined|null)(?![A-Za-z])")


def cells(name: str) -> list[str]:
    found = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]
    return [source for source in code if source.startswith("fp.")]


@pytest.mark.parametrize(
    ("name", "edition", "lang"),
    [
        ("overview", "2023-11", "zh"),
        ("stability", "2026-08", "en"),
        ("expansion", "2023-11", "zh"),
        ("innovation", "2026-08", "en"),
        ("growth", "2023-11", "zh"),
        ("growth", "2026-08", "en"),
    ],
)
def test_every_cell_shows_one_sound_exhibit(name: str, edition: str, lang: str) -> None:
    import fourpillars.exhibits as fp

    known = {"fp": fp, "s": snapshot(edition, lang), "pillar": name}
    shown = [eval(source, known) for source in cells(name)]
    assert len({exhibit.id for exhibit in shown}) == len(shown)
    for exhibit in shown:
        words = [exhibit.title, exhibit.subtitle, exhibit.alt, exhibit.table_html or "", exhibit.markdown or ""]
        assert not NEVER.search(" ".join([*words, *exhibit.notes, *exhibit.data["shown"]])), exhibit.id
        if exhibit.kind == "chart":
            alt.Chart.from_dict(exhibit.vegalite, validate=True)
        if exhibit.kind != "text" and exhibit.id != "tbl-clauses":
            assert exhibit.source_line, exhibit.id
            assert len(exhibit.data), exhibit.id
