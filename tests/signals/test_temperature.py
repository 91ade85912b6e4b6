from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.signals import climate, temperature


@pytest.mark.parametrize(
    ("now", "light"),
    [(44.2, "red"), (44.0, "yellow"), (36.8, "yellow"), (36.7, "green"), (12.3, "green"), (12.2, "lightblue"),
     (5.0, "lightblue"), (4.8, "blue")],
)  # fmt: skip
def test_five_lights_by_percentiles_of_the_past(now: float, light: str):
    # The past is 0 … 49: percentiles 4.9, 12.25, 36.75, 44.1
    index = pd.period_range("2022-01", periods=51, freq="M")
    assert temperature(pd.DataFrame({"x": [*range(50), now]}, index=index))["x"].iloc[-1] == light


def test_no_light_without_a_value_or_with_a_short_past():
    index = pd.period_range("2022-01", periods=50, freq="M")
    lights = temperature(pd.DataFrame({"x": [*range(49), np.nan]}, index=index))["x"]
    assert lights.iloc[[0, 47, 49]].tolist() == [None, None, None]
    assert lights.iloc[48] == "red"


def test_a_series_that_never_moved_is_green():
    index = pd.period_range("2022-01", periods=50, freq="M")
    assert temperature(pd.DataFrame({"x": [5.0] * 50}, index=index))["x"].iloc[-1] == "green"


def test_the_climate_is_the_mean_of_the_lights():
    lights = pd.DataFrame({"a": ["red", "blue", None], "b": ["yellow", "lightblue", None]}, dtype=object)
    assert climate(lights).tolist() == pytest.approx([87.5, 12.5, np.nan], nan_ok=True)
