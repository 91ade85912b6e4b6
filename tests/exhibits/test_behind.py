"""What stands behind figures is the same whether it was computed for all units or for one."""

from __future__ import annotations

import math

import pytest

from fourpillars.exhibits.behind import bases_of, behind_latest, earlier_of
from fourpillars.exhibits.knowledge import Knowledge
from fourpillars.observations import load_observations


@pytest.fixture(scope="module")
def known() -> Knowledge:
    from fourpillars.catalogue import load_catalogue

    return Knowledge("2026-08", load_catalogue(), load_observations().until("2026-08"))


def test_the_growth_of_a_division_a_year_before(known: Knowledge) -> None:
    seen = known.observations.table
    here = (seen["ref_area"] == "CN") & (seen["activity"] == "C31") & (seen["measure"] == "value_added_growth")
    row = seen[here & (seen["basis"] == "ytd") & (seen["time_period"] == "2025-08")].iloc[0]
    assert earlier_of(known, "va_growth", "C31", "2026-08") == ("2025-08", row["obs_value"], row["source_id"])
    assert bases_of(known, "va_growth", "C31", "2026-08") == {"ytd"}


@pytest.mark.parametrize("kind", ["industry", "region", "nation"])
def test_what_is_computed_for_all_units_is_what_is_computed_for_one(known: Knowledge, kind: str) -> None:
    rows = known.frame[known.frame["observed_period"] != ""]
    regional, total = rows["ref_area"] != "CN", rows["activity"] == "B-D"
    rows = rows[{"industry": ~regional & ~total, "region": regional, "nation": ~regional & total}[kind]]
    units = rows["activity"] if kind == "industry" else rows["ref_area"]
    keys = [*zip(rows["indicator"], units, rows["observed_period"], strict=True)][::37]
    one_by_one = [(bases_of(known, *key), earlier_of(known, *key)) for key in keys]
    together = behind_latest(known, kind)
    assert len(together) == len(rows)
    for key, (bases, earlier) in zip(keys, one_by_one, strict=True):
        assert together[key][0] == bases
        assert together[key][1][::2] == earlier[::2]
        assert math.isclose(together[key][1].value, earlier.value) or earlier.value != earlier.value
