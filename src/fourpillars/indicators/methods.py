"""From a catalogue entry to its values: the four methods."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from fourpillars.errors import UnknownNameError
from fourpillars.indicators.inputs import Inputs
from fourpillars.indicators.quantity import Quantity

if TYPE_CHECKING:
    from fourpillars.catalogue.indicator import Indicator

PILLAR_MODULES = ("stability", "expansion", "innovation", "growth")


def computed(indicator: Indicator, inputs: Inputs) -> Quantity:
    """Compute an indicator for the kind of its inputs, as its catalogue entry says."""
    entry = indicator.of(inputs.kind)
    return _METHODS[entry.method](entry, inputs).with_unit(entry.unit)


def _series(entry: Indicator, inputs: Inputs) -> Quantity:
    return inputs.read(entry.series)


def _ratio(entry: Indicator, inputs: Inputs) -> Quantity:
    ratio = entry.ratio
    return ratio.scale * inputs.read(ratio.numerator) / inputs.read(ratio.denominator)


def _difference(entry: Indicator, inputs: Inputs) -> Quantity:
    return inputs.read(entry.difference.minuend) - inputs.read(entry.difference.subtrahend)


def _function(entry: Indicator, inputs: Inputs) -> Quantity:
    module_name, name = entry.function.split(".")
    module = _pillar_module(module_name, entry.code)
    function = getattr(module, name, None)
    if function is None or name.startswith("_"):
        known = [n for n, f in vars(module).items() if getattr(f, "__module__", "") == module.__name__]
        raise UnknownNameError.of(f"function of the indicator {entry.code},", name, known)
    return function(inputs, **entry.arguments)


def _pillar_module(name: str, code: str) -> ModuleType:
    if name not in PILLAR_MODULES:
        raise UnknownNameError.of(f"module of the indicator {code},", name, PILLAR_MODULES)
    return import_module(f"fourpillars.indicators.{name}")


_METHODS = {"series": _series, "ratio": _ratio, "difference": _difference, "function": _function}
