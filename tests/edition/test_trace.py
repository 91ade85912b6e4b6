"""Values drawn at random from all documents: each equals its observations by its formula, and is on its
page."""

from __future__ import annotations

import html
import random
from pathlib import Path

import pytest

from fourpillars.catalogue.project import find_project
from fourpillars.editions.manifest import Manifest
from fourpillars.editions.origins import Origins
from fourpillars.editions.shown import read_shown
from fourpillars.exhibits import snapshot

DRAWN, SEED = 200, 20260822


def all_values(edition: Path, manifest: Manifest) -> list[tuple[str, str, dict]]:
    """Return (page, exhibit, row) for every displayed value of the edition."""
    found = []
    for entry in (entry for entry in manifest.documents if entry.format == "html"):
        exhibits = read_shown(edition / "data" / entry.lang / f"{entry.slug}.json.gz")
        found += [(entry.path, exhibit["id"], row) for exhibit in exhibits for row in exhibit["data"]
                  if row["value"] is not None]  # fmt: skip
    return found


def test_values_drawn_at_random_follow_from_their_observations(edition: Path, manifest: Manifest) -> None:
    values = all_values(edition, manifest)
    drawn = random.Random(SEED).sample(values, DRAWN)
    origins = {lang: Origins(snapshot(manifest.edition, lang, find_project())) for lang in ("en", "zh")}
    problems = []
    for path, exhibit, row in drawn:
        explained = origins[path[:2]].explain(row)
        problems += [f"{path} {exhibit}: {row} has no origin"] * (not explained.formula)
        if explained.formula:
            assert explained.value == pytest.approx(row["value"], rel=1e-9, abs=1e-9)
        page = html.unescape((edition / path).read_text(encoding="utf-8")).replace("\\u003c", "<")
        problems += [f"{path} {exhibit}: {row['shown']!r} is not on the page"] * (row["shown"] not in page)
    assert problems == []
