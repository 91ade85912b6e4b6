"""The code a document is made by, read from sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fourpillars.editions.imports import ROOT, _imported, closure, code_of_notebook


def files(*modules: str, with_parents: bool = True) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in closure(modules, with_parents)}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import numpy", []),
        (
            "import fourpillars.exhibits as fp\nfp.nation.dashboard(s)",
            "fourpillars.exhibits.nation.dashboard",
        ),
        ("from fourpillars.scores import build", "fourpillars.scores.build"),
        ("def f():\n    from fourpillars.scores.rank import rank", "fourpillars.scores.rank.rank"),
        ("%matplotlib inline\nimport fourpillars.errors", "fourpillars.errors"),
    ],
)
def test_what_a_source_imports(source: str, found: str | list) -> None:
    assert (found in _imported(source)) if found else (_imported(source) == [])


def test_what_only_type_checkers_import_does_not_count() -> None:
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from fourpillars.scores import build"
    assert _imported(source) == []


def test_a_package_handed_on_counts_whole() -> None:
    assert "fourpillars.exhibits.*" in _imported("import fourpillars.exhibits as fp\ngetattr(fp, name)")


def test_imports_are_followed_and_packages_run_first() -> None:
    found = files("fourpillars.signals.targets")
    assert {"signals/targets.py", "signals/actuals.py", "signals/__init__.py", "__init__.py"} <= found
    assert not any(name.startswith("editions/") for name in found)


def test_functions_named_in_the_catalogue_are_found() -> None:
    assert {f"indicators/{pillar}.py" for pillar in ("stability", "expansion", "innovation", "growth")} <= files(
        "fourpillars.indicators.panel"
    )


def test_notebooks_of_other_exhibits_have_other_code(tmp_path: Path) -> None:
    def notebook(topic: str) -> Path:
        sources = ["import fourpillars.exhibits as fp", f"fp.{topic}.table(s)"]
        cells = [{"cell_type": "code", "source": [source], "metadata": {}} for source in sources]
        path = tmp_path / f"{topic}.ipynb"
        path.write_text(json.dumps({"cells": cells}))
        return path

    assert code_of_notebook(notebook("ranking")) != code_of_notebook(notebook("clauses"))
    assert code_of_notebook(notebook("ranking")) == code_of_notebook(notebook("ranking"))
