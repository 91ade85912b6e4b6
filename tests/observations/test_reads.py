"""What is noted as read, by accessor."""

from __future__ import annotations

from fourpillars.indicators import compute
from fourpillars.observations import load_observations
from fourpillars.observations.reads import ALL, Read, recording


def test_a_measure_is_read_of_the_nation_or_of_the_regions() -> None:
    seen = load_observations().until("2026-08")
    with recording() as read:
        seen.wide("value_added_growth", freq="M", basis="month", kind="industry")
        seen.wide("value_added_growth", freq="M", basis="month", kind="region")
    assert read == {
        Read("value_added_growth", "nation", "2026-08"),
        Read("value_added_growth", "regions", "2026-08"),
    }


def test_whoever_takes_the_whole_frame_has_read_everything() -> None:
    seen = load_observations().until("2023-11")
    with recording() as read:
        len(seen.frame)
    assert read == {Read(ALL, ALL, "2023-11")}


def test_the_source_of_a_row_is_no_reading() -> None:
    seen = load_observations().until("2026-08")
    with recording() as read:
        assert sum(map(bool, seen.source_of_row)) == len(seen.table)
    assert read == set()


def test_an_indicator_computed_before_is_noted_each_time() -> None:
    from fourpillars.catalogue import load_catalogue

    panel = compute(load_observations().until("2026-08"), load_catalogue())
    panel.quantity("profit_margin", "industry")
    with recording() as read:
        panel.quantity("profit_margin", "industry")
    assert {one.measure for one in read} >= {"operating_revenue", "total_profit"}
    assert {one.edition for one in read} == {"2026-08"}
