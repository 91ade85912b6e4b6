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


@pytest.mark.parametrize("nothing", [None, float("nan"), "", " "], ids=repr)
def test_the_top_has_no_parent_however_that_is_written(nothing):
    framework = Framework(pd.DataFrame({"code": ["a", "b", "i"], "parent": ["i", "i", nothing]}))
    assert framework.top == "i"


def test_codes_that_are_numbers_are_text():
    framework = Framework(pd.DataFrame({"code": [1, 2, 9], "parent": [9, 9, None], "level": ["1", "1", "3"]}))
    assert framework.children("9") == ["1", "2"]
    assert framework.levels == [1, 3]


def test_rows_may_come_in_any_order_and_branches_end_at_any_height():
    table = {"code": ["i", "b", "p", "a"], "parent": ["", "i", "i", "p"], "level": [3, 1, 2, 1]}
    framework = Framework(pd.DataFrame(table))
    assert framework.indicators == ["b", "a"]
    assert framework.groups == ["p", "i"]
    assert framework.leaves("i") == ["b", "a"]


@pytest.mark.parametrize(
    ("columns", "clause"),
    [
        ({"weight": [0.3, None, 1]}, "weight of 'b' is missing"),
        ({"weight": ["much", 1, 1]}, "weight of 'a' is missing or no number"),
        ({"polarity": [-1, None, None]}, "polarity of 'b' is missing"),
        ({"level": [1, 1, 1.5]}, "not a whole number"),
        ({"level": [0, 0, 1]}, "level of 'a' is 0"),
        ({"level": [1, None, 2]}, "'b' has no level"),
    ],
)
def test_gaps_in_a_column_are_refused(columns: dict, clause: str):
    with pytest.raises(ScoresError, match=clause):
        Framework(pd.DataFrame({"code": ["a", "b", "i"], "parent": ["i", "i", ""]} | columns))


def test_weights_that_nobody_in_a_group_has_are_equal():
    table = {"code": ["a", "b", "c", "p", "i"], "parent": ["p", "p", "i", "i", ""], "weight": [None, None, 3, 1, None]}
    assert Framework(pd.DataFrame(table)).shares().tolist() == [0.5, 0.5, 0.75, 0.25, 1.0]


@pytest.mark.parametrize(
    ("table", "clause"),
    [
        ({"code": ["a"]}, "made of a table"),
        (pd.DataFrame({"name": ["a"]}), "no column 'code'"),
        (pd.DataFrame({"code": ["a", None]}), "no code in row 2"),
        (pd.DataFrame([["a", 1, 2]], columns=["code", "weight", "weight"]), "'weight'"),
        (pd.DataFrame({"code": []}), "no indicator"),
    ],
)
def test_what_is_no_framework_at_all(table, clause: str):
    with pytest.raises(ScoresError, match=clause):
        Framework(table)
