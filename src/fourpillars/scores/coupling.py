"""Coupling coordination: do the parts of a system develop together, and at what level?

Chinese analysts use it for systems such as the four pillars: the coupling degree C says how even the parts
are, the development level T how high, and the coordination degree D = √(C·T) both.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from fourpillars.scores.errors import ScoresError, one_of

VARIANTS = ("standard", "modified")
CLASSES = (
    "extreme disorder",
    "severe disorder",
    "moderate disorder",
    "mild disorder",
    "near disorder",
    "barely coordinated",
    "primary coordination",
    "intermediate coordination",
    "good coordination",
    "quality coordination",
)


def coupling_degree(values: np.ndarray, variant: str = "standard") -> np.ndarray:
    """Coupling degree C of each row of parts, from 0 to 1.

    standard: C = n (Π u)^(1/n) / Σ u, the geometric over the arithmetic mean.
    modified (Wang Shujia et al., 2021): C = √([1 − Σ |uᵢ − uⱼ| / (n(n − 1)/2)] · (Π u / max u)^(1/(n −
    1))), the products of uᵢ over the highest part taken over the other parts; it spreads over the whole
    of 0–1.

    Examples
    --------
    >>> coupling_degree(np.array([[0.5, 0.5], [0.2, 0.8]])).round(3).tolist()
    [1.0, 0.8]
    """
    one_of("variant", variant, VARIANTS)
    values = np.asarray(values, dtype=float)
    count = values.shape[-1]
    total, most = values.sum(axis=-1), values.max(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        if variant == "standard":
            coupled = count * np.prod(values, axis=-1) ** (1 / count) / total
        else:
            apart = np.abs(values[..., :, None] - values[..., None, :]).sum(axis=(-1, -2)) / (count * (count - 1))
            ratios = np.prod(values / most[..., None], axis=-1) ** (1 / (count - 1))
            coupled = np.sqrt((1 - apart) * ratios)
    return np.where(total == 0, 0.0, coupled)


def coupling_coordination(
    scores: pd.DataFrame, weights: pd.Series | None = None, scale: float = 100.0, variant: str = "standard"
) -> pd.DataFrame:
    """Coupling, development and coordination of each unit's parts.

    Parameters
    ----------
    scores : pandas.DataFrame
        Units × parts (such as the four pillars), from 0 to `scale`.
    weights : pandas.Series, optional
        Weight of each part in T; equal by default.
    scale : float
        The best score.
    variant : {"standard", "modified"}
        The coupling degree, as in `coupling_degree`.

    Returns
    -------
    pandas.DataFrame
        `coupling` C, `development` T, `coordination` D, all from 0 to 1, and the `grade` of D from 1 to 10
        with its `name` (tenths: 'extreme disorder' … 'quality coordination'). A unit without all parts has
        none.

    Examples
    --------
    >>> found = coupling_coordination(pd.DataFrame({"p": [64.0], "q": [64.0]}))
    >>> found[["coordination", "grade"]].values.tolist()
    [[0.8, 9]]
    """
    if scores.shape[1] < 2:
        raise ScoresError("Coupling needs at least two parts.")
    parts = scores.to_numpy(dtype=float) / scale
    if (parts < 0).any() or (parts > 1 + 1e-9).any():
        raise ScoresError(f"Coupling needs scores from 0 to {scale:g}.", hint="Normalise with Goalposts or MinMax.")
    shares = np.ones(scores.shape[1]) if weights is None else weights[scores.columns].to_numpy(dtype=float)
    coupling = coupling_degree(parts, variant)
    development = parts @ (shares / shares.sum())
    coordination = np.round(np.sqrt(coupling * development), 12)
    known = ~np.isnan(coordination)
    grade = np.where(known, np.clip(np.floor(np.nan_to_num(coordination) * 10) + 1, 1, 10), np.nan)
    return pd.DataFrame(
        {
            "coupling": coupling,
            "development": development,
            "coordination": coordination,
            "grade": pd.array(grade, dtype="Int64"),
            "name": [CLASSES[int(number) - 1] if there else "" for number, there in zip(grade, known, strict=True)],
        },
        index=scores.index,
    )
