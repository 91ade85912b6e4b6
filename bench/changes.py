"""After a change of each kind: is what was rebuilt what a clean build would change, and are the results equal?"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml
from edition import BIN, EDITION, SMALL
from measured import Cost, keep, run
from on_dask import hashes
from reruns import copied, pages, revise

import fourpillars

KINDS = {"growth": None, "stability": None, "industry": ["C31", "C39", "C26"], "region": ["440000", "320000"]}
"""The reports that stand for all, by notebook, with their codes."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        base = copied(Path(home) / "base")
        keep_reports(base / "reports/edition.yml")
        shutil.copytree(Path(fourpillars.__file__).parent, base / "src/fourpillars")
        publish(base)
        before = hashes(base / "reports/site")
        results = {"documents": len(before)}
        for name, change in (CHANGES if not SMALL else {"a notebook": CHANGES["a notebook"]}).items():
            print(f"changes: {name}", flush=True)
            results[name] = after(change, base, before, Path(home) / name)
    keep("8 changes", results)


def after(change: Callable[[Path], None], base: Path, before: dict[str, str], home: Path) -> dict[str, object]:
    """Make a change in two copies of a project; build one on, and the other whole."""
    on, whole = (Path(shutil.copytree(base, home / name, symlinks=True)) for name in ("on", "whole"))
    shutil.rmtree(whole / "reports/site/.cache")
    change(on)
    change(whole)
    cost = publish(on)
    publish(whole, "--force")
    found, expected = hashes(on / "reports/site"), hashes(whole / "reports/site")
    changed = sum(expected[name] != before[name] for name in expected)
    built = pages(on)
    return cost.told() | {
        "documents_a_clean_build_changes": changed,
        "documents_rebuilt": built.get("documents rendered", 0),
        "pages_run": built.get("run", 0),
        "equal_hash_by_hash": found == expected,
    }


def publish(project: Path, *how: str) -> Cost:
    command = [str(BIN / "fourpillars"), "publish", "--project", str(project), "--renderer", "embedded"]
    environment = {"PYTHONPATH": str(project / "src"), "SOURCE_DATE_EPOCH": "1790000000"}
    return run([*command, "--edition", EDITION, "--lang", "en", "--quiet", *how], environment)


def keep_reports(edition: Path) -> None:
    config = yaml.safe_load(edition.read_text(encoding="utf-8"))
    config["reports"] = [
        report | ({"codes": KINDS[report["notebook"]]} if KINDS[report["notebook"]] else {})
        for report in config["reports"]
        if report["notebook"] in KINDS
    ]
    edition.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def edited(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return the change of one text of a file."""

    def edit(project: Path) -> None:
        text = (project / path).read_text(encoding="utf-8")
        if old not in text:
            raise RuntimeError(f"{path} does not hold {old!r}")
        (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def another_sentence(project: Path) -> None:
    """Add a sentence to the notebook of the provinces."""
    path = project / "notebooks/region.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if "en" in cell["metadata"].get("tags", []))
    cell["source"] = [*cell["source"], "\n\nOne more sentence."]
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


CHANGES = {
    "an observation": revise,
    "a notebook": another_sentence,
    "an exhibit": edited("src/fourpillars/exhibits/cycle.py", "LAST_POINTS = 3", "LAST_POINTS = 2"),
    "the brand": edited("reports/brand/_brand.yml", "#a3123f", "#a31240"),
}

if __name__ == "__main__":
    main()
