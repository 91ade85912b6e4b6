"""A notebook's parameters, read without running it, and values checked before anything runs."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fourpillars.editions.run.codes import allowed_codes, refuse_unknown_code
from fourpillars.editions.run.conversion import Parameter, convert
from fourpillars.errors import FourPillarsError, UnknownNameError, did_you_mean

TAG = "parameters"


def read_parameters(notebook: Path | str) -> tuple[Parameter, ...]:
    """Read the parameters of a notebook from its cell tagged `parameters`.

    Raises
    ------
    FourPillarsError
        If the file is no notebook, or the cell is not valid Python.
    """
    path = Path(notebook)
    source = "\n".join(_tagged_sources(path))
    try:
        return parse(source)
    except SyntaxError as error:
        raise FourPillarsError(
            f"The parameters cell of {path.name} is not valid Python (line {error.lineno}): {error.msg}.",
            hint="It may hold plain assignments only.",
        ) from None


def parse(source: str) -> tuple[Parameter, ...]:
    """Read parameters from the source of a cell: plain assignments, with or without a type.

    Examples
    --------
    >>> parse('activity: str = "C31"  # the industry')
    (Parameter(name='activity', type='str', default='C31', help='the industry'),)
    """
    comments = _comments(source)
    found = []
    for statement in ast.parse(source).body:
        target, annotation, value = _assignment(statement)
        if target is None:
            continue
        default = _literal(value)
        declared = ast.unparse(annotation) if annotation is not None else type(default).__name__
        help = comments.get(statement.end_lineno) or _above(source, comments, statement.lineno)
        found.append(Parameter(target, declared, default, help))
    return tuple(found)


def check(notebook: Path | str, values: Mapping[str, object], *, project: Path | None = None) -> dict[str, Any]:
    """Convert and check the values for a notebook's parameters; nothing has run yet.

    Parameters
    ----------
    notebook : Path
        The notebook.
    values : mapping
        By name. Texts are converted to the declared type; a list may be written 'C31,C32'.
    project : Path, optional
        The project's root, whose codelists say which codes there are.

    Returns
    -------
    dict
        The values, converted, in the order given.

    Raises
    ------
    UnknownNameError
        If a name is no parameter, or a code not in the codelist its parameter is named after.
    FourPillarsError
        If a value does not fit the declared type.
    """
    parameters = {parameter.name: parameter for parameter in read_parameters(notebook)}
    checked = {}
    for name, value in values.items():
        if name not in parameters:
            _refuse_unknown_name(Path(notebook).name, name, list(parameters))
        checked[name] = convert(parameters[name], value)
        if value not in ("", None) or value != parameters[name].default:
            _check_codes(name, checked[name], project)
    return checked


def _check_codes(name: str, value: object, project: Path | None) -> None:
    allowed = allowed_codes(name, project)
    if allowed is None:
        return
    for code in value if isinstance(value, list) else [value]:
        refuse_unknown_code(name, code, allowed)


def _refuse_unknown_name(notebook: str, name: str, allowed: list[str]) -> None:
    hint = did_you_mean(name, allowed) if allowed else "It has no cell tagged parameters, or an empty one."
    raise UnknownNameError(f"{notebook} has no parameter {name!r}.", hint=hint)


def _tagged_sources(path: Path) -> list[str]:
    if not path.is_file():
        raise FourPillarsError(f"There is no notebook {path}.", hint="Check the path.")
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [
            "".join(cell["source"])
            for cell in cells
            if cell["cell_type"] == "code" and TAG in cell.get("metadata", {}).get("tags", [])
        ]
    except (ValueError, KeyError, TypeError):
        raise FourPillarsError(f"{path} is not a notebook.", hint="A notebook is a JSON file with cells.") from None


def _assignment(statement: ast.stmt) -> tuple[str | None, ast.expr | None, ast.expr | None]:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            return name, annotation, value
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, None, value
    return None, None, None


def _literal(value: ast.expr | None) -> object:
    try:
        return ast.literal_eval(value) if value is not None else None
    except ValueError:
        return None


def _comments(source: str) -> dict[int, str]:
    """Return the comments of a source by line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").rstrip() for token in tokens if token.type == tokenize.COMMENT}


def _above(source: str, comments: Mapping[int, str], line: int) -> str:
    """Join the comment lines that stand directly above `line`."""
    lines = source.splitlines()
    texts: list[str] = []
    while (line := line - 1) > 0 and lines[line - 1].lstrip().startswith("#"):
        texts.insert(0, comments[line])
    return " ".join(texts)
