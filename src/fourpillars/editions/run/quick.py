"""What the warm process leaves out: work of pandas, Altair and nbformat that takes time and changes no result."""

from __future__ import annotations

import json
from typing import Any

from altair.utils.schemapi import UndefinedType

_KEPT = frozenset([UndefinedType, str, int, float, bool, type(None), tuple])


def work_quickly() -> None:
    """Set up the libraries of this process for many reports.

    Texts stay out of Arrow, as they are looked at one by one. Altair does not check each part of a chart as it is
    put together (tests check every kind of chart whole), looks its classes up once, and copies only what can
    change. Notebooks are written on one line.
    """
    import altair
    import nbformat.v4
    import pandas
    from altair.utils import schemapi

    pandas.set_option("mode.string_storage", "python")
    schemapi.disable_debug_mode()
    classes = schemapi._FromDict(altair.VegaLiteSchema._default_wrapper_classes())
    schemapi._FromDict = lambda _: classes
    schemapi._deep_copy = deep_copy
    nbformat.v4.writes_json = _on_one_line


def deep_copy(value: Any, by_ref: set[str]) -> Any:
    """Copy a part of a chart as Altair does, but without a call for each of its many undefined properties.

    Examples
    --------
    >>> import altair as alt
    >>> axis = alt.Axis(values=[1, 2])
    >>> copy = deep_copy(axis, set())
    >>> copy == axis, copy["values"] is axis["values"]
    (True, False)
    """
    from altair.utils.schemapi import SchemaBase

    if isinstance(value, SchemaBase):
        if hasattr(type(value), "__deepcopy__"):
            return value.__deepcopy__(None)
        return type(value)(*deep_copy([*value._args], by_ref), **deep_copy(value._kwds, by_ref))
    if isinstance(value, list):
        return [part if type(part) in _KEPT else deep_copy(part, by_ref) for part in value]
    if isinstance(value, dict):
        return {
            name: part if type(part) in _KEPT or name in by_ref else deep_copy(part, by_ref)
            for name, part in value.items()
        }
    return value


def _on_one_line(notebook: Any, **_: Any) -> str:
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
