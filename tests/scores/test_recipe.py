from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from fourpillars.scores import Aggregate, Goalposts, MinMax, Recipe, ScoresError, Winsorise


def test_a_recipe_is_frozen_and_says_what_it_does():
    recipe = Recipe(treat=Winsorise(max_points=3))
    assert list(recipe.steps()) == ["treat", "normalise", "aggregate", "rank"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        recipe.treat = None  # type: ignore[misc]


def test_recipes_with_the_same_steps_are_equal():
    assert Recipe(normalise=MinMax(0, 1)) == Recipe(normalise=MinMax(0, 1))
    assert Recipe(normalise=Goalposts(low=1)) == Recipe(normalise=Goalposts(low=1))
    assert Recipe() != Recipe(aggregate=Aggregate("geometric"))


def test_methods_by_level_repeat_the_last():
    step = Aggregate("arithmetic", "geometric", threshold=(0.5, 1.0))
    assert [step.method(level) for level in (2, 3, 4)] == ["arithmetic", "geometric", "geometric"]
    assert [step.least(level) for level in (2, 3, 4)] == [0.5, 1.0, 1.0]


@pytest.mark.parametrize(
    ("make", "clause"),
    [
        (lambda: Aggregate("geometrical"), "Unknown aggregation 'geometrical'. Did you mean 'geometric'"),
        (lambda: Aggregate(threshold=1.5), "shares from 0 to 1"),
        (lambda: Aggregate(["arithmetic", "geometric"]), "Unknown aggregation"),
        (lambda: MinMax(1, 1), "low < high"),
        (lambda: Winsorise(max_points=-1), "from 0 up"),
    ],
)
def test_refusals(make, clause: str):
    with pytest.raises(ScoresError, match=clause):
        make()


def test_the_library_loads_no_other_room():
    code = "import sys, fourpillars.scores; print(*(m for m in sys.modules if m.startswith('fourpillars.')))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert {name.split(".")[1] for name in found.split()} == {"scores"}


@pytest.mark.parametrize(
    ("steps", "clause"),
    [
        ({"normalise": "minmax"}, r"normalise= cannot be 'minmax'. Give MinMax\(\), or None"),
        ({"normalise": MinMax}, r"the class MinMax. Write MinMax\(…\)"),
        ({"aggregate": "arithmetic"}, "aggregate= cannot be"),
        ({"weight": MinMax()}, "weight= cannot be"),
        ({"rank": Winsorise()}, "rank= cannot be"),
    ],
)
def test_what_is_no_step_is_refused_before_anything_runs(steps: dict, clause: str):
    with pytest.raises(ScoresError, match=clause):
        Recipe(**steps)
