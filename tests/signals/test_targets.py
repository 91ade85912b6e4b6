from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from fourpillars.signals import track_targets

KEYS = pd.DataFrame(
    [("steel", "C31", "primary"), ("machinery", "C34", "primary"), ("machinery", "C35", "primary"),
     ("electronics", "C39", "primary"), ("electronics", "C38", "partial")],
    columns=["key_industry", "activity", "coverage"],
)  # fmt: skip
BLANK = {
    "ref_area": "CN",
    "ownership": "",
    "item": "",
    "freq": "M",
    "basis": "ytd",
    "unit": "pct_yoy",
    "activity": "C31",
}
NONE = float("nan")


class Observations:
    """Stands in for the store: rows as (measure, activity, period, value) or dictionaries."""

    def __init__(self, rows: list, targets: list[dict]) -> None:
        plain = {"measure": "", "scope_kind": "key_industry", "scope": "steel", "item": "", "operator":
        "about",
                 "target_value": 4.0, "unit": "pct_yoy", "period_start": "2025", "period_end": "2026",
                 "rate_basis": "average_annual", "note": ""}  # fmt: skip
        full = [row if isinstance(row, dict) else dict(zip(("measure", "activity", "time_period",
        "obs_value"), row,
                                                           strict=True)) for row in rows]  # fmt: skip
        self.frame = pd.DataFrame([BLANK | row for row in full])
        self.targets = pd.DataFrame([plain | {"target_id": f"T{n}"} | target for n, target in enumerate(targets)])

    def until(self, edition: str) -> Observations:
        ends = self.frame["time_period"].map({"2026-Q2": "2026-06"}).fillna(self.frame["time_period"])
        seen = self.frame[ends <= edition]
        return SimpleNamespace(of_measures=lambda measures: seen[seen["measure"].isin(measures)])


def one(rows: list, edition: str, **target) -> pd.Series:
    catalogue = SimpleNamespace(key_industries=KEYS)
    return track_targets(Observations(rows, [{"measure": "value_added_growth", **target}]), catalogue, edition).iloc[0]


STEEL = [("value_added_growth", "C31", "2025-08", 6.1), ("value_added_growth", "C31", "2025-12", 4.5),
         ("value_added_growth", "C31", "2026-08", 1.7)]  # fmt: skip


def test_an_average_annual_rate_over_two_years():
    row = one(STEEL, "2026-08")
    # √(1.045 · 1.017) = 1.030905; the second year needs 1.04² / 1.045 = 1.035024
    assert row["actual"] == pytest.approx(3.0905, abs=1e-4)
    assert row["pace_needed"] == pytest.approx((12 * 3.50239 - 8 * 1.7) / 4, abs=1e-3)
    assert (row["state"], row["actual_period"], row["rows"], row["final"]) == (
        "behind",
        "2026-08",
        (1, 2),
        False,
    )


def test_in_the_first_year_and_when_all_is_over():
    assert one(STEEL, "2025-08")[["actual", "state"]].tolist() == [6.1, "on_track"]
    done = one([*STEEL, ("value_added_growth", "C31", "2026-12", 3.6)], "2026-12")
    # √(1.045 · 1.036) = 1.0405
    assert (done["state"], done["final"]) == ("met", True)


def test_before_the_period_begins():
    assert one(STEEL, "2024-12")[["state", "reason"]].tolist() == ["not_computable", "not_started"]


def test_value_added_of_several_divisions_needs_weights_that_nobody_publishes():
    rows = [("value_added_growth", code, "2026-08", 5.0) for code in ("C34", "C35")]
    row = one(rows, "2026-08", scope="machinery", period_start="2026", rate_basis="level")
    assert row[["state", "reason"]].tolist() == ["not_computable", "several_divisions"]


def revenue(code: str, period: str, level: float, growth: float) -> list:
    return [{"measure": "operating_revenue", "activity": code, "time_period": period, "obs_value": level,
    "unit": "cny_100m"},
            ("operating_revenue_growth", code, period, growth)]  # fmt: skip


def test_revenue_of_several_divisions_grows_on_the_comparable_base():
    # Bases 110/1.1 = 100 and 120/1.2 = 100: 230 over 200 is 15 %, whatever last year's published levels were.
    rows = [
        *revenue("C34", "2025-12", 110, 10),
        *revenue("C35", "2025-12", 120, 20),
        *revenue("C34", "2024-12", 150, 1),
    ]
    row = one(rows, "2025-12", scope="machinery", measure="operating_revenue_growth", period_end="2025")
    assert row["actual"] == pytest.approx(15)
    assert row["rows"] == (0, 2, 1, 3)


