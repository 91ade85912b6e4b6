"""Compare: two or more ways of making an index, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.scores.errors import ScoresError

if TYPE_CHECKING:
    from fourpillars.scores.result import Result


def compare(results: Mapping[str, Result], node: str | None = None, what: str = "ranks") -> pd.DataFrame:
    """Set one node of several results side by side.

    Parameters
    ----------
    results : Mapping[str, Result]
        Results by name; the first is what the others are compared with.
    node : str, optional
        The node; the index of each result by default.
    what : {"ranks", "scores"}
        What to compare.

    Returns
    -------
    pandas.DataFrame
        Units × results, and for each result after the first a column '<name> change' (a positive change of
        rank is a better place), in the order of the first. `attrs` holds `correlation` (with the first),
        `mean_change` (absolute) by name.

    Examples
    --------
    >>> from fourpillars.scores import Aggregate, Framework, MinMax, build
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [4.0, 2.0, 1.5]}, index=list("XYZ"))
    >>> plain = build(data, framework).replace(normalise=MinMax(1, 100))
    >>> even = plain.replace(aggregate=Aggregate("geometric"))
    >>> compare({"plain": plain, "even": even})["even change"].tolist()
    [-1, -1, 2]
    """
    if what not in ("ranks", "scores"):
        raise ScoresError.unknown("comparison", what, ("ranks", "scores"))
    if not results:
        raise ScoresError("There is nothing to compare.")
    columns = {name: getattr(result, what)[node or result.framework.top] for name, result in results.items()}
    table = pd.DataFrame(columns)
    first, *others = columns
    correlation, mean_change = {}, {}
    for name in others:
        change = table[first] - table[name] if what == "ranks" else table[name] - table[first]
        table[f"{name} change"] = change
        mean_change[name] = float(change.abs().mean())
        correlation[name] = float(table[first].astype(float).corr(table[name].astype(float)))
    table = table.sort_values(first, ascending=what == "ranks", kind="stable")
    table.attrs |= {"correlation": correlation, "mean_change": mean_change}
    return table
