"""Loading: what comes out, once, and again when a file changes; and the real statistics."""

from __future__ import annotations

import os
import time

import pandas as pd
import pytest

from fourpillars.observations import check, load_observations


def test_the_frame_has_the_twelve_columns_and_the_place(project):
    frame = load_observations(project).frame
    assert list(frame.columns) == [
        "ref_area", "activity", "ownership", "item", "measure", "freq", "time_period", "basis", "unit",
        "obs_value", "obs_status", "source_id", "file", "line",
    ]  # fmt: skip
    assert frame["obs_value"].tolist() == [5.7, 5.2, -1.5, 3.1, 7700, 78.4, 5600]
    assert frame["line"].tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert frame.index.equals(pd.RangeIndex(7))
    assert set(frame["file"]) == {"data/observations/industry.csv"}


def test_sources_and_targets_come_along(project):
    observations = load_observations(project)
    assert observations.sources.loc["S2", ["title", "published", "vintage"]].tolist() == [
        "Output, capacity",
        "",
        "2026-09",
    ]
    target = observations.targets.loc["T1"]
    assert (target["scope"], target["target_value"], target["is_target"]) == ("steel", 4.0, True)


def test_loaded_once_and_again_when_a_file_changes(project):
    first = load_observations(project)
    assert load_observations(project) is first
    path = project.observations / "industry.csv"
    path.write_text(path.read_text().replace("5.7", "5.8"))
    os.utime(path, (time.time() + 5, time.time() + 5))
    again = load_observations(project)
    assert again.frame["obs_value"].iloc[0] == 5.8
    assert again.fingerprint != first.fingerprint


def test_the_fingerprint_is_that_of_the_contents(project):
    first = load_observations(project)
    os.utime(project.observations / "industry.csv", (1, 1))
    again = load_observations(project)
    assert again is not first
    assert again.fingerprint == first.fingerprint
    assert len(first.fingerprint) == 64


class TestTheRealStatistics:
    @pytest.fixture(scope="class")
    def observations(self):
        return load_observations()

    def test_they_have_no_problem(self):
        assert check() == []

    def test_they_are_whole(self, observations):
        status = observations.frame["obs_status"].value_counts()
        assert len(observations.frame) == 132_405
        assert {code: int(status[code]) for code in "APU"} == {"A": 131_993, "P": 320, "U": 92}
        assert (len(observations.sources), len(observations.targets)) == (3_934, 102)

    def test_a_published_figure_stands_where_it_was_published(self, observations):
        """Profits of 2023: published at −2.3 % (the levels of two years would say −8.5 %)."""
        growth = observations.wide("total_profit_growth", freq="M", basis="ytd", kind="nation")
        assert growth.values.loc["2023-12", "CN"] == -2.3

    def test_every_source_of_a_figure_is_one_join_away(self, observations):
        assert observations.frame["source_id"].isin(observations.sources.index).all()
        assert observations.sources[["publisher", "title"]].ne("").all(axis=None)

    def test_older_editions_see_more_industries(self, observations):
        then = observations.until("2023-11").wide("value_added_growth", freq="M", basis="month", kind="industry")
        now = observations.wide("value_added_growth", freq="M", basis="month", kind="industry")
        divisions = observations.codelists.divisions()
        assert then.values.reindex(columns=divisions).iloc[-1].notna().sum() == 41
        assert now.values.reindex(columns=divisions).loc["2026-08"].notna().sum() == 20
