"""Is the imputation any good? Hide values that are known, impute them, and look (Handbook, box 4)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError
from fourpillars.scores.step import Context, Step


def imputation_quality(
    values: pd.DataFrame, context: Context, step: Step, share: float = 0.1, repeats: int = 20, seed: int = 0
) -> pd.DataFrame:
    """Hide known cells at random, impute them, and compare.

    Parameters
    ----------
    values : pandas.DataFrame
        Units × indicators, as they stand before imputing.
    step : Step
        The imputation, such as `Impute("median")`.
    share : float
        Share of the known cells of each indicator that is hidden each time.
    repeats, seed : int
        How often, and the seed of the draws.

    Returns
    -------
    pandas.DataFrame
        A row an indicator: `cells` (hidden and imputed), `correlation` squared as `r2`, index of agreement
        `d` (Willmott: 1 perfect), `rmse` and `mae` in the indicator's unit, and `relative` (rmse / standard
        deviation: below 1 the imputation tells more than the mean would).

    Examples
    --------
    >>> from fourpillars.scores import Framework, Impute
    >>> data = pd.DataFrame({"a": [4.0] * 9 + [5.0], "b": 1.0})
    >>> context = Context(Framework(pd.DataFrame({"code": ["a", "b"]})), data)
    >>> found = imputation_quality(data, context, Impute("median"))
    >>> bool(found["mae"]["a"] < 0.5)
    True
    """
    if not 0 < share < 1:
        raise ScoresError(f"share= is between 0 and 1, not {share}.")
    generator = np.random.default_rng(seed)
    known = values.notna().to_numpy()
    pairs = []
    for _ in range(repeats):
        hidden = known & (generator.random(values.shape) < share)
        hidden &= ~(hidden.sum(axis=0) == known.sum(axis=0))  # an indicator keeps at least one value
        hidden[~(known & ~hidden).any(axis=1)] = False  # and so does a unit
        guessed = step.apply(values.mask(hidden), context).values.to_numpy(dtype=float)
        rows, columns = np.nonzero(hidden & ~np.isnan(guessed))
        pairs.append(
            pd.DataFrame(
                {
                    "indicator": values.columns[columns],
                    "true": values.to_numpy()[rows, columns],
                    "guess": guessed[rows, columns],
                }
            )
        )
    found = pd.concat(pairs)
    rows = {code: _quality(cells, values[code]) for code, cells in found.groupby("indicator", sort=False)}
    return pd.DataFrame.from_dict(rows, orient="index").reindex(values.columns)


def _quality(cells: pd.DataFrame, column: pd.Series) -> dict[str, float]:
    true, guess = cells["true"].to_numpy(), cells["guess"].to_numpy()
    error = guess - true
    rmse = float(np.sqrt(np.mean(error**2)))
    reach = np.sum((np.abs(guess - true.mean()) + np.abs(true - true.mean())) ** 2)
    vary = len(cells) > 1 and true.std() > 0 and guess.std() > 0
    spread = float(column.std())
    return {
        "cells": len(cells),
        "r2": float(np.corrcoef(true, guess)[0, 1] ** 2) if vary else np.nan,
        "d": float(1 - np.sum(error**2) / reach) if reach > 0 else np.nan,
        "rmse": rmse,
        "mae": float(np.mean(np.abs(error))),
        "relative": rmse / spread if spread > 0 else np.nan,
    }
