"""Build an index: run a recipe over a table, and keep every stage."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fourpillars.scores.aggregate import aggregate, reasons
from fourpillars.scores.coverage import coverage
from fourpillars.scores.errors import ScoresError, listed
from fourpillars.scores.framework import Framework
from fourpillars.scores.framework_table import text
from fourpillars.scores.normalise import PerIndicator
from fourpillars.scores.recipe import Recipe
from fourpillars.scores.result import Result
from fourpillars.scores.step import Context

STEPS = {
    "screen": "screened",
    "denominate": "denominated",
    "impute": "imputed",
    "treat": "treated",
    "normalise": "normalised",
}


def build(data: pd.DataFrame, framework: Framework, recipe: Recipe | None = None) -> Result:
    """Run a recipe over a units × indicators table.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a unit (the index), or a unit at a period (an index of two levels, the second the period).
        Columns: every indicator of the framework, and any denominators and groups the recipe uses; others
        are left alone.
    framework : Framework
        The tree of the index.
    recipe : Recipe, optional
        The steps; by default min–max and arithmetic means.

    Returns
    -------
    Result
        With every stage, scores, ranks, coverage, contributions and weights.

    Raises
    ------
    ScoresError
        Where columns are missing or not numbers, units stand twice, values are infinite, nothing is present
        at all, or a step is not defined for the values it meets.

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["jobs", "days", "index"], "parent": ["index", "index", ""],
    ...                       "polarity": [1, -1, 1], "weight": [3, 1, 1]})
    >>> data = pd.DataFrame({"jobs": [1.0, 2.0, 3.0], "days": [30.0, 10.0, 20.0]}, index=["A", "B", "C"])
    >>> result = build(data, Framework(table))
    >>> result.scores["index"].tolist(), result.ranks["index"].tolist()
    ([0.0, 62.5, 87.5], [3, 2, 1])
    """
    recipe = recipe or Recipe()
    for given, kind in ((data, pd.DataFrame), (framework, Framework), (recipe, Recipe)):
        if not isinstance(given, kind):
            raise ScoresError(f"build takes a DataFrame, a Framework and a Recipe, not a {type(given).__name__}.")
    data = data.rename(columns=text)
    values = checked(data, framework)
    context = Context(framework, data)
    stages, trail = {"raw": values}, {}
    before_imputing = values
    for name, done in STEPS.items():
        if (step := getattr(recipe, name)) is not None:
            stage = step.apply(values, context)
            values = stages[done] = refuse_infinite(stage.values, done)
            trail[done] = stage.trail
        if name == "denominate":
            before_imputing = values
    _refuse_unsigned(recipe, framework)
    used = framework if recipe.weight is None else framework.with_weights(recipe.weight.weights(values, context))
    scores = values if recipe.aggregate is None else aggregate(values, used, recipe.aggregate)
    stages["aggregated"] = refuse_infinite(scores, "aggregated")
    return Result(data, used, recipe, stages, trail, coverage(before_imputing, used), reasons(scores, used), framework)


def checked(data: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return the indicators' columns as floats, or refuse the table, naming all that is wrong with it."""
    absent = [code for code in framework.indicators if code not in data.columns]
    if absent:
        raise ScoresError(
            f"The data have no column for {listed(absent)}.",
            hint="Add them, or leave them out with framework.without([...]).",
        )
    if data.index.nlevels > 2:
        raise ScoresError(f"The index has {data.index.nlevels} levels.", hint="Index by unit, or by (unit, period).")
    if data.index.to_frame().isna().any(axis=None):
        raise ScoresError("A row has no unit.", hint="Name every unit in the index.")
    if not data.index.is_unique:
        raise ScoresError(
            f"Units stand more than once: {listed(data.index[data.index.duplicated()].unique())}.",
            hint="For several periods, index by (unit, period).",
        )
    if not data.columns.is_unique:
        raise ScoresError(f"Columns stand more than once: {listed(data.columns[data.columns.duplicated()].unique())}.")
    values = data[framework.indicators]
    if any(str(dtype) != "float64" for dtype in values.dtypes):
        values = _numbers(values)
    if values.empty or not values.notna().to_numpy().any():
        raise ScoresError("There is not one value in the data.", hint="Check the units and the indicators' codes.")
    return refuse_infinite(values, "raw")


def _numbers(values: pd.DataFrame) -> pd.DataFrame:
    """Return the columns as floats, or refuse those that hold something else."""
    strange = [getattr(dtype, "kind", "O") in "cmM" for dtype in values.dtypes]  # complex, dates, times
    numbers = values.loc[:, [not one for one in strange]]
    numbers = numbers.apply(lambda column: pd.to_numeric(column, errors="coerce").astype(float))
    words = [*values.columns[strange], *numbers.columns[(numbers.isna() & values[numbers.columns].notna()).any()]]
    if words:
        raise ScoresError(f"Values that are not numbers in {listed(words)}.")
    return numbers


def refuse_infinite(values: pd.DataFrame, stage: str) -> pd.DataFrame:
    """Return the values, or refuse infinite ones, naming the cells."""
    rows, columns = np.nonzero(np.isinf(values.to_numpy(dtype=float)))
    if len(rows):
        cells = [f"{values.index[row]} · {values.columns[column]}" for row, column in zip(rows, columns, strict=True)]
        raise ScoresError(
            f"Infinite values ({stage}) at {listed(cells, 5)}.", hint="Make them missing, or correct them."
        )
    return values


def _refuse_unsigned(recipe: Recipe, framework: Framework) -> None:
    """Without normalising, nothing turns an indicator of polarity -1 round."""
    if recipe.aggregate is None:
        return
    step, codes = recipe.normalise, framework.indicators
    if isinstance(step, PerIndicator):
        codes = [code for code in codes if step.step(code) is None]
    elif step is not None:
        return
    wrong = [code for code in codes if framework.table["polarity"][code] < 0]
    if wrong:
        raise ScoresError(
            f"Without a normalise step, {listed(wrong)} (polarity -1) would count the wrong way.",
            hint="Normalise, for instance with Goalposts.",
        )
