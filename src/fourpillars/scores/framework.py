"""The framework: which indicators there are, which way each counts, and how they are grouped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from fourpillars.scores.errors import ScoresError, listed
from fourpillars.scores.framework_table import completed, problems


@dataclass(frozen=True, eq=False)
class Framework:
    """The tree of an index: one row a node, from the indicators (level 1) to the index.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a node, in any order. Columns: `code` (or the index), `name`, `parent` (empty, None or NaN at
        the top), `level` (1 = indicator; whole numbers, which may leave steps out; found from the tree where
        left out), `weight` (within the parent: the members of a group have weights all or none, and none
        means equal; they need not add up to one), `polarity` (+1 or -1, for the indicators all or none;
        default +1), `denominator` (a column of the data), `target`, `goalpost_low`, `goalpost_high`. All but
        `code` may be left out; other columns are kept. Codes are compared as text, so that 1 and 1.0 are '1'.

    Raises
    ------
    ScoresError
        With every problem of the table at once: codes missing or double, unknown parents, cycles, levels that
        do not rise, weights missing or negative, polarities other than +1 and -1, goalposts out of order.

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> framework = Framework(table)
    >>> framework.indicators, framework.top, framework.children("index")
    (['a', 'b'], 'index', ['a', 'b'])
    """

    table: pd.DataFrame

    def __post_init__(self) -> None:
        table = completed(self.table)
        found = problems(table)
        if found:
            raise ScoresError("The framework does not hold together: " + "; ".join(found) + ".")
        object.__setattr__(self, "table", table.astype({"level": int}))

    @cached_property
    def indicators(self) -> list[str]:
        """Codes of the indicators (level 1), in the order of the table."""
        return self.nodes(1)

    @cached_property
    def levels(self) -> list[int]:
        """Levels of the tree, bottom up."""
        return sorted(int(level) for level in self.table["level"].unique())

    @cached_property
    def top(self) -> str:
        """Code of the one node without a parent."""
        roots = self.table.index[self.table["parent"] == ""]
        if len(roots) != 1:
            raise ScoresError(
                f"The framework has {len(roots)} nodes without a parent: {listed(roots)}.",
                hint="Name one index above them, or ask for a node by its code.",
            )
        return roots[0]

    @cached_property
    def groups(self) -> list[str]:
        """Codes of the nodes above the indicators, bottom up."""
        above = self.table[self.table["level"] > 1]
        return list(above.sort_values("level", kind="stable").index)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = {code: [] for code in self.table.index}
        for code, parent in self.table["parent"].items():
            if parent:
                members[parent].append(code)
        return members

    def nodes(self, level: int) -> list[str]:
        """Codes of the nodes of one level."""
        return list(self.table.index[self.table["level"] == level])

    def children(self, code: str) -> list[str]:
        """Codes of the nodes directly under `code`."""
        return self._children[self.known(code)]

    def leaves(self, code: str) -> list[str]:
        """Codes of the indicators under `code`; of an indicator, itself."""
        children = self.children(code)
        return [leaf for child in children for leaf in self.leaves(child)] if children else [code]

    def known(self, code: str) -> str:
        """Return `code` if it is a node, else refuse it."""
        if code not in self.table.index:
            raise ScoresError.unknown("node", code, self.table.index)
        return code

    def shares(self) -> pd.Series:
        """Weights scaled to add up to one within each parent (the top has 1)."""
        weights = self.table["weight"]
        totals = weights.groupby(self.table["parent"]).transform("sum")
        return (weights / totals).where(self.table["parent"] != "", 1.0).rename("share")

    def with_weights(self, weights: pd.Series) -> Framework:
        """Return the framework with the weights of some nodes replaced."""
        table = self.table.copy()
        table.loc[weights.index, "weight"] = weights.astype(float)
        return Framework(table)

    def without(self, codes: Iterable[str]) -> Framework:
        """Return the framework without some nodes, all that is under them, and groups left empty.

        Examples
        --------
        >>> table = pd.DataFrame({"code": [*"abpqi"], "parent": ["p", "q", "i", "i", ""]})
        >>> list(Framework(table).without(["a"]).table.index)
        ['b', 'q', 'i']
        """
        gone = {leaf for code in codes for leaf in self.leaves(self.known(code))}
        kept = [code for code in self.table.index if not set(self.leaves(code)) <= gone]
        if not kept:
            raise ScoresError("Nothing is left of the framework.", hint="Leave at least one indicator in.")
        return Framework(self.table.loc[kept])
