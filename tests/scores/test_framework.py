from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.scores import Framework, ScoresError


def test_levels_are_found_from_the_tree(tree: Framework):
    assert tree.table["level"].to_dict() == {"a": 1, "b": 1, "c": 1, "d": 1, "P": 2, "Q": 2, "index": 3}
    assert tree.indicators == ["a", "b", "c", "d"]
    assert tree.groups == ["P", "Q", "index"]
    assert tree.leaves("index") == ["a", "b", "c", "d"]


def test_shares_add_up_to_one_within_each_parent(tree: Framework):
    assert tree.shares()[["a", "b", "P", "index"]].tolist() == pytest.approx([2 / 3, 1 / 3, 0.5, 1.0])


def test_every_problem_is_named_at_once():
    table = pd.DataFrame(
        {
            "code": ["a", "b", "index"],
            "parent": ["nowhere", "index", ""],
            "weight": [1, -2, 1],
            "polarity": [0, 1, 1],
        }
    )
    with pytest.raises(ScoresError) as refusal:
        Framework(table)
    for clause in ("unknown parent 'nowhere'", "weight of 'b' is -2", "polarity of 'a' is 0"):
        assert clause in str(refusal.value)


@pytest.mark.parametrize(
    ("table", "clause"),
    [
        ({"code": ["a", "a"]}, "stand more than once"),
        ({"code": ["a", "b"], "parent": ["b", "a"]}, "is not below its parent"),
        ({"code": ["a", "i"], "parent": ["i", ""], "weight": [0, 1]}, "weights under 'i' are all zero"),
        ({"code": ["a", "i"], "parent": ["i", ""], "level": [1, 1]}, "is not below its parent"),
        ({"code": ["a", "i", "g"], "parent": ["i", "", "i"], "level": [1, 3, 2]}, "group 'g' has no members"),
        ({"code": ["a"], "goalpost_low": [5], "goalpost_high": [5]}, "goalpost_low of 'a' is not below"),
    ],
)
def test_refusals(table: dict, clause: str):
    with pytest.raises(ScoresError, match=clause):
        Framework(pd.DataFrame(table))


def test_two_tops_are_allowed_until_one_is_asked_for():
    framework = Framework(pd.DataFrame({"code": ["a", "b"]}))
    with pytest.raises(ScoresError, match="2 nodes without a parent"):
        _ = framework.top


def test_an_unknown_node_is_refused_with_the_nearest(tree: Framework):
    with pytest.raises(ScoresError, match=r"Unknown node 'indes'. Did you mean 'index'?"):
        tree.children("indes")


def test_without_drops_empty_groups(tree: Framework):
    assert list(tree.without(["P"]).table.index) == ["c", "d", "Q", "index"]
    assert list(tree.without(["c", "d"]).table.index) == ["a", "b", "P", "index"]


def test_without_everything_is_refused(tree: Framework):
    with pytest.raises(ScoresError, match="Nothing is left"):
        tree.without(["index"])
