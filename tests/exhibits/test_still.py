from __future__ import annotations

from fourpillars.exhibits.still import slim, still


def test_a_still_chart_is_not_alive() -> None:
    spec = {"params": [{"name": "picked", "value": "C31"}, {"name": "alive", "value": True}], "mark": "line"}
    assert still(spec)["params"] == [{"name": "picked", "value": "C31"}, {"name": "alive", "value": False}]
    assert spec["params"][1]["value"] is True
    assert still({"mark": "line"}) == {"mark": "line"}


def test_slim_rounds_places_but_not_words_or_colours() -> None:
    svg = '<svg width="9"><path d="M0.12345,-7.5e0L100.0004,2" fill="#a3123f"/><text>0.12345</text></svg>'
    assert slim(svg) == '<svg width="9"><path d="M0.1,-7.5e0L100,2" fill="#a3123f"/><text>0.12345</text></svg>'


def test_slim_says_once_what_marks_share_and_keeps_what_differs() -> None:
    marks = '<path fill="#111" d="M0"/><path fill="#111" d="M1"/><path fill="#222" d="M2"/>'
    assert slim(f'<svg><g class="mark-symbol role-mark">{marks}</g></svg>') == (
        '<svg><g class="mark-symbol" fill="#111"><path d="M0"/><path d="M1"/><path fill="#222" d="M2"/></g></svg>'
    )


def test_slim_drops_links_roles_and_what_is_not_drawn() -> None:
    svg = (
        '<svg><g transform="translate(0,0)"><path class="background" aria-hidden="true" d="M0,0h0v0h0Z"/>'
        '<a href="region/110000.html"><path role="graphics-symbol" fill="#111" opacity="1" d="M1"/></a>'
        '<path class="foreground" d="" display="none"/></g></svg>'
    )
    assert slim(svg) == '<svg><path fill="#111" d="M1"/></svg>'


def test_slim_keeps_a_size_of_type_that_differs() -> None:
    texts = '<text font-size="11px">a</text><text font-size="11px">b</text><text font-size="12px">c</text>'
    assert slim(f"<svg><g>{texts}</g></svg>") == (
        '<svg font-size="11px"><text>a</text><text>b</text><text font-size="12px">c</text></svg>'
    )


def test_slim_draws_neighbours_of_one_form_together_and_discs_as_circles() -> None:
    squares = '<path d="M1,1h3v3h-3Z"/><path d="M9.5,1h3v3h-3Z"/><path d="M9,1h3v4h-3Z"/>'
    disc = '<path transform="translate(4,5)" d="M2.5,0A2.5,2.5,0,1,1,-2.5,0A2.5,2.5,0,1,1,2.5,0"/>'
    assert slim(f'<svg><g class="a">{squares}</g><g class="b" fill-opacity="0.5">{squares}</g>{disc}</svg>') == (
        '<svg><g class="a"><path d="M1,1h3v3h-3ZM9.5,1h3v3h-3Z"/><path d="M9,1h3v4h-3Z"/></g>'
        f'<g class="b" fill-opacity="0.5">{squares}</g><circle transform="translate(4,5)" r="2.5"/></svg>'
    )
