"""What is planned, and why, by hand-made manifests."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fourpillars.editions.config import Text
from fourpillars.editions.manifest import Entry, Manifest
from fourpillars.editions.plan import Plan, Shape, make_plan
from fourpillars.editions.reports import Report

SHARED = {"code": "c1", "statistics": "s1", "contents": "t1"}
BOTH = Shape(("en", "zh"), ("html", "pdf"))


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Report, ...]:
    notebook = tmp_path / "a.ipynb"
    notebook.write_text(json.dumps({"cells": [], "metadata": {}}))
    words = Text(en="A", zh="甲")
    return tuple(Report(slug, notebook, "nation", words, words, words, {}) for slug in ("one", "two"))


def plan(reports: tuple[Report, ...], folder: Path, published: Manifest | None = None, **changes: object) -> Plan:
    asked = {"chosen": reports, "asked": BOTH, "inputs": SHARED} | changes
    return make_plan(edition="2026-08", reports=reports, published=published, folder=folder, **asked)


def release_of(made: Plan, folder: Path) -> Manifest:
    """Return the manifest, and write the files, of a release made by a plan."""
    entries = []
    for item in made.pages:
        for format, path in zip(item.formats, item.paths, strict=True):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text("x")
            page = item.page
            entry = Entry(path, page.report.slug, page.lang, format, "A", "a.ipynb", {}, path, inputs=item.inputs)
            entries.append(entry)
    return Manifest("2026-08", 1, {}, tuple(entries))


def reasons(made: Plan) -> dict[str, tuple[str, ...]]:
    return {item.page.key: item.reasons for item in made.pages}


def test_a_first_edition_is_all_new(reports, tmp_path: Path) -> None:
    made = plan(reports, tmp_path)
    assert reasons(made) == dict.fromkeys(("en/one", "zh/one", "en/two", "zh/two"), ("new",))
    assert not made.preview


def test_nothing_changed_nothing_to_build(reports, tmp_path: Path) -> None:
    published = release_of(plan(reports, tmp_path), tmp_path)
    made = plan(reports, tmp_path, published)
    assert made.to_build == ()
    assert len(made.kept) == 8


def test_each_reason_is_named(reports, tmp_path: Path) -> None:
    published = release_of(plan(reports, tmp_path), tmp_path)
    (tmp_path / "en/one.pdf").unlink()
    failed = replace(published.by_id()["zh/two.html"], status="missing")
    published = replace(published, documents=tuple(failed if e.id == failed.id else e for e in published.documents))
    made = plan(reports, tmp_path, published)
    assert reasons(made) == {
        "en/one": ("file missing",),
        "zh/one": (),
        "en/two": (),
        "zh/two": ("failed before",),
    }
    made = plan(reports, tmp_path, published, inputs=SHARED | {"statistics": "s2", "code": "c2"})
    assert reasons(made)["zh/one"] == ("code", "statistics")


def test_only_completes_a_release_that_is_up_to_date(reports, tmp_path: Path) -> None:
    published = release_of(plan(reports, tmp_path), tmp_path)
    (tmp_path / "en/one.html").unlink()
    made = plan(reports, tmp_path, published, chosen=reports[:1])
    assert not made.preview
    assert [item.page.key for item in made.to_build] == ["en/one"]
    assert len(made.kept) == 6


def test_only_makes_a_preview_beside_a_release_that_is_out_of_date(reports, tmp_path: Path) -> None:
    published = release_of(plan(reports, tmp_path), tmp_path)
    made = plan(reports, tmp_path, published, chosen=reports[:1], inputs=SHARED | {"statistics": "s2"})
    assert made.because == "the other documents of the published release are out of date (statistics)"
    assert [report.slug for report in made.reports] == ["one"]  # a preview leads to nothing it does not hold
    assert made.kept == ()


def test_only_without_a_release_is_a_preview(reports, tmp_path: Path) -> None:
    made = plan(reports, tmp_path, chosen=reports[:1], asked=Shape(("zh",), ("html",)))
    assert made.because == "no release of this edition is published yet"
    assert [item.paths for item in made.pages] == [("zh/one.html",)]


def test_a_language_once_published_stays(reports, tmp_path: Path) -> None:
    published = release_of(plan(reports, tmp_path), tmp_path)
    made = plan(reports, tmp_path, published, asked=Shape(("en",), ("html",)), inputs=SHARED | {"code": "c2"})
    assert not made.preview
    assert sorted(reasons(made)) == ["en/one", "en/two", "zh/one", "zh/two"]
    assert made.pages[0].formats == ("html", "pdf")


def test_a_report_no_longer_named_leaves(reports, tmp_path: Path) -> None:
    published = release_of(plan(reports, tmp_path), tmp_path)
    made = plan(reports[:1], tmp_path, published)
    assert not made.preview
    assert {entry.slug for entry in made.kept} == {"one"}


def test_what_is_rendered_together_is_built_together(reports, tmp_path: Path) -> None:
    published = release_of(plan(reports, tmp_path), tmp_path)
    (tmp_path / "en/one.html").unlink()
    made = plan(reports, tmp_path, published, together=True)
    assert reasons(made)["en/one"] == ("file missing",)
    assert reasons(made)["zh/two"] == ("rendered with the others",)
