from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kurtosis as scipy_kurtosis
from scipy.stats import skew as scipy_skew

from fourpillars.scores import BoxCox, Framework, Log, ScoresError, Winsorise
from fourpillars.scores.moments import kurtosis, skewness
from fourpillars.scores.step import Context, Stage
from fourpillars.scores.treat import winsorise

TAIL = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100]


def treated(values: list[float], step=None) -> Stage:
    data = pd.DataFrame({"x": values})
    return (step or Winsorise()).apply(data, Context(Framework(pd.DataFrame({"code": ["x"]})), data))


def test_moments_agree_with_another_implementation():
    values = np.random.default_rng(3).lognormal(size=(40, 3))
    assert skewness(values).tolist() == pytest.approx(scipy_skew(values, bias=False).tolist())
    assert kurtosis(values).tolist() == pytest.approx(scipy_kurtosis(values, bias=False).tolist())


def test_moments_of_too_few_or_equal_values_are_missing():
    assert np.isnan(skewness(np.array([1.0, 2.0])))
    assert np.isnan(kurtosis(np.array([1.0, 2.0, 4.0])))
    assert np.isnan(skewness(np.array([5.0, 5.0, 5.0, 5.0])))


def test_one_point_is_enough():
    stage = treated(TAIL)
    assert stage.values["x"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert stage.trail.to_dict("records") == [
        {"unit": 9, "indicator": "x", "before": 100.0, "after": 9.0, "action": "winsorised high"}
    ]


def test_low_outliers_are_raised():
    assert treated([-v for v in TAIL]).values["x"].tolist() == [-1, -2, -3, -4, -5, -6, -7, -8, -9, -9]


def test_points_that_tie_are_moved_together_and_count_each():
    values, moved = winsorise(np.array([1.0] * 20 + [2.0, 3.0, 50.0, 50.0]), max_points=2)
    assert values[-2:].tolist() == [3.0, 3.0]
    assert (moved != "").sum() == 2


def test_what_passes_is_left_alone():
    stage = treated([1.0, 2, 3, 4, 5])
    assert stage.values["x"].tolist() == [1, 2, 3, 4, 5]
    assert stage.trail.empty


def test_where_points_do_not_suffice_the_original_is_logged():
    values = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 50, 100000]
    stage = treated(values, Winsorise(max_points=0))
    shifted = np.array(values) - 1 + 0.01 * 99999
    assert stage.values["x"].tolist() == pytest.approx(np.log(shifted).tolist())
    assert stage.trail["action"].str.startswith("log").all()
    assert len(stage.trail) == 11


def test_without_a_second_treatment_it_stays_winsorised_as_far_as_it_went():
    stage = treated([0.0] * 20 + [10.0, 1000.0], Winsorise(max_points=1, otherwise=None))
    assert stage.values["x"].tolist()[-2:] == [10.0, 10.0]


def test_gaps_stay_gaps():
    assert np.isnan(treated([*TAIL, np.nan]).values["x"].iloc[-1])


def test_transformations_refuse_what_they_cannot_do():
    with pytest.raises(ScoresError, match="Indicator 'x': A logarithm needs values above 0"):
        treated([0.0, 1.0], Log("none"))
    with pytest.raises(ScoresError, match="all values are equal"):
        treated([3.0, 3.0], Log())
    with pytest.raises(ScoresError, match="Box–Cox needs values above 0"):
        treated([-1.0, 1.0], BoxCox(shift="none"))


def test_box_cox_at_zero_is_the_logarithm():
    assert treated([1.0, np.e - 1 + 1], BoxCox(0.0, "none")).values["x"].tolist() == pytest.approx([0.0, 1.0])


def test_the_most_likely_exponent_takes_the_skew_out():
    values = np.exp(np.linspace(0, 5, 50))
    after = treated(list(values), BoxCox(None, "none")).values["x"].to_numpy()
    assert abs(float(skewness(after))) < 0.1 < float(skewness(values))


def test_an_indicator_that_would_lose_all_its_differences_stays_as_it_is():
    values = [0.0] * 20 + [1.0, 5.0]
    stage = treated(values)
    assert stage.values["x"].tolist() == values
    assert stage.trail["unit"].tolist() == [20, 21]
    assert stage.trail["action"].str.startswith("left as it is").all()


def test_without_a_limit_points_are_moved_until_the_vector_passes():
    values = [0.0, 1.0] * 50 + [1000.0 + number for number in range(7)]
    limited, free = (treated(values, Winsorise(max_points=points, otherwise=None)) for points in (5, None))
    assert len(limited.trail) == 5
    assert len(free.trail) == 7
    assert free.values["x"].max() == 1


def test_a_mirrored_logarithm_draws_in_a_tail_on_the_left():
    # -log(max - x + range / 100) of 0, 90, 100: distances 101, 11, 1
    found = treated([0.0, 90.0, 100.0], Log(mirror=True))
    assert found.values["x"].tolist() == pytest.approx([-np.log(101), -np.log(11), -np.log(1)])
    assert found.trail["action"].unique().tolist() == ["log, mirrored"]
    plain = treated([0.0, 10.0, 100.0], Log(mirror=True)).values["x"]
    assert plain.tolist() == pytest.approx([np.log(1), np.log(11), np.log(101)])


def test_the_logarithm_of_the_global_innovation_index():
    # (max - 1)(x - min) / (max - min) + 1: 1, 99 × 5 / 10 + 1 and 100
    assert treated([90.0, 95.0, 100.0], Log("gii")).values["x"].tolist() == pytest.approx(np.log([1, 50.5, 100]))
    with pytest.raises(ScoresError, match="above 1"):
        treated([0.1, 0.2, 0.3], Log("gii"))
