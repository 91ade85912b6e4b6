"""Which cells of a cube add up to which: what anyone can work out from the margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from fourpillars.observations.cube.axes import Axis
from fourpillars.observations.cube.moves import moves

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class Margins:
    """The sums of a cube: in each, one cell is the total of others.

    Attributes
    ----------
    axes : sequence of Axis
        What divides the cube; its cells are counted in C order.
    totals : array of int, shape (sums,)
        The cell that is the total.
    parts : array of int, shape (sums, most parts)
        The cells it is the total of, filled up with the number of cells, which is no cell.
    """

    axes: Sequence[Axis]
    totals: np.ndarray
    parts: np.ndarray

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The cube's shape."""
        return tuple(len(axis.codes) for axis in self.axes)

    @cached_property
    def cells(self) -> int:
        """How many cells there are."""
        return int(np.prod(self.shape))

    @cached_property
    def members(self) -> list[np.ndarray]:
        """The cells of each sum: its parts, and its total last."""
        return [
            np.append(parts[parts < self.cells], total) for parts, total in zip(self.parts, self.totals, strict=True)
        ]

    def ways_of(self, cell: int) -> list[np.ndarray]:
        """Return the ways to move a cell, axis by axis."""
        places = np.unravel_index(cell, self.shape)
        return [self._ways(number, int(place)) for number, place in enumerate(places)]

    def _ways(self, number: int, place: int) -> np.ndarray:
        if (number, place) not in self._known_ways:
            self._known_ways[number, place] = moves(self.axes[number], place)
        return self._known_ways[number, place]

    @cached_property
    def _known_ways(self) -> dict[tuple[int, int], np.ndarray]:
        return {}

    @cached_property
    def matrix(self) -> csr_array:
        """The sums as equations: parts less total is zero; one row a sum, one column a cell."""
        from scipy.sparse import csr_array

        sums = np.repeat(np.arange(len(self.totals)), self.parts.shape[1])
        parts = self.parts.ravel()
        real = parts < self.cells
        rows = np.concatenate([sums[real], np.arange(len(self.totals))])
        columns = np.concatenate([parts[real], self.totals])
        signs = np.concatenate([np.ones(real.sum()), -np.ones(len(self.totals))])
        return csr_array((signs, (rows, columns)), shape=(len(self.totals), self.cells))


def margins_of(axes: Sequence[Axis]) -> Margins:
    """Return the sums of a cube with these axes.

    Examples
    --------
    >>> from fourpillars.observations.cube.axes import plain_axis
    >>> rows, columns = plain_axis("ref_area", ["a", "b"], "CN"), plain_axis("size", ["s", "t"], "")
    >>> margins_of([rows, columns]).totals.tolist()
    [6, 7, 8, 2, 5, 8]
    """
    shape = tuple(len(axis.codes) for axis in axes)
    sums = [each for number in range(len(axes)) for each in _along(axes, number, shape)]
    widest = max((len(parts) for _, parts in sums), default=0)
    table = np.full((len(sums), widest), int(np.prod(shape)), dtype=np.int64)
    for row, (_, parts) in zip(table, sums, strict=True):
        row[: len(parts)] = parts
    return Margins(axes, np.array([total for total, _ in sums], dtype=np.int64), table)


def _along(axes: Sequence[Axis], number: int, shape: tuple[int, ...]) -> list[tuple[int, np.ndarray]]:
    """Return the sums along one axis: the total's cell and its parts' cells."""
    axis = axes[number]
    strides = [int(np.prod(shape[n + 1 :])) for n in range(len(shape))]
    others = [range(length) for n, length in enumerate(shape) if n != number]
    steps = [stride for n, stride in enumerate(strides) if n != number]
    starts = [int(np.dot(place, steps)) if steps else 0 for place in product(*others)]
    sums = []
    for total, parts in axis.parts.items():
        places = np.array([axis.place[part] for part in parts]) * strides[number]
        sums += [(start + axis.place[total] * strides[number], start + places) for start in starts]
    return sums
