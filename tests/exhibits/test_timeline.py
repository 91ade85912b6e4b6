from __future__ import annotations

import numpy as np
import pandas as pd

from fourpillars.exhibits.charts.timeline import with_gaps


def series(periods: list[str], values: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"code": "a", "name": "A", "time_period": periods, "value": values, "shown": "x"})


def test_a_month_without_a_figure_is_a_gap() -> None:
    rows = with_gaps(series(["2026-03", "2026-05"], [1.0, 2.0]))
    assert rows["time_period"].tolist() == ["2026-03", "2026-04", "2026-05"]
    assert np.isnan(rows["value"].iloc[1])
    assert rows["name"].tolist() == ["A"] * 3


def test_january_is_no_gap_where_no_series_has_one() -> None:
    assert "2026-01" not in with_gaps(series(["2025-12", "2026-02"], [1.0, 2.0]))["time_period"].tolist()
    with_january = series(["2025-01", "2025-12", "2026-02"], [1.0, 2.0, 3.0])
    assert "2026-01" in with_gaps(with_january)["time_period"].tolist()


def test_quarters_and_years() -> None:
    quarters = with_gaps(series(["2025-Q4", "2026-Q2"], [1.0, 2.0]))
    assert quarters["time_period"].tolist() == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert quarters["day"].tolist() == ["2025-12-01", "2026-03-01", "2026-06-01"]
    assert with_gaps(series(["2022", "2024"], [1.0, 2.0]))["time_period"].tolist() == ["2022", "2023", "2024"]


def test_a_value_between_gaps_is_lone() -> None:
    rows = with_gaps(series(["2026-03", "2026-05", "2026-06"], [1.0, 2.0, 3.0]))
    assert rows["lone"].tolist() == [True, False, False, False]
