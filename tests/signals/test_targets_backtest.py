from __future__ import annotations

import pytest

from fourpillars.exhibits import snapshot
from fourpillars.signals import targets_backtest


@pytest.fixture(scope="module")
def found():
    s = snapshot("2026-08")
    return targets_backtest(s.observations, s.catalogue, s.edition).set_index("target_id")


def test_steel_2024_was_told_right_from_july(found):
    """Above 4 % was asked. Growth to June was 4.5 % or more each month, to July 3.9 %, and 4.0 % in the end: missed."""
    steel = found.loc["T028"]
    assert (steel["outcome"], steel["first"], steel["last"], steel["settled"]) == (
        "missed", "2024-02", "2024-11", "2024-07",
    )  # fmt: skip
    assert (steel["judged"], steel["right"]) == (10, 5)


def test_no_month_beyond_the_target_s_years_is_judged(found):
    assert (found["last"].str[5:] <= "11").all()
    assert (found["right"] <= found["judged"]).all()


def test_a_target_not_yet_over_is_not_tested():
    s = snapshot("2024-06")
    found = targets_backtest(s.observations, s.catalogue, s.edition)
    assert "T028" not in set(found["target_id"])
