"""The latest value of each unit, as rows that name indicator, area and activity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

UNIT_COLUMNS = ["indicator", "ref_area", "activity", "observed_period", "value"]


def known_by(history: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Return the periods that end by the edition.

    Examples
    --------
    >>> quarters = pd.period_range("2026Q1", "2026Q3", freq="Q")
    >>> list(known_by(pd.DataFrame({"CN": [1.0, 2.0, 3.0]}, index=quarters), "2026-08")["CN"])
    [1.0, 2.0]
    """
    return history[history.index.asfreq("M", how="end") <= pd.Period(edition, freq="M")]


def latest(history: pd.DataFrame, edition: str, staleness: int, extra: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return each unit's last value, its period, and what other frames of the same shape hold there.

    Units without a value no older than `staleness` months at the edition are left out.
    """
    values = history.to_numpy(dtype=float)
    there = ~np.isnan(values)
    rows = len(values) - 1 - np.argmax(there[::-1], axis=0)
    age = pd.Period(edition, freq="M").ordinal - history.index.asfreq("M", how="end").asi8
    fresh = there.any(axis=0) & (age[rows] <= staleness)
    columns = np.flatnonzero(fresh)
    rows = rows[fresh]
    found = {
        "unit": history.columns[columns],
        "observed_period": [written(history.index[row]) for row in rows],
        "value": values[rows, columns],
    }
    found |= {name: frame.to_numpy()[rows, columns] for name, frame in extra.items()}
    return pd.DataFrame(found)


def place(found: pd.DataFrame, code: str, kind: str) -> pd.DataFrame:
    """Name the indicator, and the units by area and activity."""
    units = found["unit"].astype(str)
    nation = pd.Series("CN", index=found.index)
    whole = pd.Series("B-D", index=found.index)
    return found.assign(
        indicator=code,
        ref_area=units if kind == "region" else nation,
        activity=units if kind == "industry" else whole,
    ).drop(columns="unit")


def written(period: pd.Period) -> str:
    """Write a period as the observations do.

    Examples
    --------
    >>> written(pd.Period("2026Q2", freq="Q")), written(pd.Period("2026-08", freq="M"))
    ('2026-Q2', '2026-08')
    """
    return period.strftime({"M": "%Y-%m", "Q": "%Y-Q%q", "Y": "%Y"}[period.freqstr[0]])
