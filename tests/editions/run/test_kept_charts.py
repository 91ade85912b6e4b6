"""Charts kept from an earlier run: compiled again only where they, or what compiles them, have changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fourpillars.editions.run import charts_ahead
from fourpillars.editions.run.charts import compile_svg
from fourpillars.editions.run.kept_charts import KeptCharts, compile_charts


def chart(name: str, value: float) -> dict[str, Any]:
    """Return an exhibit with a made-up chart of one point."""
    axis = {"field": "a", "type": "quantitative"}
    return {
        "id": name,
        "kind": "chart",
        "vegalite": {"data": {"values": [{"a": value}]}, "mark": "point", "encoding": {"x": axis}},
    }


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return what is really compiled."""
    done: list[dict[str, Any]] = []

    def compile_one(vegalite: dict[str, Any]) -> str:
        done.append(vegalite)
        return compile_svg(vegalite)

    monkeypatch.setattr(charts_ahead, "compile_svg", compile_one)
    return done


def test_only_the_chart_that_changed_is_compiled(compiled: list[dict[str, Any]], tmp_path: Path) -> None:
    kept = KeptCharts(tmp_path / "charts" / "page", "this code")
    page = [chart("fig-a", 1), {"id": "tbl-a", "kind": "table"}, chart("fig-b", 2), chart("fig-c", 1)]
    first = compile_charts(page, kept)
    assert list(first) == ["fig-a", "fig-b", "fig-c"]
    assert len(compiled) == 2  # two of the three are the same chart
    assert first == compile_charts(page)
    compiled.clear()
    changed = [*page[:2], chart("fig-b", 3)]
    second = compile_charts(changed, kept)
    assert compiled == [changed[2]["vegalite"]]
    assert second == compile_charts(changed)


@pytest.mark.parametrize("told", [{"compiled_by": "other code"}, {"again": True}])
def test_other_code_and_force_compile_all(compiled: list[dict[str, Any]], tmp_path: Path, told: dict[str, Any]) -> None:
    page = [chart("fig-a", 1)]
    compile_charts(page, KeptCharts(tmp_path / "page", "this code"))
    compile_charts(page, KeptCharts(tmp_path / "page", **{"compiled_by": "this code"} | told))
    assert len(compiled) == 2


def test_a_damaged_file_is_compiled_anew(compiled: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "page"
    for damage in (b"", b"no zlib", b"x\x9c\x03\x00\x00\x00\x00\x01"):
        path.write_bytes(damage)
        compile_charts([chart("fig-a", 1)], KeptCharts(path, "this code"))
    assert len(compiled) == 3
