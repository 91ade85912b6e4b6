"""What a later release says of figures that were others before."""

from __future__ import annotations

import gzip
import json

import pytest

from fourpillars.editions.revisions import Before, find, mark


def row(value: float | None, shown: str = "", activity: str = "C31", period: str = "2026-08") -> dict:
    where = {"indicator": "ppi", "ref_area": "CN", "activity": activity, "time_period": period}
    return where | {"value": value, "shown": shown}


def exhibit(*rows: dict, lang: str = "en", kind: str = "chart") -> dict:
    return {"id": "fig-a", "kind": kind, "lang": lang, "notes": [], "data": list(rows)}


def before(*rows: dict) -> Before:
    return Before(1, gzip.compress(json.dumps({"exhibits": [exhibit(*rows)]}).encode()))


def notes(now: dict, found: dict) -> list[str]:
    mark([now], found)
    return now["notes"]


def test_a_figure_that_was_another_is_noted() -> None:
    now = exhibit(row(1.2, "1.2%"), row(3.0, "3.0%", "C36"))
    found = find([now], before(row(1.0, "1.0%"), row(3.0, "3.0%", "C36")), 2)
    assert notes(now, found) == ["Revised in release 2, in brackets the figure of release 1: Aug 2026: 1.2% (1.0%)."]


def test_figures_are_told_apart_by_what_differs_and_many_are_counted() -> None:
    codes = ["C31", "C32", "C33", "C34", "C35", "C36"]
    now = exhibit(*(row(2.0, "2.0", code) for code in codes), lang="zh")
    (note,) = notes(now, find([now], before(*(row(1.0, "1.0", code) for code in codes)), 3))
    assert note.startswith("第3版修订（括号内为第1版数字）：钢铁冶炼：2.0（1.0）")
    assert note.endswith("另有2个数字。")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ((1.0, "1.0"), (1.04, "1.0")),  # shown the same
        ((1.0, "1.0"), (1.0, "1.0%")),  # the same, shown otherwise
        ((None, ""), (1.0, "1.0")),  # new
        ((1.0, "1.0"), (None, "")),  # gone
    ],
)
def test_what_is_no_revision_is_not_noted(was: tuple, now: tuple) -> None:
    assert find([exhibit(row(*now))], before(row(*was)), 2) == {}


def test_a_page_built_again_says_what_it_said() -> None:
    had = Before(2, before(row(1.2, "1.2")).shown, b'{"release": 2}')
    assert find([exhibit(row(1.2, "1.2"))], had, 3) == {"release": 2}


def test_a_text_has_no_notes() -> None:
    now = exhibit(row(1.2, "1.2"), kind="text")
    assert notes(now, find([now], before(row(1.0, "1.0")), 2)) == []
