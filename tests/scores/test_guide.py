"""The guide to the library says what the library does."""

from __future__ import annotations

import doctest
from dataclasses import is_dataclass

import pytest

import fourpillars.scores as scores
from fourpillars.catalogue.project import find_project

GUIDE = find_project().root / "docs" / "scores.md"


def test_examples_run():
    found = doctest.testfile(str(GUIDE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert found.attempted > 15
    assert found.failed == 0


@pytest.mark.parametrize("name", scores.__all__)
def test_everything_public_is_documented_field_by_field(name: str):
    public = getattr(scores, name)
    assert public.__doc__
    if is_dataclass(public) and public.__dataclass_params__.frozen and not name.endswith("Error"):
        for field in public.__dataclass_fields__:
            assert field in public.__doc__, f"{name}.{field} is not documented"