def test_a_division_missing_leaves_nothing_to_add_up():
    row = one(revenue("C34", "2025-12", 110, 10), "2025-12", scope="machinery",
    measure="operating_revenue_growth",
              period_end="2025")  # fmt: skip
    assert row[["state", "reason"]].tolist() == ["not_computable", "no_data"]


def test_a_level_within_its_year_is_held_against_the_part_that_has_passed():
    rows = [*revenue("C34", "2026-08", 60, 5), *revenue("C35", "2026-08", 10, 5)]
    target = {"scope": "machinery", "measure": "operating_revenue", "unit": "cny_100m", "operator": "above",
              "rate_basis": "level", "period_start": "2026"}  # fmt: skip
    on_track = one(rows, "2026-08", target_value=100.0, **target)
    # 70 in 8 months is 105 a year; 30 are left for 4 months
    assert on_track[["actual", "distance", "pace_needed", "state"]].tolist() == [70.0, -30.0, 7.5, "on_track"]
    assert one(rows, "2026-08", target_value=106.0, **target)["state"] == "behind"


def test_key_industries_that_take_in_parts_of_other_divisions():
    rows = revenue("C39", "2024-12", 160, 7)
    target = {"scope": "electronics", "period_start": "2024", "period_end": "2024", "rate_basis": "level"}
    level = one(rows, "2024-12", measure="operating_revenue", unit="cny_100m", target_value=240.0, **target)
    assert level[["state", "reason"]].tolist() == ["not_computable", "coverage_differs"]
    growth = one(rows, "2024-12", measure="operating_revenue_growth", target_value=5.0, **target)
    assert growth[["state", "reason", "actual"]].tolist() == ["met", "partial_coverage", 7.0]


def test_a_figure_of_long_ago_does_not_judge_the_year():
    rows = [("value_added_growth", "C31", "2025-02", 9.9)]
    for edition in ("2025-10", "2026-08"):
        row = one(rows, edition, period_end="2025", rate_basis="level")
        assert row[["state", "reason"]].tolist() == ["not_computable", "series_ended"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ({"operator": NONE, "target_value": NONE, "note": "steady"}, "no_number"),
        ({"note": "context, not a target: a survey"}, "context"),
        ({"note": "rule in force"}, "context"),
        ({"period_start": NONE, "period_end": NONE}, "no_period"),
        ({"measure": "market_share"}, "no_data"),
    ],
)
def test_what_cannot_be_tracked_says_why(target: dict, reason: str):
    assert one(STEEL, "2026-08", **target)[["state", "reason"]].tolist() == ["not_computable", reason]


@pytest.mark.parametrize(
    ("operator", "goal", "state"),
    [("about", 5.0, "met"), ("about", 5.1, "behind"), ("at_least", 4.5, "met"), ("above", 4.5, "behind"),
     ("equals", 4.0, "met"), ("at_most", 4.0, "behind")],
)  # fmt: skip
def test_operators(operator: str, goal: float, state: str):
    # The year 2025 grew by 4.5 %
    row = one(STEEL, "2025-12", operator=operator, target_value=goal, period_end="2025", rate_basis="level")
    assert row["state"] == state


def test_provinces_nation_and_products():
    rows = [
        {"measure": "gdp_growth", "activity": "_T", "ref_area": "320000", "freq": "Q", "time_period":
        "2026-Q2",
         "obs_value": 5.2},
        {"measure": "output", "activity": "B-D", "item": "solar_cells", "unit": "10k_kW", "time_period":
        "2026-06",
         "obs_value": 60.0},
    ]  # fmt: skip
    common = {"rate_basis": "level", "period_start": "2026", "period_end": "2026"}
    province = one(
        rows,
        "2026-08",
        scope_kind="ref_area",
        scope="320000",
        measure="gdp_growth",
        target_value=5.0,
        **common,
    )
    assert province[["state", "actual", "pace_needed"]].tolist() == pytest.approx(["on_track", 5.2, 4.8])
    product = one(rows, "2026-08", scope_kind="product", scope="solar_cells", measure="output", unit="10k_kW",
                  target_value=100.0, **common)  # fmt: skip
    assert product[["state", "actual_period"]].tolist() == ["on_track", "2026-06"]
