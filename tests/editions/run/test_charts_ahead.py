"""Charts compiled while their report still runs come out as they would have, and are compiled once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fourpillars.editions.run import charts_ahead
from fourpillars.editions.run.charts import compile_svg, spec_hash
from fourpillars.editions.run.executed import MIME
from fourpillars.editions.run.kept_charts import compile_charts


def exhibit(value: int) -> dict[str, Any]:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"a": value}]},
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    return {"id": f"fig-{value}", "kind": "chart", "vegalite": spec}


def cell(*exhibits: dict[str, Any]) -> SimpleNamespace:
    """A cell as a report's process has it, with outputs that are no exhibits as well."""
    shown = [{"output_type": "display_data", "data": {MIME: one}} for one in exhibits]
    return SimpleNamespace(outputs=[{"output_type": "stream", "text": "…"}, *shown])


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The hashes of the charts that were compiled, in order."""
    found: list[str] = []

    def compile_and_note(spec: dict[str, Any]) -> str:
        found.append(spec_hash(spec))
        return compile_svg(spec)

    monkeypatch.setattr(charts_ahead, "compile_svg", compile_and_note)
    yield found
    charts_ahead._compiled.clear()


def test_a_chart_is_compiled_as_it_comes_and_once(tmp_path: Path, compiled: list[str]) -> None:
    folder = tmp_path / "page.charts"
    exhibits = [exhibit(1), {"id": "txt-a", "kind": "text"}, exhibit(2)]
    hashes = [spec_hash(one["vegalite"]) for one in exhibits if one["kind"] == "chart"]
    with charts_ahead.folders([folder]):
        worker = threading.Thread(target=charts_ahead.compile_ahead, args=(folder, (), 60))
        worker.start()
        charts_ahead.hand_over(cell(exhibits[0], exhibits[1]), folder)
        end = time.monotonic() + 30
        while not compiled and time.monotonic() < end:
            time.sleep(0.01)
        assert compiled == hashes[:1]  # the report still runs
        charts_ahead.hand_over(cell(exhibits[2]), folder)
    worker.join(timeout=30)
    assert not worker.is_alive()
    assert compiled == hashes
    svgs = compile_charts(exhibits)
    assert compiled == hashes
    assert svgs == {one["id"]: compile_svg(one["vegalite"]) for one in exhibits if one["kind"] == "chart"}


def test_a_chart_that_is_kept_is_not_compiled(tmp_path: Path, compiled: list[str]) -> None:
    one = exhibit(1)
    with charts_ahead.folders([tmp_path / "a"]):
        charts_ahead.hand_over(cell(one), tmp_path / "a")
    charts_ahead.compile_ahead(tmp_path / "a", {spec_hash(one["vegalite"])}, 60)
    assert compiled == []


def test_a_chart_that_cannot_be_compiled_is_left_to_the_page(tmp_path: Path, compiled: list[str]) -> None:
    wrong = {"id": "fig-a", "kind": "chart", "vegalite": {"mark": "no such mark"}}
    with charts_ahead.folders([tmp_path / "a"]):
        charts_ahead.hand_over(cell(wrong, exhibit(1)), tmp_path / "a")
        (tmp_path / "a" / "half.json").write_text('{"mark"', encoding="utf-8")
    charts_ahead.compile_ahead(tmp_path / "a", (), 60)
    assert len(charts_ahead._compiled) == 1


@pytest.mark.parametrize("there", [True, False])
def test_a_worker_does_not_wait_for_ever(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "a"
    if there:
        folder.mkdir()
    start = time.monotonic()
    charts_ahead.compile_ahead(folder, (), 0.2)
    assert time.monotonic() - start < 30


def test_who_looks_is_told_of_the_end_also_where_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), charts_ahead.folders([tmp_path / "a"]):
        raise RuntimeError
    charts_ahead.compile_ahead(tmp_path / "a", (), 600)


def test_charts_for_a_folder_that_is_gone_are_not_missed(tmp_path: Path) -> None:
    charts_ahead.hand_over(cell(exhibit(1)), tmp_path / "gone")
    assert not (tmp_path / "gone").exists()
