"""Altair made quick draws the same chart."""

from __future__ import annotations

import altair as alt
from altair.utils import core

from fourpillars.editions.run.quick import _find_classes_once


def test_a_condition_is_the_same_channel_as_altair_makes_of_it_and_made_once(monkeypatch):
    def chart() -> alt.Chart:
        colour = alt.condition("datum.code === picked", alt.value("#111111"), alt.value("#222222"))
        return alt.Chart(alt.InlineData([])).mark_point().encode(color=colour, x=alt.value(alt.expr("width")), y="a:Q")

    own = chart()
    monkeypatch.setattr(core._ChannelCache, "_wrap_in_channel", core._ChannelCache._wrap_in_channel)
    _find_classes_once(core._ChannelCache)
    first, second = chart(), chart()
    assert first.to_dict() == second.to_dict() == own.to_dict()
    assert first.encoding.color is second.encoding.color
    assert type(first.encoding.color.condition) is type(own.encoding.color.condition)
