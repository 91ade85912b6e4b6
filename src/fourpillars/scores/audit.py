"""Audit: what the data say about themselves and about the framework, before anybody believes the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.moments import kurtosis, outlying, skewness
from fourpillars.scores.normalise import highest, lowest
from fourpillars.scores.weight_components import loadings

if TYPE_CHECKING:
    from fourpillars.scores.framework import Framework
    from fourpillars.scores.result import Result


def statistics(values: pd.DataFrame, availability: float = 0.65, zeros: float = 0.5) -> pd.DataFrame:
    """Describe every indicator, with flags.

    Columns: count, availability, minimum, maximum, mean, median, sd, skewness, kurtosis (sample-adjusted,
    excess), unique, zeros (share of the values); flags low_availability, many_zeros, outliers (|skewness|
    ≥ 2 and kurtosis ≥ 3.5), constant.

    Examples
    --------
    >>> statistics(pd.DataFrame({"a": [1.0, 2.0, 3.0, None]})).loc["a", ["count", "mean", "sd"]].tolist()
    [3.0, 2.0, 1.0]
    """
    array = values.to_numpy(dtype=float)
    table = pd.DataFrame(
        {
            "count": values.notna().sum(),
            "availability": values.notna().mean(),
            "minimum": values.min(),
            "maximum": values.max(),
            "mean": values.mean(),
            "median": values.median(),
            "sd": values.std(),
            "skewness": skewness(array),
            "kurtosis": kurtosis(array),
            "unique": values.nunique(),
            "zeros": (values == 0).sum() / values.notna().sum(),
        }
    )
    return table.assign(
        low_availability=table["availability"] < availability,
        many_zeros=table["zeros"] > zeros,
        outliers=outlying(array, 2.0, 3.5),
        constant=highest(array) == lowest(array),
    )


def correlations(result: Result, level: int = 1, high: float = 0.92, low: float = -0.4) -> pd.DataFrame:
    """Correlate nodes of one level with each other, and with the groups above them.

    Parameters
    ----------
    level : int
        The level of the first node of each pair.
    high, low : float
        Within a group, a correlation above `high` is flagged as redundant, one below `low` as opposed.

    Returns
    -------
    pandas.DataFrame
        One row a pair: node, other, relation (within: same parent; across: another parent; above: `other`
        is a group over the node), correlation (Pearson, pairwise), count, p (two-sided), flag ('' |
        redundant | opposed | weak: below 0.3 with its own group | negative: below 0 with its own group).
    """
    framework, scores = result.framework, result.scores
    nodes = framework.nodes(level)
    pairs = [(one, other) for place, one in enumerate(nodes) for other in nodes[place + 1 :]]
    rows = []
    for one, other in pairs:
        relation = "within" if framework.table["parent"][one] == framework.table["parent"][other] else "across"
        rows.append((one, other, relation, *_correlated(scores[one], scores[other])))
    for one in nodes:
        rows += [(one, group, "above", *_correlated(scores[one], scores[group])) for group in _over(framework, one)]
    table = pd.DataFrame(rows, columns=["node", "other", "relation", "correlation", "count", "p"])
    own = table["other"] == table["node"].map(framework.table["parent"])
    value, relation = table["correlation"], table["relation"]
    flags = np.select(
        [
            (relation == "within") & (value > high),
            (relation == "within") & (value < low),
            own & (value < 0),
            own & (value < 0.3),
        ],
        ["redundant", "opposed", "negative", "weak"],
        default="",
    )
    return table.assign(flag=flags)


def _over(framework: Framework, code: str) -> list[str]:
    parent = framework.table["parent"][code]
    return [parent, *_over(framework, parent)] if parent else []


def _correlated(one: pd.Series, other: pd.Series) -> tuple[float, int, float]:
    from scipy.stats import pearsonr

    both = one.notna() & other.notna()
    count = int(both.sum())
    if count < 3 or one[both].nunique() < 2 or other[both].nunique() < 2:
        return np.nan, count, np.nan
    found = pearsonr(one[both], other[both])
    return float(found.statistic), count, float(found.pvalue)


def cronbach_alpha(values: pd.DataFrame) -> float:
    """Cronbach's alpha of some indicators: k/(k − 1) × (1 − Σ variances / Σ covariances), pairwise.

    Examples
    --------
    >>> cronbach_alpha(pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [2.0, 4.0, 6.0]}))
    0.8888888888888888
    """
    count = values.shape[1]
    if count < 2:
        raise ScoresError("Cronbach's alpha needs two indicators.")
    covariance = values.cov().to_numpy()
    total = covariance.sum()
    return float(count / (count - 1) * (1 - np.trace(covariance) / total)) if total > 0 else float("nan")


def reliability(result: Result) -> pd.DataFrame:
    """Cronbach's alpha of the members of every group of two or more; `consistent` from 0.7 up."""
    rows = {}
    for group in result.framework.groups:
        children = result.framework.children(group)
        if len(children) > 1:
            alpha = cronbach_alpha(result.scores[children])
            rows[group] = {"members": len(children), "alpha": alpha, "consistent": alpha >= 0.7}
    return pd.DataFrame.from_dict(rows, orient="index")


def components(values: pd.DataFrame) -> pd.DataFrame:
    """Principal components of the correlation matrix: eigenvalue, share of the variance, loadings.

    Examples
    --------
    >>> components(pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [2.0, 4.0, 6.0]}))["share"].round(6).tolist()
    [1.0, 0.0]
    """
    flat = statistics(values)["constant"]
    if flat.any():
        raise ScoresError(f"Components need indicators that vary: {', '.join(flat.index[flat])} do not.")
    loaded, eigenvalues = loadings(values.to_numpy(dtype=float))
    share = eigenvalues / eigenvalues.sum()
    table = pd.DataFrame(
        {"eigenvalue": eigenvalues, "share": share, "cumulated": share.cumsum()},
        index=[f"PC{number}" for number in range(1, len(share) + 1)],
    )
    return pd.concat([table, pd.DataFrame(loaded.T, index=table.index, columns=values.columns)], axis=1)


def collinearity(values: pd.DataFrame, most: float = 10.0) -> pd.DataFrame:
    """Variance inflation factor of every indicator among the others, flagged above `most`.

    Computed from the inverse of the (pairwise) correlation matrix; infinite where that has none.

    Examples
    --------
    >>> collinearity(pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, -2.0, 1.0]}))["vif"].round(6).tolist()
    [1.0, 1.0]
    """
    correlation = values.corr().to_numpy()
    if np.isnan(correlation).any():
        raise ScoresError("Collinearity needs indicators that vary and overlap.")
    singular = np.linalg.eigvalsh(correlation)[0] < 1e-10
    inflation = np.full(len(correlation), np.inf) if singular else np.diag(np.linalg.inv(correlation))
    return pd.DataFrame({"vif": inflation, "collinear": inflation > most}, index=values.columns)
