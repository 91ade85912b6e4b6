"""Withhold the cells of few enterprises, and enough others that they cannot be worked back.

Primary: a cell of fewer than n enterprises, or one that a single enterprise dominates. Secondary: in every
sum with a published total, at least two parts are withheld or none, and those withheld, taken together,
would themselves pass the primary rule, as their sum can be worked out. Sums of several axes can still
single a cell out: where the equations of all sums together determine one, a box of cells is withheld in
which it can move. (After Hundepool et al.,
*Statistical Disclosure Control*, 2012, chapter 4.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fourpillars.errors import FourPillarsError
from fourpillars.observations.cube.margins import Margins
from fourpillars.observations.cube.moves import cheapest_box

#: Seed and tolerance of the test whether a cell follows from the equations.
SEED, ZERO = 20260801, 1e-6


@dataclass(frozen=True)
class Rule:
    """When a group of enterprises is too small, or too much one enterprise's, to be published.

    Attributes
    ----------
    least : int
        The fewest enterprises.
    dominance : float or None
        The greatest share, in per cent, of a group's revenue that one enterprise may have.
    """

    least: int = 10
    dominance: float | None = None

    def __post_init__(self) -> None:
        if self.least < 2:
            hint = "It must be at least 2; 10 is usual."
            raise FourPillarsError(f"The fewest enterprises of a cell is {self.least}.", hint)
        if self.dominance is not None and not 0 < self.dominance <= 100:
            raise FourPillarsError(f"The greatest share is {self.dominance} per cent.", "Write 85, say.")

    def broken_by(self, counts: np.ndarray, revenue: np.ndarray, largest: np.ndarray) -> np.ndarray:
        """Say which groups break the rule; a group of none does not.

        Examples
        --------
        >>> counts, revenue, largest = np.array([0, 9, 12]), np.array([0, 9, 100]), np.array([0, 1, 90])
        >>> Rule(10).broken_by(counts, revenue, largest).tolist()
        [False, True, False]
        >>> Rule(10, dominance=85).broken_by(counts, revenue, largest).tolist()
        [False, True, True]
        """
        broken = (counts > 0) & (counts < self.least)
        if self.dominance is not None:
            broken |= (counts > 0) & (100 * largest > self.dominance * revenue)
        return broken


@dataclass(frozen=True)
class Withheld:
    """The cells that are not published, as arrays of the cube's shape: by the rule, and to protect those."""

    primary: np.ndarray
    secondary: np.ndarray

    @property
    def cells(self) -> np.ndarray:
        """All of them."""
        return self.primary | self.secondary


def withhold(margins: Margins, rule: Rule, counts: np.ndarray, revenue: np.ndarray, largest: np.ndarray) -> Withheld:
    """Choose the cells that are not published.

    Parameters
    ----------
    margins : Margins
        What adds up to what.
    rule : Rule
        When a group of enterprises must not be published.
    counts, revenue, largest : arrays of the cube's shape
        Of each cell: the enterprises, their revenue, and the greatest revenue of one (without signs).

    Returns
    -------
    Withheld
        The cells withheld by the rule, and those withheld to protect them. Empty cells are not withheld.

    Examples
    --------
    >>> from fourpillars.observations.cube.axes import plain_axis
    >>> from fourpillars.observations.cube.margins import margins_of
    >>> axes = plain_axis("ref_area", ["a", "b", "c"], "CN"), plain_axis("size", ["s", "t"], "")
    >>> counts = np.array([[4, 20, 24], [30, 40, 70], [50, 60, 110], [84, 120, 204]])
    >>> found = withhold(margins_of(axes), Rule(10), counts, counts, counts * 0)
    >>> found.cells.astype(int).tolist()
    [[1, 1, 0], [1, 1, 0], [0, 0, 0], [0, 0, 0]]
    """
    search = _Search(margins, rule, counts.ravel(), revenue.ravel(), largest.ravel())
    primary, hidden = search.protect()
    return Withheld(primary.reshape(margins.shape), (hidden & ~primary).reshape(margins.shape))


