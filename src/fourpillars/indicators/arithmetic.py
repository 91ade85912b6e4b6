"""Adding, subtracting, multiplying and dividing wide frames, with the expression of each cell beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from fourpillars.indicators.expression import Call, Const
from fourpillars.indicators.reasons import joint

if TYPE_CHECKING:
    from fourpillars.indicators.quantity import Quantity

_ON_ARRAYS = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide}


class Arithmetic:
    """The operators of a quantity, with another or with a number."""

    def __add__(self, other: Arithmetic | float) -> Self:
        return combined("add", self, other)

    def __sub__(self, other: Arithmetic | float) -> Self:
        return combined("sub", self, other)

    def __mul__(self, other: Arithmetic | float) -> Self:
        return combined("mul", self, other)

    def __truediv__(self, other: Arithmetic | float) -> Self:
        return combined("div", self, other)

    def __radd__(self, other: float) -> Self:
        return combined("add", other, self)

    def __rsub__(self, other: float) -> Self:
        return combined("sub", other, self)

    def __rmul__(self, other: float) -> Self:
        return combined("mul", other, self)

    def __rtruediv__(self, other: float) -> Self:
        return combined("div", other, self)


def combined(name: str, left: Quantity | float, right: Quantity | float) -> Quantity:
    """Apply an arithmetic operation to two quantities of one frequency, or a quantity and a number.

    Examples
    --------
    >>> from fourpillars.indicators.quantity import Quantity
    >>> index = pd.period_range("2026-02", "2026-03", freq="M")
    >>> revenue = Quantity(pd.DataFrame({"C31": [50.0, 80.0]}, index), lambda p, e: Const(1.0), "cny_100m")
    >>> combined("div", revenue, 10).values["C31"].tolist()
    [5.0, 8.0]
    """
    if not isinstance(left, Arithmetic):
        values, number = _computed(name, float(left), right.values), Const(float(left))
        return _with_undefined(replace(right, values=values, expr=lambda p, e: Call(name, (number, right.expr(p, e)))))
    if not isinstance(right, Arithmetic):
        values, number = _computed(name, left.values, float(right)), Const(float(right))
        return _with_undefined(replace(left, values=values, expr=lambda p, e: Call(name, (left.expr(p, e), number))))
    if left.freq != right.freq:
        raise ValueError(f"Quantities of frequency {left.freq} and {right.freq} do not combine; see at_ends.")
    index = left.values.index.intersection(right.values.index)
    columns = [column for column in left.values.columns if column in right.values.columns]
    values = _computed(
        name,
        left.values.reindex(index=index, columns=columns),
        right.values.reindex(index=index, columns=columns),
    )
    return _with_undefined(
        replace(
            left,
            values=values,
            expr=lambda p, e: Call(name, (left.expr(p, e), right.expr(p, e))),
            reasons=joint(left.reasons, right.reasons, values),
        )
    )


def _computed(name: str, left: pd.DataFrame | float, right: pd.DataFrame | float) -> pd.DataFrame:
    with np.errstate(divide="ignore", invalid="ignore"):
        return _ON_ARRAYS[name](left, right)


def _with_undefined(result: Quantity) -> Quantity:
    """A division by zero is a missing value with its reason, not an infinite one."""
    undefined = pd.DataFrame(
        np.isinf(result.values.to_numpy(float)), index=result.values.index, columns=result.values.columns
    )
    if not undefined.to_numpy().any():
        return result
    return replace(result, values=result.values.mask(undefined)).with_reason("not_defined", undefined)
