from __future__ import annotations

from pathlib import Path

import pytest

from fourpillars.catalogue import load_catalogue
from fourpillars.catalogue.indicator import Indicator
from fourpillars.catalogue.indicator_file import CatalogueError, read_indicators

TEXT = {"en": "Revenue growth", "zh": "营业收入增速"}
ENTRY = {
    "code": "revenue_growth", "pillar": "expansion", "clause": ["E1"], "name": TEXT, "short": TEXT,
    "definition": TEXT, "formula": TEXT, "kinds": ["industry", "region"], "method": "series",
    "unit": "pct_yoy", "polarity": 1, "frequency": "M", "weight": 0,
    "series": {"measure": "operating_revenue_growth", "basis": "ytd", "freq": "M"},
}  # fmt: skip


@pytest.mark.parametrize(("frequency", "months"), [("M", 3), ("Q", 6), ("A", 36)])
def test_staleness_follows_the_frequency(frequency: str, months: int):
    assert Indicator.model_validate(ENTRY | {"frequency": frequency}).staleness == months


def test_a_kind_overrides_what_it_names_and_keeps_the_rest():
    other = {
        "region": {
            "series": {"measure": "retail_sales_growth", "basis": "year", "freq": "A"},
            "staleness": 12,
        }
    }
    indicator = Indicator.model_validate(ENTRY | {"by_kind": other})
    assert indicator.of("region").series.measure == "retail_sales_growth"
    assert (indicator.of("region").staleness, indicator.of("industry").staleness) == (12, 3)
    assert indicator.of("region").name == indicator.name


def test_a_kind_with_its_own_frequency_has_its_default_staleness():
    other = {"region": {"series": {"measure": "gdp", "basis": "year", "freq": "A"}, "frequency": "A"}}
    assert Indicator.model_validate(ENTRY | {"by_kind": other}).of("region").staleness == 36


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"polarity": 2}, "polarity"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
        ({"name": {"en": "Revenue growth"}}, "name.zh"),
        ({"short": {"en": "x" * 29, "zh": "增速"}}, "short.en"),
        ({"method": "ratio"}, "method ratio for industry needs its 'ratio' entry"),
        ({"weight": 1}, "a weight for industry needs goalposts for industry"),
        ({"polarity": 0, "weight": 1, "kinds": ["industry"], "goalposts": {"industry": [0, 1]},
          "goalpost_source": TEXT}, "without polarity must have weight 0"),
        ({"goalposts": {"industry": [5, 1]}, "goalpost_source": TEXT}, "low first; found [5.0, 1.0]"),
        ({"goalposts": {"industry": [1, 5]}}, "goalposts need a goalpost_source"),
        ({"by_kind": {"nation": {"weight": 0}}}, "which kinds does not"),
        ({"function": "expansion.__import__('os')"}, "function"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused(tmp_path: Path, change: dict, problem: str):
    with pytest.raises(CatalogueError) as refused:
        read_indicators(written(tmp_path, ENTRY | change))
    assert problem in str(refused.value)
    assert "revenue_growth" in str(refused.value)


def test_all_problems_are_said_at_once(tmp_path: Path):
    with pytest.raises(CatalogueError) as refused:
        read_indicators(written(tmp_path, ENTRY | {"polarity": 7, "frequency": "W"}, ENTRY, ENTRY))
    assert len(refused.value.problems) == 3  # two fields, and the code used twice


@pytest.mark.parametrize("text", ["just words", "indicators: [", b"\xff\xfe\x00".decode("latin-1")])
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "indicators.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"indicators\.yml has 1 problem"):
        read_indicators(path)


def test_the_catalogue_is_written_in_both_languages_with_known_units():
    catalogue = load_catalogue()
    assert [pillar.code for pillar in catalogue.pillars] == ["stability", "expansion", "innovation", "growth"]
    for code, entry in catalogue.indicators.items():
        assert entry.unit in catalogue.units.index, code
        assert entry.definition.en.endswith("."), code
        assert entry.definition.zh.endswith("。"), code
        assert not set(entry.name.zh) & set("abcdefghijklmnopqrstuvwxyz"), code


def written(folder: Path, *entries: dict) -> Path:
    import yaml

    path = folder / "indicators.yml"
    path.write_text(yaml.safe_dump({"pillars": [], "indicators": list(entries)}), encoding="utf-8")
    return path
