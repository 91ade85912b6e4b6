"""Values converted to the type a parameter declares."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from fourpillars.errors import FourPillarsError, UnknownNameError


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook.

    Attributes
    ----------
    name : str
        The variable.
    type : str
        As annotated, such as 'list[str]'; otherwise the type of the default.
    default : object
        The default; None where it is not a literal.
    help : str
        The comment beside or above it.
    """

    name: str
    type: str
    default: object
    help: str = ""


def convert(parameter: Parameter, value: object) -> Any:
    """Convert a value to a parameter's declared type.

    Raises
    ------
    FourPillarsError
        If it does not fit.

    Examples
    --------
    >>> convert(Parameter("activities", "list[str]", []), "C31, C32")
    ['C31', 'C32']
    >>> convert(Parameter("months", "int", 60), "24")
    24
    """
    try:
        tree = ast.parse(parameter.type, mode="eval").body
        return _convert(tree, value)
    except ValueError:
        raise FourPillarsError(
            f"The value {value!r} does not fit the parameter {parameter.name!r}.",
            hint=f"It must be {_in_words(tree)}; the default is {parameter.default!r}.",
        ) from None


def _convert(declared: ast.expr, value: object) -> Any:
    """Convert by the declared type's syntax tree; raises ValueError."""
    match declared:
        case ast.Constant(value=None) | ast.Name(id="NoneType"):
            if value is None or value in ("", "None"):
                return None
            raise ValueError
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _first_that_fits([right, left] if _is_none(right) else [left, right], value)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return _first_that_fits([ast.Constant(None), inner], value)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=choices):
            return _choice([ast.literal_eval(item) for item in getattr(choices, "elts", [choices])], value)
        case ast.Subscript(value=ast.Name(id="list" | "tuple" | "List"), slice=inner):
            return [_convert(inner, item) for item in _items(value)]
        case ast.Name(id="list" | "tuple"):
            return _items(value)
        case ast.Name(id=name):
            return _scalar(name, value)
    return value


def _scalar(name: str, value: object) -> object:
    if name == "str" and isinstance(value, str):
        return value
    if name == "bool":
        return value if isinstance(value, bool) else _choice_of_truth(str(value))
    if name == "int" and not isinstance(value, (bool, float)):
        return int(value)
    if name == "float" and not isinstance(value, bool):
        return float(value)
    if name == "date":
        import datetime

        return datetime.date.fromisoformat(str(value)).isoformat()
    if name in ("str", "int", "float"):
        raise ValueError
    return value


def _choice_of_truth(text: str) -> bool:
    if text.lower() in ("true", "yes", "1"):
        return True
    if text.lower() in ("false", "no", "0"):
        return False
    raise ValueError


def _choice(choices: list[object], value: object) -> object:
    by_text = {str(choice): choice for choice in choices}
    if str(value) not in by_text:
        raise UnknownNameError.of("value", value, by_text)
    return by_text[str(value)]


def _first_that_fits(types: list[ast.expr], value: object) -> Any:
    for declared in types:
        try:
            return _convert(declared, value)
        except ValueError:
            continue
    raise ValueError


def _items(value: object) -> list:
    if isinstance(value, str):
        text = value.strip().removeprefix("[").removesuffix("]")
        return [item.strip().strip("'\"") for item in text.split(",") if item.strip()]
    if isinstance(value, (list, tuple)):
        return list(value)
    raise ValueError


def _is_none(declared: ast.expr) -> bool:
    return isinstance(declared, ast.Constant) and declared.value is None


def _in_words(declared: ast.expr) -> str:
    words = {
        "str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false",
        "date": "a date such as 2026-08-31", "list": "a list, its items separated by commas",
    }  # fmt: skip
    if isinstance(declared, ast.Subscript) and isinstance(declared.value, ast.Name):
        inner = words.get(getattr(declared.slice, "id", ""), "an item")
        return f"a list of items separated by commas, each {inner}"
    return words.get(getattr(declared, "id", ""), ast.unparse(declared))
