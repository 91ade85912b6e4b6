"""Coverage: how much of each node's data is there, before anything is imputed."""

from __future__ import annotations

import pandas as pd

from fourpillars.scores.framework import Framework


def coverage(values: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Share of the indicators under each node that have a value, units × nodes.

    Indicators without a weight do not count, save where a group has no other.

    Examples
    --------
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
    >>> coverage(pd.DataFrame({"a": [1.0, None], "b": [2.0, 5.0]}), framework)["index"].tolist()
    [1.0, 0.5]
    """
    there = values[framework.indicators].notna().to_numpy(dtype=float)
    place = {code: position for position, code in enumerate(framework.indicators)}
    weight = framework.table["weight"].to_dict()
    nodes = {code: there[:, position] for code, position in place.items()}
    for code in framework.groups:
        leaves = framework.leaves(code)
        counted = [leaf for leaf in leaves if weight[leaf] > 0] or leaves
        nodes[code] = there[:, [place[leaf] for leaf in counted]].mean(axis=1)
    return pd.DataFrame(nodes, index=values.index)
