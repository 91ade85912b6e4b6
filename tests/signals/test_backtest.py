from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.signals import backtest

CASES = {
    # warning at 1, event at 3: right, two ahead
    "ahead": (
        ".W......",
        "...E....",
        {"right": 1, "in_vain": 0, "undecided": 0, "announced": 1, "missed": 0, "lead": 2},
    ),
    # warning while the event is under way: right, but it announced nothing
    "late": ("....W...", "...EE...", {"right": 1, "in_vain": 0, "undecided": 0, "announced": 0, "missed": 1}),
    # warning at the very start of the event
    "at once": ("...W....", "...E....", {"right": 1, "announced": 1, "lead": 0}),
    "in vain": (".W......", "........", {"right": 0, "in_vain": 1, "undecided": 0, "events": 0}),
    # three periods after the warning are not over yet
    "undecided": (".....W..", "........", {"right": 0, "in_vain": 0, "undecided": 1}),
    "missed": ("........", "...E....", {"warnings": 0, "missed": 1}),
    # a warning that keeps firing is one, and lead is no longer than the horizon
    "long": ("WWWWWW..", ".....E..", {"warnings": 1, "announced": 1, "lead": 3}),
}


@pytest.mark.parametrize(("fired", "events", "expected"), CASES.values(), ids=CASES)
def test_cases(fired: str, events: str, expected: dict[str, float]):
    flags = pd.DataFrame({"x": [letter == "W" for letter in fired]})
    happened = pd.DataFrame({"x": [letter == "E" for letter in events]})
    found = backtest(flags, happened, horizon=3).loc["x"]
    assert found[list(expected)].to_dict() == expected
