from __future__ import annotations

from fourpillars.exhibits.still import slim, still


def test_a_still_chart_is_not_alive() -> None:
    spec = {"params": [{"name": "picked", "value": "C31"}, {"name": "alive", "value": True}], "mark": "line"}
    assert still(spec)["params"] == [{"name": "picked", "value": "C31"}, {"name": "alive", "value": False}]
    assert spec["params"][1]["value"] is True
    assert still({"mark": "line"}) == {"mark": "line"}


def test_slim_rounds_places_but_not_words_or_colours() -> None:
    svg = '<svg width="9"><path d="M0.12345,-7.5e0L100.0004,2" fill="#a3123f"/><text>0.12345</text></svg>'
    assert (
        slim(svg) == '<svg width="9"><path d="M0.12,-7.5e0L100,2" fill="#a3123f"/><text>0.12345</text></svg>'
    )
