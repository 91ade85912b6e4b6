"""Parameters are read without running anything, and values refused before anything runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fourpillars.editions.run.parameters import Parameter, check, convert, parse, read_parameters
from fourpillars.errors import FourPillarsError, UnknownNameError


def test_the_parameters_of_a_notebook(notebooks):
    assert read_parameters(notebooks / "ok.ipynb") == (
        Parameter("edition", "str", "", "the month; empty means the latest"),
        Parameter("lang", "str", "en", ""),
        Parameter("activity", "str", "C31", "the industry"),
    )


def test_a_notebook_without_parameters_has_none(notebooks):
    assert read_parameters(notebooks / "no_parameters.ipynb") == ()


@pytest.mark.parametrize(
    ("source", "parameter"),
    [
        ("months = 60", Parameter("months", "int", 60)),
        ("share = 0.5", Parameter("share", "float", 0.5)),
        ("top: int = 10  # rows", Parameter("top", "int", 10, "rows")),
        (
            "# how far back\n# one looks\nmonths = 60",
            Parameter("months", "int", 60, "how far back one looks"),
        ),
        ("activities: list[str] = ['C31']", Parameter("activities", "list[str]", ["C31"])),
        ("kind: Literal['a', 'b'] = 'a'", Parameter("kind", "Literal['a', 'b']", "a")),
        ("who: str | None = None", Parameter("who", "str | None", None)),
        ("day: date = date(2026, 8, 31)", Parameter("day", "date", None)),
        ("long = [\n    1,\n]  # last line counts", Parameter("long", "list", [1], "last line counts")),
    ],
)
def test_plain_assignments_are_parameters(source, parameter):
    assert parse(source) == (parameter,)


def test_other_statements_are_not_parameters():
    assert parse("import os\nprint('x')\na.b = 1\nx, y = 1, 2") == ()


@pytest.mark.parametrize(
    ("declared", "given", "converted"),
    [
        ("str", "2026-08", "2026-08"),
        ("int", "24", 24),
        ("int", 24, 24),
        ("float", "0.5", 0.5),
        ("float", 1, 1.0),
        ("bool", "true", True),
        ("bool", "No", False),
        ("list[str]", "C31, C32", ["C31", "C32"]),
        ("list[str]", '["C31","C32"]', ["C31", "C32"]),
        ("list[int]", "1,2", [1, 2]),
        ("list[str]", ("C31",), ["C31"]),
        ("list[str]", "", []),
        ("tuple", ["a"], ["a"]),
        ("str | None", "None", None),
        ("str | None", "x", "x"),
        ("Optional[int]", "3", 3),
        ("Literal['a', 'b']", "b", "b"),
        ("Literal[1, 2]", "2", 2),
        ("date", "2026-08-31", "2026-08-31"),
    ],
)
def test_values_are_converted_to_the_declared_type(declared, given, converted):
    assert convert(Parameter("p", declared, None), given) == converted


@pytest.mark.parametrize(
    ("declared", "given"),
    [("int", "many"), ("int", 2.5), ("int", True), ("float", "x"), ("bool", "maybe"), ("list[int]", "1,x"),
     ("str", 3), ("list[str]", 3), ("date", "2026-13-01")],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(declared, given):
    with pytest.raises(FourPillarsError, match="does not fit the parameter 'p'"):
        convert(Parameter("p", declared, None), given)


def test_a_choice_names_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'growth'"):
        convert(Parameter("p", "Literal['growth', 'level']", None), "growht")


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("activty", "C31", "Did you mean 'activity'?"),
        ("activity", "C3l", "Did you mean 'C31' (Smelting and pressing of ferrous metals)?"),
        ("activity", "汽车制造业", "Did you mean 'C36' (Manufacture of automobiles)?"),
        ("activity", "", "Allowed: "),
        ("lang", "eng", "Did you mean 'en' (English)?"),
        ("edition", "2026-01", "Did you mean '2026-02'?"),
        ("edition", "202608", "Did you mean '2026-08'?"),
    ],
)
def test_unknown_names_and_codes_are_refused_with_the_nearest(notebooks, name, value, hint):
    with pytest.raises(FourPillarsError) as refusal:
        check(notebooks / "ok.ipynb", {name: value})
    assert hint in refusal.value.hint


def test_good_values_come_back_converted(notebooks):
    values = {"activity": "C36", "edition": "2026-08", "lang": "zh"}
    assert check(notebooks / "ok.ipynb", values) == values


def test_an_empty_edition_is_the_latest_where_that_is_the_default(notebooks):
    assert check(notebooks / "ok.ipynb", {"edition": ""}) == {"edition": ""}


def test_a_missing_notebook_is_named(tmp_path):
    with pytest.raises(FourPillarsError, match=r"There is no notebook .*absent\.ipynb"):
        read_parameters(tmp_path / "absent.ipynb")


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    (tmp_path / "page.ipynb").write_text("<html>", encoding="utf-8")
    with pytest.raises(FourPillarsError, match="is not a notebook"):
        read_parameters(tmp_path / "page.ipynb")


def test_a_refusal_loads_nothing_heavy(notebooks):
    program = (
        "import sys\nfrom fourpillars.editions.run.parameters import check\n"
        f"try: check({str(notebooks / 'ok.ipynb')!r}, {{'activty': 'C31'}})\n"
        "except Exception as error: print(error)\n"
        "print([m for m in ('pandas', 'papermill', 'IPython') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "[]"
    assert "Did you mean 'activity'?" in answer.stdout
