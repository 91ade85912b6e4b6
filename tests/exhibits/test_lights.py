"""Lights of all units at once are those of each by itself."""

from __future__ import annotations

from fourpillars.exhibits import snapshot
from fourpillars.exhibits.lights import _lights
from fourpillars.signals import temperature


def test_a_units_lights_are_those_of_its_own_past_alone():
    s = snapshot("2026-08")
    for indicator, kind, code in (("producer_prices", "industry", "C31"), ("capacity_utilization", "industry", "C26")):
        alone = temperature(s.panel.history(indicator, kind)[[code]])[code]
        assert list(_lights(s.known, indicator, kind)[code].values()) == alone.tolist()
        assert alone.notna().any()
