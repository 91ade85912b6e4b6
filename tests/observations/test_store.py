"""The store: what an edition sees, and measures as periods by units."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.observations import load_observations

MONTH = {"freq": "M", "basis": "month"}


@pytest.fixture
def observations(project, write):
    write(
        "CN,C,,,value_added_growth,M,2026-04,month,pct_yoy,1.5,A,S1",
        "CN,B-D,,,value_added_growth,M,2026-07,month,pct_yoy,2.5,A,S1",
        "CN,C31,,,value_added_growth,M,2026-07,month,pct_yoy,-3.5,A,S1",
        "CN,B-D,SOE,,value_added_growth,M,2026-07,month,pct_yoy,9,A,S1",
        "CN,B-D,,,value_added_growth,M,2026-07,ytd,pct_yoy,8,A,S1",
        "440000,B-D,,,value_added_growth,M,2026-06,month,pct_yoy,4.5,A,S2",
        "110000,B-D,,,value_added_growth,M,2026-06,month,pct_yoy,5.5,A,S2",
        "MR_E,B-D,,,value_added_growth,M,2026-06,month,pct_yoy,6.5,A,S2",
        "CN,B-D,,,ppi,M,2023-12,month,index_prev_year_month_100,97.3,A,S1",
        "CN,B-D,,,ppi,M,2024-01,month,pct_yoy,-2.5,A,S1",
        "110000,_T,,,rd_expenditure,A,2024,year,cny_100m,3000,A,S1",
        "110000,B-D,,,rd_expenditure,A,2024,year,cny_100m,300,A,S1",
        "CN,_T,,,retail_sales,M,2026-07,month,cny_100m,40000,A,S1",
        "CN,C,,,pmi,M,2026-07,month,index_50,49.3,A,S1",
        "CN,C31,,,capacity_utilization,Q,2026-Q2,quarter,pct,78.4,A,S2",
        "CN,C31,,,enterprises,A,2022,year,count,5600,A,S2",
        "CN,C31,,,enterprises,A,2020,year,count,5100,A,S2",
    )
    return load_observations(project)


def test_industries_are_all_activities_of_the_nation_without_gaps_in_time(observations):
    wide = observations.wide("value_added_growth", kind="industry", **MONTH)
    assert list(wide.values.columns) == ["B-D", "C", "C31"]
    assert list(wide.values.index.astype(str)) == ["2026-04", "2026-05", "2026-06", "2026-07"]
    expected = [[np.nan, 1.5, np.nan], [np.nan] * 3, [np.nan] * 3, [2.5, np.nan, -3.5]]
    np.testing.assert_array_equal(wide.values.to_numpy(), expected)
    np.testing.assert_array_equal(wide.rows.to_numpy(), [[-1, 0, -1], [-1] * 3, [-1] * 3, [1, -1, 2]])
    assert wide.unit == "pct_yoy"


def test_each_row_number_leads_to_its_observation(observations):
    wide = observations.wide("value_added_growth", kind="industry", **MONTH)
    row = wide.rows.loc["2026-07", "C31"]
    assert observations.frame.loc[row, "obs_value"] == -3.5
    assert observations.frame.loc[row, "line"] == 4


def test_regions_are_provinces_only(observations):
    wide = observations.wide("value_added_growth", kind="region", **MONTH)
    assert list(wide.values.columns) == ["110000", "440000"]
    assert wide.values.loc["2026-06"].tolist() == [5.5, 4.5]


def test_the_nation_is_one_column(observations):
    wide = observations.wide("value_added_growth", kind="nation", **MONTH)
    assert list(wide.values.columns) == ["CN"]
    assert wide.values["CN"].tolist() == [2.5]
    steel = observations.wide("value_added_growth", kind="nation", activity="C31", **MONTH)
    assert steel.values["CN"].tolist() == [-3.5]


@pytest.mark.parametrize(("measure", "value"), [("retail_sales", 40000), ("pmi", 49.3)])
def test_the_nation_falls_back_to_the_whole_economy_and_to_the_only_activity(observations, measure, value):
    assert observations.wide(measure, kind="nation", **MONTH).values["CN"].tolist() == [value]


def test_ownership_and_basis_single_out(observations):
    owned = observations.wide("value_added_growth", kind="nation", ownership="SOE", **MONTH)
    so_far = observations.wide("value_added_growth", freq="M", basis="ytd", kind="nation")
    assert (owned.values["CN"].tolist(), so_far.values["CN"].tolist()) == ([9], [8])


def test_quarters_and_years_have_their_own_index(observations):
    quarters = observations.wide("capacity_utilization", freq="Q", basis="quarter", kind="industry")
    years = observations.wide("enterprises", freq="A", basis="year", kind="industry")
    assert quarters.values.index.equals(pd.PeriodIndex(["2026Q2"], freq="Q-DEC"))
    assert years.values.index.equals(pd.PeriodIndex(["2020", "2021", "2022"], freq="Y-DEC"))
    np.testing.assert_array_equal(years.values["C31"], [5100, np.nan, 5600])


def test_several_units_are_refused_unless_one_is_chosen(observations):
    with pytest.raises(FourPillarsError, match=r"published in 2 units.*'pct_yoy'"):
        observations.wide("ppi", kind="nation", **MONTH)
    chosen = observations.wide("ppi", kind="nation", unit="pct_yoy", **MONTH)
    assert (chosen.values["CN"].tolist(), chosen.unit) == ([-2.5], "pct_yoy")


def test_several_activities_of_a_region_are_refused_unless_one_is_chosen(observations):
    with pytest.raises(FourPillarsError, match="2 activities"):
        observations.wide("rd_expenditure", freq="A", basis="year", kind="region")
    chosen = observations.wide("rd_expenditure", freq="A", basis="year", kind="region", activity="B-D")
    assert chosen.values["110000"].tolist() == [300]


@pytest.mark.parametrize("kind", ["industry", "region", "nation"])
def test_no_data_is_an_empty_frame(observations, kind):
    wide = observations.wide("gdp", freq="A", basis="year", kind=kind)
    assert wide.values.shape == wide.rows.shape == (0, 0)
    assert wide.values.index.freqstr == "Y-DEC"
    assert wide.unit == ""


def test_unknown_names_are_refused(observations):
    with pytest.raises(UnknownNameError, match=r"Unknown measure 'pmii'\. Did you mean 'pmi'"):
        observations.wide("pmii", kind="nation", **MONTH)
    with pytest.raises(UnknownNameError, match="Unknown kind 'province'"):
        observations.wide("pmi", kind="province", **MONTH)


def test_an_edition_sees_periods_that_end_by_then_with_their_rows(observations):
    seen = observations.until("2026-06")
    assert seen.frame["time_period"].tolist() == [
        "2026-04", "2026-06", "2026-06", "2026-06", "2023-12", "2024-01", "2024", "2024", "2026-Q2",
        "2022", "2020",
    ]  # fmt: skip
    assert seen.frame.index.tolist() == [0, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16]
    assert seen.edition == "2026-06"
    wide = seen.wide("value_added_growth", kind="industry", **MONTH)
    assert wide.rows.to_numpy().tolist() == [[0]]
    assert seen.wide("capacity_utilization", freq="Q", basis="quarter", kind="industry").rows.iloc[0, 0] == 14


def test_a_quarter_is_not_seen_before_it_ends(observations):
    seen = observations.until("2026-05")
    assert seen.wide("capacity_utilization", freq="Q", basis="quarter", kind="industry").values.empty


def test_the_latest_period(observations):
    assert observations.latest_period("enterprises", "A") == "2022"
    assert observations.latest_period("enterprises", "M") == ""
    assert observations.until("2026-06").latest_period("value_added_growth", "M") == "2026-06"
