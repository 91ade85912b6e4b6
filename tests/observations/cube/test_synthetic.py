"""Synthetic enterprises: named so, the same for the same seed, and of every kind."""

from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.errors import FourPillarsError
from fourpillars.observations.cube import write_synthetic_enterprises


def made(tmp_path, **arguments):
    path = tmp_path / "made.parquet"
    rows = write_synthetic_enterprises(path, 5000, months=3, first="2025-12", **arguments)
    frame = pd.read_parquet(path)
    assert len(frame) == rows
    return frame


def test_the_same_seed_makes_the_same_rows(tmp_path):
    first = made(tmp_path, seed=7)
    assert made(tmp_path, seed=7, threads=1).equals(first)
    assert not made(tmp_path, seed=8).equals(first)


def test_they_are_named_so_and_stand_once_a_month(tmp_path):
    frame = made(tmp_path)
    assert frame["enterprise"].str.fullmatch(r"SYNTHETIC\d{9}").all()
    assert not frame.duplicated(["enterprise", "time_period"]).any()
    assert list(frame["time_period"].unique()) == ["2025-12", "2026-01", "2026-02"]


def test_every_province_division_and_size_occurs_and_some_come_and_go(tmp_path):
    frame = made(tmp_path)
    assert [frame[name].nunique() for name in ("ref_area", "activity", "size")] == [31, 41, 4]
    of = {month: set(part["enterprise"]) for month, part in frame.groupby("time_period")}
    assert of["2026-01"] - of["2025-12"]
    assert of["2025-12"] - of["2026-01"]
    assert (frame["overdue"] <= frame["receivables"]).all()
    assert 0.05 < (frame["profit"] < 0).mean() < 0.6


def test_a_first_month_that_is_none(tmp_path):
    with pytest.raises(FourPillarsError, match="is no month"):
        write_synthetic_enterprises(tmp_path / "x.parquet", 10, first="2026")
