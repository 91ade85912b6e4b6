"""Contributions: a score split into its indicators, and what each weighs in truth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fourpillars.scores.aggregate import METHODS, Aggregate, PowerMean
from fourpillars.scores.errors import ScoresError
from fourpillars.scores.framework import Framework

DIVISIBLE = ("arithmetic", "geometric", "harmonic")


def contributions(scores: pd.DataFrame, framework: Framework, step: Aggregate, node: str) -> pd.DataFrame:
    """Split the score of `node` into its indicators, units × indicators; each row adds up to the score.

    In an arithmetic mean an indicator contributes its weight times its score, weights scaled up where
    members are missing. Any other mean is below (or above) the arithmetic one, since its members are
    uneven: the difference is spread in proportion to the arithmetic contributions.

    Parameters
    ----------
    scores : pandas.DataFrame
        Scores of all nodes, units × nodes, as `Result.scores`.
    node : str
        The node to split.

    Raises
    ------
    ScoresError
        Where a group under `node` is made by comparing units or by the median: such scores are not sums of
        parts.
    """
    factor = {node: pd.Series(1.0, index=scores.index).where(scores[node].notna())}
    for code in [code for code in reversed(framework.groups) if code in framework.table.index]:
        if code not in factor:
            continue
        children = framework.children(code)
        weights = framework.table["weight"][children]
        values = scores[children]
        shares = values.notna() * weights
        shares = shares.div(shares.sum(axis=1).where(lambda total: total > 0), axis=0)
        stretch = _stretch(
            scores[code], (shares * values).sum(axis=1), step.method(int(framework.table["level"][code]))
        )
        for child in children:
            factor[child] = factor[code] * shares[child] * stretch
    leaves = framework.leaves(node)
    parts = pd.DataFrame({leaf: (factor[leaf] * scores[leaf]).fillna(0.0) for leaf in leaves}, index=scores.index)
    return parts.where(scores[node].notna())


def _stretch(score: pd.Series, plain: pd.Series, method: object) -> pd.Series:
    """Ratio of a group's score to the arithmetic mean of its members."""
    if method == "arithmetic":
        return pd.Series(1.0, index=score.index)
    if not (isinstance(method, PowerMean) or method in DIVISIBLE):
        name = method if method in METHODS else getattr(method, "__name__", "this method")
        raise ScoresError(
            f"A score made by {name} is not a sum of parts.",
            hint="Contributions exist for arithmetic, geometric, harmonic and power means.",
        )
    return (score / plain.where(plain != 0)).fillna(0.0)


def effective_weights(scores: pd.DataFrame, framework: Framework, node: str) -> pd.DataFrame:
    """Weights beside what they come to, a row for each node under `node`.

    Columns: `level`, `parent`, `nominal` (as given), `share` (within the parent), `effective` (in `node`:
    the product of the shares down to it), `correlation` (with the score of `node`) and `influence`
    (effective × covariance with the score / variance of the score: the part of the score's variance it
    accounts for; of indicators under arithmetic means without gaps these add up to one).
    """
    shares = framework.shares()
    effective = {node: 1.0}
    for code in reversed(framework.groups):
        if code in effective:
            effective.update({child: effective[code] * shares[child] for child in framework.children(code)})
    codes = [code for code in scores.columns if code in effective and code != node]
    top = scores[node]
    spread = float(top.var())
    table = framework.table.loc[codes, ["level", "parent", "weight"]].rename(columns={"weight": "nominal"})
    table["share"] = shares[codes]
    table["effective"] = [effective[code] for code in codes]
    usable = np.isfinite(spread) and spread > 0
    table["correlation"] = [_correlation(scores[code], top) if usable else np.nan for code in codes]
    covariance = [scores[code].cov(top) if usable else np.nan for code in codes]
    table["influence"] = table["effective"] * np.array(covariance) / (spread if usable else np.nan)
    return table


def _correlation(left: pd.Series, right: pd.Series) -> float:
    both = left.notna() & right.notna()
    if both.sum() < 2 or left[both].nunique() < 2 or right[both].nunique() < 2:
        return np.nan
    return float(left[both].corr(right[both]))
