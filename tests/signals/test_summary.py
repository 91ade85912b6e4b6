from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from fourpillars.signals import summary

CATALOGUE = SimpleNamespace(
    indicators={code: SimpleNamespace(pillar="growth" if code < "f" else "stability") for code in "abcdefgh"}
)


def found(levels: dict[str, str]) -> pd.DataFrame:
    rows = [
        ("CN", "C31", code, level or "none", "own_past" if level else "not_judged") for code, level in levels.items()
    ]
    return pd.DataFrame(rows, columns=["ref_area", "activity", "indicator", "level", "rule"])


def level(levels: dict[str, str], pillar: str) -> str:
    return summary(found(levels), CATALOGUE).set_index("pillar").loc[pillar, "level"]


def test_one_indicator_alone_does_not_condemn_a_pillar():
    assert level({"a": "warn", "b": "none"}, "growth") == "none"


def test_two_do_where_they_are_a_quarter():
    assert level({"a": "warn", "b": "warn", "c": "none"}, "growth") == "warn"
    assert level({"a": "warn", "b": "watch", "c": "none"}, "growth") == "watch"
    # two of nine judged would be below a quarter; here two of eight are just one
    assert level(dict.fromkeys("ab", "warn") | dict.fromkeys("cdefgh", "none"), "") == "warn"


def test_counts_and_what_was_not_judged():
    table = summary(found({"a": "warn", "b": "watch", "c": "", "f": ""}), CATALOGUE).set_index("pillar")
    assert table.loc["growth", ["judged", "watch", "warn"]].tolist() == [2, 1, 1]
    assert table.loc["stability", "level"] == ""
    assert table.loc["", "judged"] == 2


def test_nothing_to_count():
    assert summary(pd.DataFrame(), CATALOGUE).empty
