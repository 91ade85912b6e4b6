"""A tiny project: the real codelists, a handful of statistics, two notebooks of one chart and one table
each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from filelock import FileLock

if TYPE_CHECKING:
    from fourpillars.editions.outcome import Outcome

REAL = Path(__file__).resolve().parents[2]
INDICATORS = ("va_growth", "revenue_growth", "profit_margin", "rd_intensity")
TOPICS = ("value_added.csv", "enterprise_accounts.csv")
EDITION_YML = """
title: {en: Tiny, zh: 小型}
description: {en: Two reports., zh: 两份报告。}
required:
  - {measure: value_added_growth, activity: B-D, ref_area: CN, freq: M}
  - {measure: operating_revenue, activity: B-D, ref_area: CN, freq: M}
groups:
  - {id: nation, title: {en: The nation, zh: 全国}}
  - {id: industries, title: {en: Industries, zh: 行业}}
reports:
  - {slug: overview, notebook: tiny, group: nation, label: {en: Overview, zh: 总览}}
  - slug: "industry/{activity}"
    notebook: tiny_industry
    group: industries
    for_each: activity
    codes: [C31, C39]
    label: {en: "{name}", zh: "{name}"}
"""
EXHIBITS = """
import pandas as pd
from fourpillars.exhibits.exhibit import chart, table

data = pd.DataFrame({
    "indicator": ["growth", "growth"], "ref_area": ["CN", "CN"], "activity": ["B-D", "B-D"],
    "time_period": ["2026-07", "2026-08"], "value": [4.1, 5.2], "unit": ["pct", "pct"],
    "shown": ["4.1", "5.2"],
})
rows = [{"month": row.time_period, "growth": row.value} for row in data.itertuples()]
spec = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": 300, "height": 120,
    "data": {"values": rows}, "mark": "bar",
    "encoding": {
        "x": {"field": "month", "type": "ordinal"}, "y": {"field": "growth", "type": "quantitative"},
    },
}
"""
CHART = 'chart("fig-growth", vegalite=spec, title={title}, alt="It grew by 5.2%.", lang=lang, data=data)'
TABLE = (
    'table("tbl-growth", table_html="<table><thead><tr><th>Month</th><th>Growth</th></tr></thead>'
    '<tbody><tr><td>2026-08</td><td>5.2</td></tr></tbody></table>", title={title}, lang=lang, data=data)'
)


def notebook(title: dict[str, str], parameters: str, heading: dict[str, str], shown: str) -> dict:
    """Return a notebook of one chart and one table whose titles are `shown`, a Python expression."""

    def cell(kind: str, source: str, *tags: str) -> dict:
        own = {"outputs": [], "execution_count": None} if kind == "code" else {}
        return {
            "cell_type": kind,
            "metadata": {"tags": list(tags)} if tags else {},
            "source": source.splitlines(True),
            **own,
        }

    cells = [
        cell("code", parameters, "parameters"),
        cell("code", EXHIBITS),
        cell("markdown", f"## {heading['en']}\n\nSee [@fig-growth].", "en"),
        cell("markdown", f"## {heading['zh']}\n\n见[@fig-growth]。", "zh"),
        cell("code", CHART.format(title=shown)),
        cell("code", TABLE.format(title=shown)),
    ]
    for index, one in enumerate(cells):
        one["id"] = f"cell-{index}"
    metadata = {
        "fourpillars": {"title": title},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def write_notebooks(folder: Path) -> None:
    """Write the two notebooks of the tiny project."""
    folder.mkdir(exist_ok=True)
    heading = {"en": "Growth", "zh": "增长"}
    tiny = notebook(
        {"en": "The nation, {edition}", "zh": "全国，{edition}"},
        'edition: str = ""\nlang: str = "en"',
        heading,
        '"Output grew"',
    )
    industry = notebook(
        {"en": "{name}, {edition}", "zh": "{name}，{edition}"},
        'edition: str = ""\nlang: str = "en"\nactivity: str = "C31"',
        heading,
        'f"{activity} grew"',
    )
    (folder / "tiny.ipynb").write_text(json.dumps(tiny, ensure_ascii=False, indent=1))
    (folder / "tiny_industry.ipynb").write_text(json.dumps(industry, ensure_ascii=False, indent=1))


def national_rows(path: Path) -> str:
    """Return the rows of a topic on all industry from 2026-06 on."""
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.startswith("CN,B-D,,,") and row.split(",")[6] >= "2026-06"]
    return "\n".join([header, *kept]) + "\n"


def keep_indicators(path: Path) -> None:
    """Leave a few indicators in a catalogue: what all of them come to takes longer than the rest of a run."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    clauses = sorted({clause for one in content["indicators"] for clause in one["clause"]})
    content["indicators"] = [one for one in content["indicators"] if one["code"] in INDICATORS]
    content["indicators"][0]["clause"] = clauses  # every clause is to be named by one
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def write_project(root: Path) -> Path:
    """Write a tiny project: three reports, six pages, twelve documents."""
    shutil.copytree(REAL / "data", root / "data", ignore=shutil.ignore_patterns("observations"))
    keep_indicators(root / "data" / "catalogue" / "indicators.yml")
    observations = root / "data" / "observations"
    observations.mkdir()
    for name in TOPICS:
        (observations / name).write_text(national_rows(REAL / "data" / "observations" / name), encoding="utf-8")
    for name in ("sources.csv", "targets.csv"):
        shutil.copy(REAL / "data" / "observations" / name, observations / name)
    for name in ("brand", "templates", "theme"):
        shutil.copytree(REAL / "reports" / name, root / "reports" / name)
    shutil.copy(REAL / "reports" / "_quarto.yml", root / "reports")
    (root / "reports" / "edition.yml").write_text(EDITION_YML, encoding="utf-8")
    write_notebooks(root / "notebooks")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A tiny project's root, in a folder with a space in its name."""
    return write_project(tmp_path / "a project")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder of all test processes of a run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def first_site(shared: Path) -> Path:
    """The site of the tiny project after its first publication; to be copied, never changed."""
    root = shared / "first" / "a project"
    with FileLock(shared / "first.lock"):
        if not root.exists():
            making = write_project(shared / "making" / "first" / "a project")
            assert _publish(making).state == "published"
            making.parent.rename(root.parent)
    return root / "reports" / "site"


