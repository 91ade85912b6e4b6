"""The back-test of the industries' warnings, and what counts as a fall of profits."""

from __future__ import annotations

import pandas as pd

from fourpillars.exhibits import snapshot
from fourpillars.signals.backtest import leads
from fourpillars.signals.backtests import COUNTS, backtests, falling


def test_a_fall_is_three_known_months_below_zero():
    growth = pd.Series([-1.0, -2.0, 1.0, -1.0, -1.0, -1.0, -1.0])
    assert falling(growth).tolist() == [False] * 5 + [True, True]


def test_leads_are_months_ahead_at_most_the_horizon():
    fired = pd.Series([True, False, False, False, False, True, False])
    events = pd.Series([False, False, True, False, False, True, True])
    assert leads(fired, events, horizon=3) == [2, 0]
    assert leads(fired, events, horizon=1) == [0]


def test_counts_hold_together():
    s = snapshot("2026-08")
    found = backtests(s.panel, s.catalogue, s.edition).set_index("indicator")
    assert {"receivables_gap", "price_war"} <= set(found.index)
    assert (found["right"] + found["in_vain"] + found["undecided"] == found["warnings"]).all()
    assert (found["announced"] + found["missed"] == found["events"]).all()
    assert (found[COUNTS] >= 0).all(axis=None)
    assert found["lead"].dropna().between(0, 12).all()
    assert found.loc["receivables_gap", ["first", "last"]].tolist() == ["2021-02", "2023-11"]


def test_an_edition_tests_only_what_it_knew():
    s = snapshot("2023-11")
    found = backtests(s.panel, s.catalogue, s.edition)
    assert (found["last"] <= "2023-11").all()
