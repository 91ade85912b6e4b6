"""The framework: which indicators there are, which way each counts, and how they are grouped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed

NUMBERS = ("weight", "polarity", "target", "goalpost_low", "goalpost_high")
DEFAULTS = {
    "parent": "",
    "weight": 1.0,
    "polarity": 1.0,
    "denominator": "",
    "target": np.nan,
    "goalpost_low": np.nan,
    "goalpost_high": np.nan,
}
COLUMNS = (
    "name",
    "parent",
    "level",
    "weight",
    "polarity",
    "denominator",
    "target",
    "goalpost_low",
    "goalpost_high",
)


@dataclass(frozen=True, eq=False)
class Framework:
    """The tree of an index: one row a node, from the indicators (level 1) to the index.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a node. Columns: `code` (or the index), `name`, `parent` (empty at the top), `level` (1 =
        indicator; found from the tree where left out), `weight` (within the parent; default 1), `polarity`
        (+1 or -1 for indicators), `denominator` (a column of the data), `target`, `goalpost_low`,
        `goalpost_high`. All but `code` may be left out.

    Raises
    ------
    ScoresError
        With every problem of the table at once: duplicate codes, unknown parents, cycles, levels that do
        not rise, negative weights, polarities other than +1 and -1, goalposts out of order.

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> framework = Framework(table)
    >>> framework.indicators, framework.top, framework.children("index")
    (['a', 'b'], 'index', ['a', 'b'])
    """

    table: pd.DataFrame

    def __post_init__(self) -> None:
        table = _complete(self.table)
        problems = _problems(table)
        if problems:
            raise ScoresError("The framework does not hold together: " + "; ".join(problems) + ".")
        object.__setattr__(self, "table", table)

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


def _complete(table: pd.DataFrame) -> pd.DataFrame:
    """Index by code, fill in the columns left out, and find the levels where they are not given."""
    table = table.set_index("code") if "code" in table.columns else table.copy()
    table.index = table.index.map(str).rename("code")
    for column, default in DEFAULTS.items():
        given = table[column] if column in table.columns else pd.Series(default, index=table.index)
        table[column] = given.where(given.notna(), default)
    for column in ("parent", "denominator"):
        table[column] = table[column].astype(str).str.strip()
    for column in NUMBERS:
        table[column] = pd.to_numeric(table[column], errors="coerce").astype(float)
    if "name" not in table.columns:
        table["name"] = table.index
    if "level" not in table.columns:
        table["level"] = _heights(table["parent"])
    return table[[*COLUMNS, *(column for column in table.columns if column not in COLUMNS)]]


def _heights(parents: pd.Series) -> pd.Series:
    """Level of each node: 1 for indicators, and one above the highest child for the rest."""
    height = pd.Series(1, index=parents.index)
    pairs = [(code, parent) for code, parent in parents.items() if parent in height.index]
    for _ in range(len(height)):
        raised = height.copy()
        for code, parent in pairs:
            raised[parent] = max(raised[parent], raised[code] + 1)
        if raised.equals(height):
            break
        height = raised
    return height


def _problems(table: pd.DataFrame) -> list[str]:
    """All that is wrong with a completed table, a clause each."""
    doubled = table.index[table.index.duplicated()].unique()
    if len(doubled):
        return [f"codes {listed(doubled)} stand more than once"]
    parents = table["parent"]
    orphans = table.index[(parents != "") & ~parents.isin(table.index)]
    found = [f"node {code!r} has the unknown parent {parents[code]!r}" for code in orphans]
    level = pd.to_numeric(table["level"], errors="coerce")
    found += [f"node {code!r} has no level" for code in table.index[level.isna()]]
    for code, parent in parents[(parents != "") & parents.isin(table.index)].items():
        if not level[parent] > level[code]:
            found.append(f"node {code!r} is not below its parent {parent!r} (levels {level[code]}, {level[parent]})")
    childless = table.index[(level > 1) & ~table.index.isin(parents)]
    found += [f"group {code!r} has no members" for code in childless]
    found += [f"indicator {code!r} has members" for code in table.index[(level == 1) & table.index.isin(parents)]]
    return found + _value_problems(table, level)


def _value_problems(table: pd.DataFrame, level: pd.Series) -> list[str]:
    """What is wrong with weights, polarities and goalposts."""
    bad_weight = table.index[~(np.isfinite(table["weight"]) & (table["weight"] >= 0))]
    bad_polarity = table.index[~table["polarity"].isin([1, -1]) | ((level > 1) & (table["polarity"] != 1))]
    bad_posts = table.index[table["goalpost_low"] >= table["goalpost_high"]]
    found = [f"the weight of {code!r} is {table['weight'][code]}, not a number from 0 up" for code in bad_weight]
    found += [
        f"the polarity of {code!r} is {table['polarity'][code]:g}, not +1 or -1 (+1 for groups)"
        for code in bad_polarity
    ]
    found += [f"goalpost_low of {code!r} is not below goalpost_high" for code in bad_posts]
    totals = table["weight"].groupby(table["parent"]).sum()
    found += [f"the weights under {code!r} are all zero" for code in totals.index[totals == 0] if code]
    if not (level == 1).any():
        found.append("there is no indicator (level 1)")
    return found
