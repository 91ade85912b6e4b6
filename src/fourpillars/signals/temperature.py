"""Temperature: five lights for cyclical series, as China's business-cycle monitoring uses them.

Red is overheated (above the 90th percentile of the series' own past), yellow warm (75th to 90th), green
normal, light blue cool (10th to 25th), blue cold (below the 10th). A temperature says where a series stands
in its cycle, not whether that is good: warnings do that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.signals.past import PERCENTILES, bounds
from fourpillars.signals.units import UNIT_COLUMNS, known_by, latest, place

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.indicators import Panel

POINTS = {"blue": 0.0, "lightblue": 25.0, "green": 50.0, "yellow": 75.0, "red": 100.0}
COLUMNS = [*UNIT_COLUMNS, "light", *(f"p{percent}" for percent in PERCENTILES)]


def temperature(history: pd.DataFrame, least: int | None = None) -> pd.DataFrame:
    """Give every value its light, by the series' own expanding past.

    Parameters
    ----------
    history : pandas.DataFrame
        Values by period (gap-free PeriodIndex) and series.
    least : int, optional
        The least number of earlier observations; by default 48 for months, 16 for quarters.

    Returns
    -------
    pandas.DataFrame
        Like `history`: red | yellow | green | lightblue | blue, None where there is no value or too short a
        past.

    Examples
    --------
    >>> months = pd.period_range("2022-01", periods=6, freq="M")
    >>> history = pd.DataFrame({"C31": [1.0, 2.0, 3.0, 4.0, 9.0, 2.5]}, index=months)
    >>> temperature(history, least=4)["C31"].tolist()
    [None, None, None, None, 'red', 'green']
    """
    return _lights(history, bounds(history, least))


def _lights(history: pd.DataFrame, marks: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    values = history.to_numpy(dtype=float)
    p10, p25, p75, p90 = (marks[percent].to_numpy(dtype=float) for percent in PERCENTILES)
    conditions = [np.isnan(values) | np.isnan(p10), values > p90, values > p75, values < p10, values < p25]
    lights = np.select(conditions, ["", "red", "yellow", "blue", "lightblue"], default="green").astype(object)
    lights[lights == ""] = None
    return pd.DataFrame(lights, index=history.index, columns=history.columns, dtype=object)


def temperatures(panel: Panel, catalogue: Catalogue, edition: str) -> pd.DataFrame:
    """Latest light of every cyclical indicator and unit.

    Returns
    -------
    pandas.DataFrame
        Columns: indicator, ref_area, activity, observed_period, value, light, and the percentiles p10, p25,
        p75, p90 that made it. A unit whose latest value is older than the indicator's staleness limit has
        no light.
    """
    found = []
    for code, indicator in catalogue.indicators.items():
        for kind in indicator.kinds:
            here = indicator.of(kind)
            history = known_by(panel.history(code, kind), edition)
            if not here.cyclical or history.empty:
                continue
            marks = bounds(history)
            extra = {"light": _lights(history, marks)} | {f"p{percent}": marks[percent] for percent in PERCENTILES}
            found.append(place(latest(history, edition, here.staleness, extra), code, kind))
    if not found:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(found, ignore_index=True)[COLUMNS]
    return table.assign(light=table["light"].astype(object).where(table["light"].notna(), None))


def climate(lights: pd.DataFrame) -> pd.Series:
    """Mean of the lights of several series by period: 0 all blue, 50 all green, 100 all red.

    Examples
    --------
    >>> climate(pd.DataFrame({"a": ["red", None], "b": ["green", "blue"]})).tolist()
    [75.0, 0.0]
    """
    return lights.apply(lambda column: column.map(POINTS)).astype(float).mean(axis=1)
