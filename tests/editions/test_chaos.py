"""Two kills of the two hundred that `bench/chaos.py` does."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from .conftest import write_project

BENCH = Path(__file__).resolve().parents[2] / "bench" / "chaos.py"


@pytest.fixture(scope="module")
def chaos() -> ModuleType:
    spec = importlib.util.spec_from_file_location("chaos", BENCH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["chaos"] = module
    spec.loader.exec_module(module)
    return module


def test_readers_see_a_complete_edition_whenever_a_publisher_is_killed(
    chaos: ModuleType, tmp_path: Path, first_site: Path
) -> None:
    place = chaos.Place(tmp_path, "en,zh", documents=12)
    place.temporary.mkdir()
    write_project(place.project)
    shutil.copytree(first_site, place.site, symlinks=True)
    assert not list(chaos.complete(place))
    for number, (seen, group) in enumerate([("loading", True), ("running", False)]):
        chaos.change(place, f"round {number}")
        run = chaos.publish(place)
        while run.poll() is None and chaos.stage(place) != seen:
            time.sleep(0.005)
        chaos.kill(run, group)
        assert not list(chaos.complete(place))
        assert chaos.wait_until_gone(place) <= chaos.PATIENCE
    assert not list(chaos.next_run(place))
