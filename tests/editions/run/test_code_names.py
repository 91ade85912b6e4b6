"""Names of codes follow the catalogue, and are looked up once for a page."""

from __future__ import annotations

import pytest

from fourpillars.catalogue import names as catalogue
from fourpillars.editions.run.code_names import held, name_of


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Each time the catalogue's names are asked for."""
    asked: list[int] = []
    load = catalogue.load_names
    monkeypatch.setattr(catalogue, "load_names", lambda *given: asked.append(1) or load(*given))
    return asked


def test_a_page_looks_for_changes_once(looks: list[int]) -> None:
    with held():
        assert [name_of("activity", code, "en") for code in ("C31", "C39")][:1] == ["Iron and steel"]
    assert len(looks) == 1


def test_outside_a_page_each_name_is_up_to_date(looks: list[int]) -> None:
    assert name_of("activity", "C31", "zh") == name_of("activity", "C31", "zh") == "钢铁冶炼"
    assert len(looks) == 2


def test_a_period_needs_no_catalogue(looks: list[int]) -> None:
    assert name_of("time_period", "2026-08", "en") == "Aug 2026"
    assert name_of("time_period", "no period", "en") == "no period"
    assert looks == []