@pytest.fixture(scope="session")
def finished_change(shared: Path, first_site: Path) -> Path:
    """The tiny project, published, then changed; the pages of the change are finished, and not published."""
    root = shared / "changed" / "a project"
    with FileLock(shared / "changed.lock"):
        if not root.exists():
            making = write_project(shared / "making" / "changed" / "a project")
            site = shutil.copytree(first_site, making / "reports" / "site", symlinks=True)
            notebook = making / "notebooks/tiny.ipynb"
            text = notebook.read_text(encoding="utf-8")
            notebook.write_text(text.replace("Output grew", "Output grew fast"), encoding="utf-8")
            assert _publish(making).release == 2
            (site / "2026-08").unlink()
            (site / "2026-08").symlink_to("2026-08.1")
            shutil.rmtree(site / "2026-08.2")
            making.parent.rename(root.parent)
    return root


@pytest.fixture
def changed(finished_change: Path, tmp_path: Path) -> Path:
    """A copy of the tiny project, published, then changed; publishing the change renders nothing."""
    return Path(shutil.copytree(finished_change, tmp_path / "a project", symlinks=True))


def _publish(root: Path) -> Outcome:
    from fourpillars.cli.progress import Progress
    from fourpillars.editions.prepare import Request
    from fourpillars.editions.publish import publish

    return publish(Request(project=root, renderer="embedded"), Progress(quiet=True))


@pytest.fixture
def make_release() -> Callable[..., Path]:
    """A function that puts a release of one page and one PDF into a site, and points its edition to it."""
    from fourpillars.editions.manifest import Entry, Manifest, write_manifest
    from fourpillars.editions.release import point

    def make(out: Path, edition: str, number: int, text: str = "", title: str = "Overview") -> Path:
        folder = out / f"{edition}.{number}"
        paths = ("en/index.html", "en/overview.html", "en/overview.pdf")
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text or f"{edition}.{number} {path}", encoding="utf-8")
        entries = tuple(
            Entry(path, "overview", "en", path[-4:].strip("."), title, "overview.ipynb", {}, path) for path in paths[1:]
        )
        write_manifest(Manifest(edition, number, {"en": "Tiny", "zh": "小型"}, entries), folder)
        (folder / "run.json").write_text("{}")
        (out / "assets").mkdir(exist_ok=True)
        (out / "assets" / "site.0a1b2c3d.css").write_text("body {}")
        (out / "index.html").write_text(f"leads to {edition}")
        point(out, edition, number)
        return folder

    return make


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], None]:
    """A function that replaces a text in a file of the project; it must stand there."""

    def replace(file: str, old: str, new: str) -> None:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