def derivable(margins: Margins, hidden: np.ndarray) -> np.ndarray:
    """Return the hidden cells that the equations of all sums determine exactly.

    A cell is determined if no solution of the equations with zeros on the right moves it. A random vector,
    projected on those solutions, has a zero there and (but for chance) only there.

    Parameters
    ----------
    hidden : array of bool, shape (cells,)

    Returns
    -------
    array of int
        The cells, in order.

    Examples
    --------
    >>> from fourpillars.observations.cube.axes import plain_axis
    >>> from fourpillars.observations.cube.margins import margins_of
    >>> margins = margins_of([plain_axis("size", ["s", "t", "u"], "")])
    >>> derivable(margins, np.array([True, False, False, False])).tolist()
    [0]
    >>> derivable(margins, np.array([True, True, False, False])).tolist()
    []
    """
    from scipy.sparse.linalg import lsmr

    places = np.flatnonzero(hidden)
    if not len(places):
        return places
    equations = margins.matrix[:, places]
    equations = equations[np.flatnonzero(abs(equations).sum(axis=1))]
    if not equations.shape[0]:
        return places[:0]
    random = np.random.default_rng(SEED)
    moved = np.zeros(len(places))
    for _ in range(2):
        vector = random.choice((-1.0, 1.0), len(places)) * random.uniform(1, 2, len(places))
        limit = 20 * len(places)
        along = lsmr(equations.T, vector, atol=1e-13, btol=1e-13, conlim=0, maxiter=limit)[0]
        moved = np.maximum(moved, np.abs(vector - equations.T @ along))
    return places[moved < ZERO]


class _Search:
    """The search for cells to withhold. Arrays have one entry more than cells: the part that is none."""

    def __init__(
        self, margins: Margins, rule: Rule, counts: np.ndarray, revenue: np.ndarray, largest: np.ndarray
    ) -> None:
        self.margins, self.rule = margins, rule
        self.counts, self.revenue, self.largest = (np.append(values, 0) for values in (counts, revenue, largest))
        order = np.lexsort((np.arange(len(self.counts)), self.revenue, self.counts))
        self.worth = np.empty(len(order), dtype=np.int64)
        self.worth[order] = np.arange(len(order))

    def protect(self) -> tuple[np.ndarray, np.ndarray]:
        """Withhold until every sum keeps the rule and no cell follows from all sums together.

        Returns
        -------
        tuple of array of bool, shape (cells,)
            The cells withheld by the rule, and all that are withheld.
        """
        primary = self.rule.broken_by(self.counts, self.revenue, self.largest)
        hidden = primary.copy()
        while True:
            self._settle(hidden)
            known = derivable(self.margins, hidden[:-1])
            if not len(known):
                return primary[:-1], hidden[:-1]
            self._cover(known, hidden)

    def _settle(self, hidden: np.ndarray) -> None:
        """Withhold the least cells until no sum gives a withheld one, or too small a group of them, away."""
        while True:
            broken = np.flatnonzero(self._broken(hidden, slice(None)))
            if not len(broken):
                return
            for number in broken:
                while self._broken(hidden, slice(number, number + 1))[0]:
                    if self._hide_least(self.margins.members[number], hidden) is None:
                        raise ValueError("the cells do not add up to their margins")

    def _broken(self, hidden: np.ndarray, sums: slice) -> np.ndarray:
        parts, totals = self.margins.parts[sums], self.margins.totals[sums]
        inside, above = hidden[parts], hidden[totals]
        alone = inside.sum(axis=1) + above == 1
        together = self.rule.broken_by(
            (self.counts[parts] * inside).sum(axis=1),
            (self.revenue[parts] * inside).sum(axis=1),
            (self.largest[parts] * inside).max(axis=1, initial=0),
        )
        return alone | (together & ~above)

    def _cover(self, known: np.ndarray, hidden: np.ndarray) -> None:
        """Withhold, for each cell that follows from all sums together, the cheapest box that lets it move."""
        shape = self.margins.shape
        cost = np.where(self.counts > 0, self.counts + 1.0, np.inf)[:-1].reshape(shape)
        withheld = hidden[:-1].reshape(shape)
        for cell in known:
            cost[withheld] = 0
            withheld[cheapest_box(cost, self.margins.ways_of(cell))] = True

    def _hide_least(self, among: np.ndarray, hidden: np.ndarray) -> int | None:
        """Withhold the cell of fewest enterprises among some that are not yet, and return it."""
        free = among[(self.counts[among] > 0) & ~hidden[among]]
        if not len(free):
            return None
        cell = int(free[np.argmin(self.worth[free])])
        hidden[cell] = True
        return cell
