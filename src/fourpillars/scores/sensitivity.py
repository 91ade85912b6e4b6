"""Sensitivity: which choice moves the ranks most (Sobol' indices), and which indicator (leave one out)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.rank import rank
from fourpillars.scores.replications import Replications, default_choices
from fourpillars.scores.uncertainty import draw

if TYPE_CHECKING:
    from fourpillars.scores.result import Result


def sensitivity(
    result: Result,
    n: int = 256,
    seed: int = 0,
    noise: float | Sequence[float] = 0.25,
    node: str | None = None,
    **choices: Sequence[Any],
) -> pd.DataFrame:
    """First-order and total Sobol' indices of every choice, and of the noise in the weights.

    The output is the mean absolute change of rank against the published ranks (Saisana, Saltelli and
    Tarantola, 2005). Each choice is one input, all weights together another; samples and estimates are
    SALib's.

    Parameters
    ----------
    n : int
        Base sample (a power of two); n × (inputs + 2) replications are made.
    seed, noise, node, **choices
        As in `uncertainty`.

    Returns
    -------
    pandas.DataFrame
        A row an input: `first` and `total`, with `first_ci` and `total_ci` (half-widths of 95 % intervals).
        The attribute `attrs["mean_change"]` holds the mean of the output.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    node = result.framework.known(node) if node else result.framework.top
    options = dict(choices) or default_choices(result)
    replications = Replications(result, options, node)
    names = [*options, "weights"] if np.any(np.asarray(noise) > 0) else list(options)
    if n < 2 or n & (n - 1):
        raise ScoresError(f"n= is a power of two, not {n}.", hint="Use 256 or 512.")
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    sample = sampling.sample(problem, n, calc_second_order=False, seed=seed)
    _, noises = draw(result, options, n, noise, np.random.default_rng(seed))
    sizes = np.array([len(alternatives) for alternatives in options.values()])
    picks = np.minimum((sample[:, : len(options)] * sizes).astype(int), sizes - 1)
    factors = noises[np.minimum((sample[:, -1] * n).astype(int), n - 1)] if names[-1] == "weights" else noises[:1]
    factors = np.broadcast_to(factors, (len(sample), noises.shape[1]))
    ranks = replications.ranks(picks, factors)
    change = np.nanmean(np.abs(ranks - result.ranks[node].to_numpy(dtype=float, na_value=np.nan)), axis=1)
    if np.ptp(change) == 0:
        table = pd.DataFrame(0.0, index=names, columns=["first", "first_ci", "total", "total_ci"])
    else:
        found = analysis.analyze(problem, change, calc_second_order=False, seed=seed, print_to_console=False)
        table = pd.DataFrame(
            {
                "first": found["S1"],
                "first_ci": found["S1_conf"],
                "total": found["ST"],
                "total_ci": found["ST_conf"],
            },
            index=names,
        )
    table.attrs["mean_change"] = float(change.mean())
    return table.rename_axis("choice")


def leave_one_out(result: Result, level: int = 1, node: str | None = None) -> pd.DataFrame:
    """Leave out each node of a level in turn, and see how the ranks move.

    Returns
    -------
    pandas.DataFrame
        A row a node left out: `mean_change` and `most_change` of ranks (absolute, among the units with a
        score both times), `correlation` (Spearman) of the ranks, and `units`, how many these are. Where
        leaving a node out leaves no index (its group asks for more members) the row is NaN.

    Examples
    --------
    >>> from fourpillars.scores import Framework, build
    >>> framework = Framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}, index=list("XYZ"))
    >>> leave_one_out(build(data, framework))["mean_change"].tolist()
    [0.0, 0.0]
    """
    node = result.framework.known(node) if node else result.framework.top
    decimals = result.recipe.rank.decimals if result.recipe.rank else None
    rows = {}
    for code in result.framework.nodes(level):
        if code == node:
            continue
        try:
            other = result.without(code).scores[node]
        except (ScoresError, KeyError):
            other = pd.Series(np.nan, index=result.scores.index)
        rows[code] = _moved(result.scores[node], other.reindex(result.scores.index), decimals)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("left out")


def _moved(before: pd.Series, after: pd.Series, decimals: int | None) -> dict[str, float]:
    """How the ranks of the units with a score both times differ."""
    both = before.notna() & after.notna()
    ranks = [rank(scores[both].to_numpy(), decimals) for scores in (before, after)]
    change = np.abs(ranks[1] - ranks[0])
    varied = both.sum() > 1 and all(np.ptp(one) > 0 for one in ranks)
    return {
        "mean_change": change.mean() if both.any() else np.nan,
        "most_change": change.max() if both.any() else np.nan,
        "correlation": np.corrcoef(*ranks)[0, 1] if varied else np.nan,
        "units": int(both.sum()),
    }
