"""Every figure an exhibit shows can be made again from the observations."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from fourpillars.editions.derived_distances import distances
from fourpillars.editions.derived_targets import of_target
from fourpillars.editions.origins import Origins
from fourpillars.exhibits import alerts, headline, peers, position, targets
from fourpillars.exhibits.snapshots import snapshot
from fourpillars.indicators.expression import Call, Const, Obs, evaluate

EDITION = "2026-08"


@pytest.fixture(scope="module")
def origins() -> Origins:
    return Origins(snapshot(EDITION))


def unexplained(origins: Origins, data: pd.DataFrame) -> list[dict]:
    known = data.dropna(subset=["value"]).to_dict("records")
    return [row for row in known if not origins.explain(row).formula]


EXHIBITS = {
    "headline of the nation": lambda s: headline.nation(s),
    "headline of a pillar": lambda s: headline.pillar(s, "growth"),
    "warnings of an industry": lambda s: alerts.entity(s, "C31"),
    "position of an industry": lambda s: position.position(s, "C31"),
    "spine of an industry": lambda s: position.spine(s, "C26"),
    "spine of a province": lambda s: position.spine(s, "440000"),
    "targets of an industry": lambda s: targets.entity(s, "C32"),
    "peers of an industry": lambda s: peers.table(s, "C31"),
    "peers of a province": lambda s: peers.table(s, "320000"),
}


@pytest.mark.parametrize("name", EXHIBITS)
def test_nothing_shown_is_without_an_origin(origins: Origins, name: str) -> None:
    shown = EXHIBITS[name](snapshot(EDITION))
    assert shown.data["value"].notna().any()
    assert unexplained(origins, shown.data) == []


def test_a_wrong_figure_has_no_origin(origins: Origins) -> None:
    row = position.position(snapshot(EDITION), "C31").data.dropna(subset=["value"]).iloc[0].to_dict()
    assert origins.explain(row).formula
    assert origins.explain(row | {"value": row["value"] + 1.5}).formula == ""


def test_a_rank_names_the_figures_it_compares(origins: Origins) -> None:
    """The highest of 41 rates is first, and its formula reads one observation for each."""
    s = snapshot("2026-08")
    rows = s.frame.query("indicator == 'revenue_growth' and ref_area == 'CN' and activity != 'B-D'")
    best = rows.loc[rows["value"].idxmax()]
    shown = {"indicator": "rank:revenue_growth", "ref_area": "CN", "activity": best["activity"],
             "time_period": best["observed_period"], "value": 1.0, "unit": ""}  # fmt: skip
    explained = origins.explain(shown)
    assert explained.formula.startswith("rank(round(o1, 1), round(o2, 1)")
    assert len(explained.rows) == len(rows) == 41
    assert origins.explain(shown | {"value": 2.0}).formula == ""


def test_a_count_says_what_it_counts(origins: Origins) -> None:
    s = snapshot(EDITION)
    number = float((s.warnings["level"] == "warn").sum())
    row = {"indicator": "count:warn", "ref_area": "CN", "activity": "B-D", "time_period": EDITION,
           "value": number, "unit": "count"}  # fmt: skip
    assert origins.explain(row).formula == "number of indicators and units at level warn"
    assert origins.explain(row | {"value": -1.0}).formula == ""
    chosen = s.warnings[(s.warnings["level"] == "warn") & s.warnings["activity"].isin(["C31", "C39"])]
    two = row | {"indicator": "count:warn:C31+C39", "value": float(len(chosen))}
    assert origins.explain(two).formula == "number of indicators of C31, C39 at level warn"


def test_a_median_is_of_the_units_of_the_same_period(origins: Origins) -> None:
    s = snapshot(EDITION)
    rows = s.frame.query("indicator == 'profit_margin' and ref_area == 'CN' and activity != 'B-D'")
    row = {"indicator": "median:profit_margin", "ref_area": "CN", "activity": "B-D", "unit": "pct",
           "time_period": "2026-08", "value": sorted(rows["value"])[20]}  # fmt: skip
    assert origins.explain(row).formula.startswith("median(100 × o1 / o2, ")


class Targets:
    """As much of a snapshot as targets need."""

    def __init__(self, row: dict, periods: dict[int, str]) -> None:
        self.targets = pd.DataFrame([{"target_id": "T1", "target_value": 4.0, "measure": "value_added_growth"} | row])
        self.observations = self
        self.frame = pd.DataFrame({"time_period": pd.Series(periods)})


def made(figure: str, row: dict, periods: dict[int, str], values: dict[int, float]) -> list[float]:
    return [evaluate(expr, values) for expr in of_target(Targets(row, periods), figure, "T1")]


def test_a_yearly_target_needs_a_pace_for_the_rest() -> None:
    """4 % for the year, 1 % in eight months: (12 × 4 − 8 × 1) / 4 = 10 %."""
    row = {"rate_basis": "", "period_start": 2026, "period_end": 2026, "rows": (7,)}
    told = {figure: made(figure, row, {7: "2026-08"}, {7: 1.0}) for figure in ("target", "actual", "distance")}
    assert told == {"target": [4.0], "actual": [1.0], "distance": [-3.0]}
    assert made("pace", row, {7: "2026-08"}, {7: 1.0})[0] == 10.0


def test_an_average_over_years_is_geometric() -> None:
    """10 % and 21 % make 1.1 × 1.21 = 1.331 over two years; three years at 10 % need 10 % more."""
    row = {
        "rate_basis": "average_annual",
        "period_start": 2024,
        "period_end": 2026,
        "rows": (1, 2),
        "target_value": 10.0,
    }
    values, periods = {1: 10.0, 2: 10.0}, {1: "2024", 2: "2025"}
    assert made("actual", row, periods, values) == pytest.approx([10.0])
    assert made("pace", row, periods, values) == pytest.approx([10.0])


def test_several_divisions_grow_on_the_comparable_base() -> None:
    """110 and 120 after growth of 10 % and 20 % stand on 100 + 100: 15 %."""
    row = {"rate_basis": "", "period_start": 2026, "period_end": 2026, "measure": "operating_revenue_growth",
           "rows": (1, 2, 3, 4)}  # fmt: skip
    periods = dict.fromkeys((1, 2, 3, 4), "2026-08")
    values = {1: 110.0, 2: 120.0, 3: 10.0, 4: 20.0}
    assert made("actual", row, periods, values) == pytest.approx([15.0])


def test_a_distance_belongs_to_the_pair_that_has_it() -> None:
    s = snapshot(EDITION)
    row = peers.table(s, "C31").data.query("indicator == 'distance:structure'").iloc[0]
    values = s.observations.frame["obs_value"].to_dict()
    lineage = Origins(s)._lineage
    found = [evaluate(expr, values) for expr in distances(s, lineage, "industry", row["activity"])]
    assert min(abs(value - row["value"]) for value in found) < 1e-9


@pytest.mark.parametrize(
    ("call", "value"),
    [
        (Call("rank", (Obs(0), Obs(1), Obs(2))), 2.0),  # 5 of (5, 7, 5): one is larger, a tie is not
        (Call("rank_least_first", (Obs(0), Obs(1), Obs(2))), 1.0),
        (Call("round", (Const(-2.25), Const(1.0))), -2.3),  # halves away from zero
        (Call("power", (Const(1.21), Const(0.5))), 1.1),
        (Call("sd_of_all", (Const(1.0), Const(3.0))), 1.0),
        (Call("log", (Const(1.0),)), 0.0),
    ],
)
def test_operations(call: Call, value: float) -> None:
    assert evaluate(call, {0: 5.0, 1: 7.0, 2: 5.0}) == pytest.approx(value)


def test_an_older_edition_is_explained_too() -> None:
    s = snapshot("2023-11")
    older = Origins(s)
    drawn = random.Random(2).sample(range(len(s.frame)), 200)
    rows = s.frame.iloc[drawn].rename(columns={"period": "edition", "observed_period": "time_period"})
    assert unexplained(older, rows) == []
