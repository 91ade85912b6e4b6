"""Why cells are missing, where more is known than that they are: a frame of words beside a frame of values."""

from __future__ import annotations

import pandas as pd


def noted(reasons: pd.DataFrame | None, reason: str, where: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Return the reasons with `reason` wherever `where` is true, the cell empty, and no reason known.

    Examples
    --------
    >>> values = pd.DataFrame({"C31": [1.0, None]})
    >>> noted(None, "too_short", values.isna(), values)["C31"].tolist()
    ['', 'too_short']
    """
    known = _known(reasons, values)
    return known.mask(flags(where, values) & values.isna() & (known == ""), reason)


def joint(first: pd.DataFrame | None, second: pd.DataFrame | None, values: pd.DataFrame) -> pd.DataFrame | None:
    """Return why cells that two quantities made are missing: the first's reason, else the second's.

    Examples
    --------
    >>> values = pd.DataFrame({"C31": [1.0, None]})
    >>> joint(None, pd.DataFrame({"C31": ["loss_base", "loss_base"]}), values)["C31"].tolist()
    ['', 'loss_base']
    """
    if first is None and second is None:
        return None
    ours, theirs = _known(first, values), _known(second, values)
    return ours.where(ours != "", theirs).where(values.isna(), "")


def flags(said: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Lay boolean flags over a frame; false where they say nothing.

    Examples
    --------
    >>> flags(pd.DataFrame({"C31": [True]}), pd.DataFrame({"C31": [1.0, 2.0]}))["C31"].tolist()
    [True, False]
    """
    return said.reindex(index=like.index, columns=like.columns, fill_value=False).astype(bool)


def _known(reasons: pd.DataFrame | None, like: pd.DataFrame) -> pd.DataFrame:
    if reasons is None:
        return pd.DataFrame("", index=like.index, columns=like.columns, dtype=object)
    return reasons.reindex(index=like.index, columns=like.columns, fill_value="")
