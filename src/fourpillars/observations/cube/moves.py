"""Ways to move a cell's value that no published sum notices.

Along one axis, what a place gains a sibling loses, and the margins above stay; or the margins above gain it
too. One way for each axis together make a box: if all its cells are withheld and none is empty, the cell
can be larger or smaller than it is, whatever else is published.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fourpillars.observations.cube.axes import Axis


def moves(axis: Axis, place: int) -> np.ndarray:
    """Return the ways to move a place of an axis: in each row the places that move with it.

    Rows are filled up with the number of places, which is none.

    Examples
    --------
    >>> from fourpillars.observations.cube.axes import plain_axis
    >>> moves(plain_axis("size", ["s", "t", "u"], ""), 0).tolist()
    [[0, 1], [0, 2], [0, 3]]
    """
    above = {part: whole for whole, parts in axis.parts.items() for part in parts}
    ways = []
    for lower in _descents(axis, axis.codes[place]):
        moved, at = lower, axis.codes[place]
        while at in above:
            siblings = [code for code in axis.parts[above[at]] if code != at]
            ways += [moved + other for sibling in siblings for other in _descents(axis, sibling)]
            at = above[at]
            moved = [*moved, at]
        ways.append(moved)
    table = np.full((len(ways), max(map(len, ways))), len(axis.codes), dtype=np.int64)
    for row, way in zip(table, ways, strict=True):
        row[: len(way)] = [axis.place[code] for code in way]
    return table


def cheapest_box(cost: np.ndarray, ways: Sequence[np.ndarray]) -> tuple[np.ndarray, ...]:
    """Return the box of least cost, as indices of the cube.

    Parameters
    ----------
    cost : array of the cube's shape
        What it costs to withhold each cell: 0 if it is withheld already, infinite if it is empty.
    ways : sequence of array
        The ways to move the cell's place on each axis.

    Examples
    --------
    >>> from fourpillars.observations.cube.axes import plain_axis
    >>> axis = plain_axis("size", ["s", "t"], "")
    >>> cost = np.array([[0, 5, 9], [4, 3, 9], [9, 9, 9]])
    >>> [places.ravel().tolist() for places in cheapest_box(cost, [moves(axis, 0)] * 2)]
    [[0, 1], [0, 1]]
    """
    total = np.pad(np.asarray(cost, dtype=float), [(0, 1)] * np.ndim(cost))
    for number, choices in enumerate(ways):
        total = total.take(choices, axis=number).sum(axis=number + 1)
    best = np.unravel_index(np.argmin(total), total.shape)
    chosen = [choices[number] for choices, number in zip(ways, best, strict=True)]
    return np.ix_(*(row[row < length] for row, length in zip(chosen, np.shape(cost), strict=True)))


def _descents(axis: Axis, code: str) -> list[list[str]]:
    """Return the ways down from a place to one that has no parts, the place itself first."""
    if code not in axis.parts:
        return [[code]]
    return [[code, *lower] for part in axis.parts[code] for lower in _descents(axis, part)]
