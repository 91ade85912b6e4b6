"""The back-test of the warnings of industries, provinces and the nation, and what counts as an event."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.exhibits import snapshot
from fourpillars.signals.backtest import leads
from fourpillars.signals.backtests import CAPACITY, COUNTS, UNIT, _numbered, _tested, backtests, falling


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    s = snapshot("2026-08")
    return backtests(s.panel, s.catalogue, s.edition)


def test_a_fall_is_three_known_months_below_zero():
    growth = pd.Series([-1.0, -2.0, 1.0, -1.0, -1.0, -1.0, -1.0])
    assert falling(growth).tolist() == [False] * 5 + [True, True]


def test_leads_are_months_ahead_at_most_the_horizon():
    fired = pd.Series([True, False, False, False, False, True, False])
    events = pd.Series([False, False, True, False, False, True, True])
    assert leads(fired, events, horizon=3) == [2, 0]
    assert leads(fired, events, horizon=1) == [0]


def test_a_quarter_s_level_holds_until_the_next_quarter_ends():
    months = pd.period_range("2026-01", "2026-08", freq="M")
    level = pd.DataFrame({"C31": ["watch", "warn"]}, index=pd.period_range("2026Q1", "2026Q2", freq="Q"))
    numbers = _numbered(level, pd.DataFrame(0.0, months, ["C31"]))["C31"].tolist()
    assert numbers == pytest.approx([np.nan, np.nan, 1, 1, 1, 2, 2, 2], nan_ok=True)


def test_counts_by_hand():
    """Synthetic: 30 months, one warning in month 10, and profits that fall from month 12 to 15.

    The third month below zero is month 14, four after the warning: right, and announced by 4. Of 30 months those
    from 8 to 15 were within 6 months of the event or in it; 24 to 29 are too young to say.
    """
    months = pd.period_range("2020-01", periods=30, freq="M")
    growth = pd.DataFrame({"C31": 1.0}, index=months)
    growth.iloc[12:16] = -1.0
    level = pd.DataFrame({"C31": 0.0}, index=months)
    level.iloc[10] = 2.0
    made = _tested(level, growth, horizon=6)
    assert (made["warnings"], made["right"], made["in_vain"], made["undecided"]) == (1, 1, 0, 0)
    assert (made["events"], made["announced"], made["lead"]) == (1, 1, 4.0)
    assert (made["followed"], made["decided"]) == (8, 24)


def test_counts_hold_together(found: pd.DataFrame):
    assert (found["right"] + found["in_vain"] + found["undecided"] == found["warnings"]).all()
    assert (found["announced"] + found["missed"] == found["events"]).all()
    assert (found[COUNTS] >= 0).all(axis=None)
    assert (found["followed"] <= found["decided"]).all()
    assert found["lead"].dropna().between(0, 6).all()


def test_every_kind_and_every_signal_the_policy_asks_for(found: pd.DataFrame):
    by_kind = found.groupby("kind")["indicator"].agg(set)
    assert {"receivables_gap", "price_war", "quarters_in_decline", CAPACITY, UNIT} <= by_kind["industry"]
    assert {"va_growth_month", "fai_growth", UNIT} <= by_kind["region"]
    assert {"pmi", "new_orders", "receivables_gap", "price_war", UNIT} <= by_kind["nation"]
    industry = found[found["kind"] == "industry"].set_index("indicator")
    assert industry.loc["receivables_gap", ["first", "last"]].tolist() == ["2021-02", "2023-11"]


def test_the_event_s_own_indicator_is_not_tested(found: pd.DataFrame):
    pairs = set(zip(found["kind"], found["indicator"], strict=True))
    assert not pairs & {("industry", "profit_growth"), ("nation", "profit_growth"), ("region", "va_growth")}


def test_an_edition_tests_only_what_it_knew():
    s = snapshot("2023-11")
    found = backtests(s.panel, s.catalogue, s.edition)
    assert (found["last"] <= "2023-11").all()
