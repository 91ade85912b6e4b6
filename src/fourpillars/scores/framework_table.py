"""The table of a framework: completed, and checked as a whole before anything is built on it."""

from __future__ import annotations

import numbers

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, listed

TEXTS = ("parent", "denominator")
NUMBERS = ("weight", "polarity", "target", "goalpost_low", "goalpost_high")
COLUMNS = ("name", "parent", "level", "weight", "polarity", "denominator", "target", "goalpost_low", "goalpost_high")


def completed(table: pd.DataFrame) -> pd.DataFrame:
    """Index by code, fill in what was left out, and find the levels where they are not given."""
    table = _by_code(table)
    for column in TEXTS:
        given = table[column] if column in table.columns else pd.Series("", index=table.index)
        table[column] = given.map(text).astype(object)
    blank = {column: _blank(table, column) for column in ("weight", "polarity")}
    for column in NUMBERS:
        given = table[column] if column in table.columns else pd.Series(np.nan, index=table.index)
        table[column] = pd.to_numeric(given, errors="coerce").astype(float)
    if _blank(table, "level").all():
        table["level"] = _heights(table["parent"])
    table["level"] = pd.to_numeric(table["level"], errors="coerce").astype(float)
    if "name" not in table.columns:
        table["name"] = table.index
    table["weight"] = table["weight"].mask(_may_be_left_out(blank["weight"], table), 1.0)
    indicators = table["level"] == 1
    some = bool((indicators & ~blank["polarity"]).any())
    table["polarity"] = table["polarity"].mask(blank["polarity"] & ~(indicators & some), 1.0)
    return table[[*COLUMNS, *(column for column in table.columns if column not in COLUMNS)]]


def text(value: object) -> str:
    """Write a code as text: nothing as '', and a whole number without its decimal point.

    Examples
    --------
    >>> [text(value) for value in (9.0, 9, " a ", None, float("nan"))]
    ['9', '9', 'a', '', '']
    """
    if pd.isna(value):
        return ""
    if isinstance(value, numbers.Real) and not isinstance(value, bool) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()


def _by_code(table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of the table by code, or refuse one without codes, with double ones or double columns."""
    if not isinstance(table, pd.DataFrame):
        raise ScoresError(f"A framework is made of a table (a DataFrame), not of a {type(table).__name__}.")
    if not table.columns.is_unique:
        doubled = listed(table.columns[table.columns.duplicated()].unique())
        raise ScoresError(f"Columns of the framework stand more than once: {doubled}.")
    if "code" in table.columns:
        table = table.set_index("code")
    elif isinstance(table.index, pd.RangeIndex):
        raise ScoresError("The framework has no column 'code'.", hint="Give it, or index the table by the codes.")
    table = table.set_axis(pd.Index([text(code) for code in table.index], name="code", dtype=object))
    if (table.index == "").any():
        place = int(np.flatnonzero(table.index == "")[0]) + 1
        raise ScoresError(f"The framework has no code in row {place}.")
    doubled = table.index[table.index.duplicated()].unique()
    if len(doubled):
        raise ScoresError(f"The framework does not hold together: codes {listed(doubled)} stand more than once.")
    return table


def _blank(table: pd.DataFrame, column: str) -> pd.Series:
    return table[column].isna() if column in table.columns else pd.Series(True, index=table.index)


def _may_be_left_out(blank: pd.Series, table: pd.DataFrame) -> pd.Series:
    """Say which weights may be missing: the top's, and those of a group in which nobody has one."""
    given = (~blank).groupby(table["parent"]).transform("any")
    return blank & ((table["parent"] == "") | ~given)


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


def problems(table: pd.DataFrame) -> list[str]:
    """All that is wrong with a completed table, a clause each."""
    parents, level = table["parent"], table["level"]
    orphans = table.index[(parents != "") & ~parents.isin(table.index)]
    found = [f"node {code!r} has the unknown parent {parents[code]!r}" for code in orphans]
    found += [f"node {code!r} has no level" for code in table.index[level.isna()]]
    odd = table.index[level.notna() & ((level < 1) | (level % 1 != 0))]
    found += [f"the level of {code!r} is {level[code]:g}, not a whole number from 1 up" for code in odd]
    for code, parent in parents[(parents != "") & parents.isin(table.index)].items():
        if not level[parent] > level[code]:
            pair = f"levels {level[code]:g}, {level[parent]:g}"
            found.append(f"node {code!r} is not below its parent {parent!r} ({pair})")
    childless = table.index[(level > 1) & ~table.index.isin(parents)]
    found += [f"group {code!r} has no members" for code in childless]
    found += [f"indicator {code!r} has members" for code in table.index[(level == 1) & table.index.isin(parents)]]
    return found + _value_problems(table, level)


def _value_problems(table: pd.DataFrame, level: pd.Series) -> list[str]:
    """What is wrong with weights, polarities and goalposts."""
    weight, polarity = table["weight"], table["polarity"]
    found = [
        f"the weight of {code!r} is missing or no number" if np.isnan(weight[code])
        else f"the weight of {code!r} is {weight[code]:g}, not a number from 0 up"
        for code in table.index[~(np.isfinite(weight) & (weight >= 0))]
    ]  # fmt: skip
    bad_polarity = table.index[~polarity.isin([1, -1]) | ((level > 1) & (polarity != 1))]
    found += [
        f"the polarity of {code!r} is missing or no number" if np.isnan(polarity[code])
        else f"the polarity of {code!r} is {polarity[code]:g}, not +1 or -1 (+1 for groups)"
        for code in bad_polarity
    ]  # fmt: skip
    bad_posts = table.index[table["goalpost_low"] >= table["goalpost_high"]]
    found += [f"goalpost_low of {code!r} is not below goalpost_high" for code in bad_posts]
    totals = weight.groupby(table["parent"]).sum()
    found += [f"the weights under {code!r} are all zero" for code in totals.index[totals == 0] if code]
    if not (level == 1).any():
        found.append("there is no indicator (level 1)")
    return found
