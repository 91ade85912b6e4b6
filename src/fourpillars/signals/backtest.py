"""Back-test: how often would a warning have fired, how early, and how often in vain?

A warning is an episode: it begins when it fires after not firing. It was right where the event it warns
of begins within the horizon after it, or is already under way when it fires.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

HORIZON = 6
"""Periods after a warning; at a year, most industries see profits fall whatever is said."""


def episodes(flags: pd.Series) -> list[tuple[int, int]]:
    """First and last place of every unbroken run of true flags.

    Examples
    --------
    >>> episodes(pd.Series([False, True, True, False, True]))
    [(1, 2), (4, 4)]
    """
    steps = np.diff(np.concatenate([[0], flags.fillna(False).to_numpy(dtype=int), [0]]))
    return list(zip(np.flatnonzero(steps == 1).tolist(), (np.flatnonzero(steps == -1) - 1).tolist(), strict=True))


def backtest(fired: pd.DataFrame, events: pd.DataFrame, horizon: int = HORIZON) -> pd.DataFrame:
    """Hold warnings against what happened, series by series.

    Parameters
    ----------
    fired, events : pandas.DataFrame
        True where the warning fired, and where the event was under way, by period and series of the same
        shape.
    horizon : int
        Periods after a warning in which the event must begin.

    Returns
    -------
    pandas.DataFrame
        A row a series: warnings (episodes), right, in_vain, undecided (within the horizon of the last
        period, nothing yet), events (episodes), announced (a warning fired within the horizon before, or
        as they began), missed, lead (median number of periods by which announced events were ahead of, 0
        at once), decided and followed (periods whose horizon is over, and those of them from which the event
        began within the horizon or was under way: what a warning at any time at all would have been right in).

    Examples
    --------
    >>> fired = pd.DataFrame({"C31": [True, False, False, False, False, False]})
    >>> events = pd.DataFrame({"C31": [False, False, True, True, False, False]})
    >>> backtest(fired, events, horizon=3).loc["C31", ["warnings", "right", "missed", "lead"]].tolist()
    [1.0, 1.0, 0.0, 2.0]
    """
    return pd.DataFrame({name: counts(fired[name], events[name], horizon) for name in fired.columns}).T


def leads(fired: pd.Series, events: pd.Series, horizon: int = HORIZON) -> list[int]:
    """Return by how many periods each announced event was told ahead, at most the horizon; 0 at once.

    Examples
    --------
    >>> leads(pd.Series([True, False, False, False]), pd.Series([False, False, True, False]), horizon=3)
    [2]
    """
    return _leads(episodes(fired), episodes(events), horizon)


def _leads(warned: list[tuple[int, int]], happened: list[tuple[int, int]], horizon: int) -> list[int]:
    found = []
    for begin, _ in happened:
        before = [start for start, end in warned if start <= begin and end >= begin - horizon]
        if before:
            found.append(min(begin - before[0], horizon))
    return found


def counts(fired: pd.Series, events: pd.Series, horizon: int) -> dict[str, float]:
    """Count one series, as `backtest` does."""
    warned, happened = episodes(fired), episodes(events)
    right = in_vain = undecided = 0
    for start, _ in warned:
        if any(begin <= start <= end or start < begin <= start + horizon for begin, end in happened):
            right += 1
        elif start + horizon >= len(fired):
            undecided += 1
        else:
            in_vain += 1
    leads = _leads(warned, happened, horizon)
    decided, followed = _by_chance(happened, len(fired), horizon)
    return {
        "warnings": len(warned), "right": right, "in_vain": in_vain, "undecided": undecided,
        "events": len(happened), "announced": len(leads), "missed": len(happened) - len(leads),
        "lead": float(np.median(leads)) if leads else np.nan, "decided": decided, "followed": followed,
    }  # fmt: skip


def _by_chance(happened: list[tuple[int, int]], count: int, horizon: int) -> tuple[int, int]:
    """Count the periods that can be judged by now, and those from which an event followed, or was under way."""
    followed = np.zeros(count, dtype=bool)
    for begin, end in happened:
        followed[max(begin - horizon, 0) : end + 1] = True
    decided = followed | (np.arange(count) + horizon < count)
    return int(decided.sum()), int(followed.sum())
