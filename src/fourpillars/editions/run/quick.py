"""What the warm process leaves out: work of pandas, Altair and nbformat that takes time and changes no result."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from altair.utils.schemapi import Undefined, UndefinedType

_KEPT = frozenset([UndefinedType, str, int, float, bool, type(None), tuple])


def work_quickly() -> None:
    """Set up the libraries of this process for many reports.

    Columns of texts are of objects, as in pandas 2, as long as pandas has that: its newer ones are cut, joined and
    looked at each by itself. Those that are not stay out of Arrow. Altair does not check each part of a chart as it
    is put together (tests check every kind of chart whole), looks its classes up once, those of a condition too, and
    copies only what can change. Notebooks are written on one line.
    """
    import altair
    import nbformat.v4
    import pandas
    from altair.utils import core, schemapi
    from altair.vegalite.v6 import api

    pandas.set_option("mode.string_storage", "python")
    with suppress(pandas.errors.OptionError):
        pandas.set_option("future.infer_string", False)
    schemapi.disable_debug_mode()
    classes = schemapi._FromDict(altair.VegaLiteSchema._default_wrapper_classes())
    schemapi._FromDict = lambda _: classes
    schemapi._deep_copy = deep_copy
    _leave_alone_without_params(api)
    _find_classes_once(core._ChannelCache)
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
    from altair import TopLevelMixin
    from altair.utils.schemapi import SchemaBase

    if isinstance(value, SchemaBase):
        if hasattr(type(value), "__deepcopy__"):
            return value.__deepcopy__(None)
        args, kwds = deep_copy([*value._args], by_ref), deep_copy(value._kwds, by_ref)
        if isinstance(value, TopLevelMixin):
            return type(value)(*args, **kwds)
        copy = object.__new__(type(value))  # its class would but keep what it is given
        vars(copy).update(vars(value), _args=tuple(args), _kwds=kwds)
        return copy
    if isinstance(value, list):
        return [part if type(part) in _KEPT else deep_copy(part, by_ref) for part in value]
    if isinstance(value, dict):
        return {
            name: part if type(part) in _KEPT or name in by_ref else deep_copy(part, by_ref)
            for name, part in value.items()
        }
    return value


def _leave_alone_without_params(api: Any) -> None:
    """Let Altair copy the parts of a chart for the sake of their parameters only where they have any."""
    remove, combine = api._remove_duplicate_params, api._combine_subchart_params

    def have_params(charts: list[Any]) -> bool:
        return any(getattr(chart, "params", Undefined) is not Undefined for chart in charts)

    def remove_duplicate_params(layer: list[Any]) -> list[Any]:
        return remove(layer) if have_params(layer) else layer

    def combine_subchart_params(params: Any, charts: list[Any]) -> tuple[Any, list[Any]]:
        return combine(params, charts) if params is not Undefined or have_params(charts) else (Undefined, charts)

    api._remove_duplicate_params, api._combine_subchart_params = remove_duplicate_params, combine_subchart_params


def _find_classes_once(channels: type) -> None:
    """Let Altair keep the channel it makes of a condition: it tries many classes on each part, chart by chart alike."""
    wrap, made = channels._wrap_in_channel, {}

    def wrap_in_channel(self: Any, given: Any, encoding: str) -> Any:
        if not isinstance(given, dict) or "condition" not in given:
            return wrap(self, given, encoding)
        try:
            key = encoding, json.dumps(given)
        except TypeError:  # it holds more than plain values
            return wrap(self, given, encoding)
        if key not in made:
            made[key] = wrap(self, given, encoding)
        return made[key]

    channels._wrap_in_channel = wrap_in_channel


def _on_one_line(notebook: Any, **_: Any) -> str:
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
