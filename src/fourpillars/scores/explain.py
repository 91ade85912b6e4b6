"""Explain: what stands behind a unit's score, and what moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.step import is_panel

if TYPE_CHECKING:
    from fourpillars.scores.result import Result


def strengths_weaknesses(result: Result, unit: object, count: int = 5, node: str | None = None) -> pd.DataFrame:
    """Return a unit's best and worst indicators, by rank among the units that have them.

    Parameters
    ----------
    unit : object
        A row of the result.
    count : int
        How many of each, at the most; an indicator is never both, and one that does not vary is neither.
    node : str, optional
        Only indicators under this node.

    Returns
    -------
    pandas.DataFrame
        Columns: kind (strength | weakness), indicator, name, rank, units (that have a value), value (as it
        came in), unit (of the value: the framework's column `unit`, '' without one), period (of a panel's
        row, else ''), score; strengths from the best, then weaknesses from the worst.

    Examples
    --------
    >>> from fourpillars.scores import Framework, build
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [9.0, 8.0, 7.0]}, index=list("XYZ"))
    >>> found = strengths_weaknesses(build(data, framework), "X", count=1)
    >>> found[["kind", "indicator", "rank"]].values.tolist()
    [['strength', 'b', 1], ['weakness', 'a', 3]]
    """
    if unit not in result.scores.index:
        raise ScoresError.unknown("unit", unit, result.scores.index)
    framework = result.framework
    codes = framework.leaves(framework.known(node)) if node else framework.indicators
    scores = _peers(result, unit)[codes]
    codes = [code for code in codes if pd.notna(scores.loc[unit, code]) and scores[code].nunique() > 1]
    places = scores[codes].rank(ascending=False, method="min").loc[unit]
    counts = scores[codes].notna().sum()
    standing = ((places - 1) / (counts - 1)).sort_values(kind="stable")
    half = min(count, len(standing) // 2) if len(standing) > 1 else len(standing)
    best, worst = list(standing.index[:half]), list(standing.index[::-1][:half])
    worst = [code for code in worst if code not in best]
    return pd.DataFrame(
        {
            "kind": ["strength"] * len(best) + ["weakness"] * len(worst),
            "indicator": best + worst,
            "name": [framework.table["name"][code] for code in best + worst],
            "rank": [int(places[code]) for code in best + worst],
            "units": [int(counts[code]) for code in best + worst],
            "value": [result.data.loc[unit, code] for code in best + worst],
            "unit": [framework.table["unit"][code] if "unit" in framework.table else "" for code in best + worst],
            "period": unit[1] if is_panel(result.scores.index) else "",
            "score": [scores.loc[unit, code] for code in best + worst],
        }
    )


def _peers(result: Result, unit: object) -> pd.DataFrame:
    """Return the scores of all units, of a panel those of the unit's period."""
    if not is_panel(result.scores.index):
        return result.scores
    return result.scores[result.scores.index.get_level_values(1) == unit[1]]


def change(before: Result, after: Result, node: str | None = None) -> pd.DataFrame:
    """Split the change of a score between two periods into the changes of its indicators.

    Both results must be made by the same goalposts and weights for the change to mean anything.

    Returns
    -------
    pandas.DataFrame
        Units × indicators: change of each indicator's contribution, `total` their sum. What is known in
        only one of the two periods counts as the whole of its contribution; a unit with only one score
        has none.

    Examples
    --------
    >>> from fourpillars.scores import Framework, Goalposts, Recipe, build
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""],
    ...                                     "goalpost_low": [0, 0, None], "goalpost_high": [10, 10, None]}))
    >>> may, june = (build(pd.DataFrame({"a": [a], "b": [5.0]}), framework, Recipe(normalise=Goalposts()))
    ...              for a in (4.0, 6.0))
    >>> change(may, june).iloc[0].to_dict()
    {'a': 10.0, 'b': 0.0, 'total': 10.0}
    """
    node = after.framework.known(node) if node else after.framework.top
    first, second = before.contributions_to(node), after.contributions_to(node)
    codes = list(dict.fromkeys([*second.columns, *first.columns]))
    units = [unit for unit in second.index if unit in first.index]
    first = first.reindex(index=units, columns=codes, fill_value=0.0)
    second = second.reindex(index=units, columns=codes, fill_value=0.0)
    moved = second - first
    return moved.assign(total=moved.sum(axis=1, min_count=1))


def changes(result: Result, node: str | None = None) -> pd.DataFrame:
    """Split every change of a panel's scores, from each unit's period to its next, into its indicators.

    Returns
    -------
    pandas.DataFrame
        Like `change`, a row a unit and period but each unit's first; missing where either score is.

    Examples
    --------
    >>> from fourpillars.scores import Framework, Goalposts, Recipe, build
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""],
    ...                                     "goalpost_low": [0, 0, None], "goalpost_high": [10, 10, None]}))
    >>> index = pd.MultiIndex.from_product([["X"], [2024, 2025]])
    >>> panel = pd.DataFrame({"a": [4.0, 6.0], "b": [5.0, 4.0]}, index=index)
    >>> changes(build(panel, framework, Recipe(normalise=Goalposts()))).loc[("X", 2025)].to_dict()
    {'a': 10.0, 'b': -5.0, 'total': 5.0}
    """
    if not is_panel(result.scores.index):
        raise ScoresError("Changes need rows by (unit, period).", hint="Of two results, use change(before, after).")
    parts = result.contributions_to(result.framework.known(node) if node else result.framework.top)
    ordered = parts.sort_index(level=1, sort_remaining=False)
    moved = ordered.groupby(level=0).diff().reindex(parts.index)
    later = ordered.groupby(level=0).cumcount().reindex(parts.index) > 0
    return moved[later].assign(total=moved[later].sum(axis=1, min_count=1))
