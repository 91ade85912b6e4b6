"""Warnings: something is turning bad, by the indicator's polarity.

Thresholds stand in the catalogue with their source, where there is one. Otherwise the series' own past is
the measure: worse than three quarters of it is a watch, worse than nine tenths a warning. That is a
convention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.signals.past import bounds
from fourpillars.signals.units import UNIT_COLUMNS, known_by, latest, place

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.catalogue.indicator import Indicator
    from fourpillars.indicators import Panel

COLUMNS = [*UNIT_COLUMNS, "level", "rule", "threshold", "watch_at", "warn_at", "source"]

OWN_PAST = {
    "en": "Convention: worse than three quarters (watch) or nine tenths (warning) of the series' own past, "
    "2020-02 to 2021-12 left out.",
    "zh": "惯例：差于自身历史的四分之三为关注，差于十分之九为预警，不含2020年2月至2021年12月。",
}
SAME_QUARTERS = {
    "en": "Convention: against the same quarters of its own history, 2020-Q1 to 2021-Q4 left out; worse than "
    "three quarters (watch) or nine tenths (warning) of the deviations.",
    "zh": "惯例：与自身历史同季度相比，不含2020年一季度至2021年四季度；"
    "差于偏离值的四分之三为关注，差于十分之九为预警。",
}
NOT_JUDGED = {
    "en": "Not judged: no threshold, and too short a past of its own.",
    "zh": "不判断：没有阈值，自身历史也不够长。",
}


def warnings(panel: Panel, catalogue: Catalogue, edition: str) -> pd.DataFrame:
    """Judge the latest value of every indicator that has a good direction.

    Returns
    -------
    pandas.DataFrame
        Columns: indicator, ref_area, activity, observed_period, value, level (none | watch | warn), rule
        (catalogue | own_past | same_quarters | not_judged), threshold (the one crossed, or else the watch),
        watch_at, warn_at, source (the rule's source in words, by language). Values older than the staleness
        limit are left out.
    """
    found = []
    for code, indicator in catalogue.indicators.items():
        for kind in indicator.kinds:
            here = indicator.of(kind)
            history = known_by(panel.history(code, kind), edition)
            if here.polarity == 0 or history.empty:
                continue
            rule, source, watch, warn = _thresholds(history, here)
            rows = latest(history, edition, here.staleness, {"watch_at": watch, "warn_at": warn})
            rows = rows.assign(rule=rule, source=[source] * len(rows))
            found.append(place(judged(rows, here.polarity), code, kind))
    found = [rows for rows in found if len(rows)]
    return pd.concat(found, ignore_index=True)[COLUMNS] if found else pd.DataFrame(columns=COLUMNS)


def levels(history: pd.DataFrame, indicator: Indicator, least: int | None = None) -> pd.DataFrame:
    """Judge every value of a history as at its time: none | watch | warn, '' where there was no threshold.

    `least` is the least number of earlier observations a threshold of the series' own past needs; by default
    48 for months, 16 for quarters.
    """
    _, _, watch, warn = _thresholds(history, indicator, least)
    return pd.DataFrame(
        level(history.to_numpy(dtype=float), watch.to_numpy(), warn.to_numpy(), indicator.polarity),
        index=history.index,
        columns=history.columns,
    )


def level(values: np.ndarray, watch: np.ndarray, warn: np.ndarray, polarity: int) -> np.ndarray:
    """Say none, watch or warn of each value; '' where value or threshold is missing.

    Of an indicator of polarity +1 values below a threshold cross it, of one of polarity -1 values above.

    Examples
    --------
    >>> level(np.array([51.0, 49.5, 48.0]), np.full(3, 50.0), np.full(3, 49.0), 1).tolist()
    ['none', 'watch', 'warn']
    >>> level(np.array([51.0, 80.0]), np.full(2, 60.0), np.full(2, 70.0), -1).tolist()
    ['none', 'warn']
    """
    short, short_of_worse = polarity * (watch - values), polarity * (warn - values)
    unjudged = np.isnan(short) | np.isnan(short_of_worse)
    return np.select([unjudged, short_of_worse > 0, short > 0], ["", "warn", "watch"], default="none").astype(object)


def judged(rows: pd.DataFrame, polarity: int) -> pd.DataFrame:
    """Add level and threshold to rows with value, watch_at and warn_at."""
    numbers = (rows[column].to_numpy(dtype=float) for column in ("value", "watch_at", "warn_at"))
    found = level(*numbers, polarity)
    unjudged = found == ""
    return rows.assign(
        level=np.where(unjudged, "none", found),
        threshold=np.where(found == "warn", rows["warn_at"], rows["watch_at"]),
        rule=np.where(unjudged, "not_judged", rows["rule"]),
        source=[NOT_JUDGED if no else source for no, source in zip(unjudged, rows["source"], strict=True)],
    )


def _thresholds(
    history: pd.DataFrame, indicator: Indicator, least: int | None = None
) -> tuple[str, object, pd.DataFrame, pd.DataFrame]:
    """Return the rule, its source in words, and the thresholds of watch and warning at each period."""
    given = indicator.thresholds
    if given is not None:
        flat = pd.DataFrame(1.0, index=history.index, columns=history.columns)
        return (
            "catalogue",
            {"en": given.source.en, "zh": given.source.zh},
            flat * given.watch,
            flat * given.warn,
        )
    places = (25, 10) if indicator.polarity > 0 else (75, 90)
    marks = bounds(history, least, percentiles=places)
    watch, warn = marks[places[0]], marks[places[1]]
    if history.index.freqstr.startswith("Q"):
        return "same_quarters", SAME_QUARTERS, watch, warn
    return "own_past", OWN_PAST, watch, warn
