from __future__ import annotations

import random
import time

import numpy as np
import pandas as pd
import pytest

from fourpillars.errors import FourPillarsError, UnknownNameError
from fourpillars.indicators import compute, evaluate
from fourpillars.indicators.frame import COLUMNS
from fourpillars.indicators.goalposts import from_history
from fourpillars.indicators.panel import unit_at


def test_values_are_what_their_formulas_make_of_the_observations(panel, catalogue):
    """400 cells drawn at random from all indicators, kinds, periods and units."""
    draw = random.Random(20260801)
    values = panel.observations.frame["obs_value"].to_numpy()
    choices = [(code, kind) for code, entry in catalogue.indicators.items() for kind in entry.kinds]
    checked = 0
    while checked < 400:
        code, kind = draw.choice(choices)
        cells = panel.history(code, kind).stack().dropna()
        if cells.empty:
            continue
        (period, unit), value = list(cells.items())[draw.randrange(len(cells))]
        quantity = panel.quantity(code, kind)
        assert evaluate(quantity.lineage(period, unit), values) == pytest.approx(value, rel=1e-9, abs=1e-9), (
            code, kind, period, unit,
        )  # fmt: skip
        assert len(quantity.explain(period, unit).rows) > 0
        checked += 1


def test_the_divisions_add_up_to_the_total(panel):
    shares = panel.history("revenue_share", "industry").sum(axis=1, min_count=41).dropna()
    assert len(shares) >= 84
    assert shares.between(99.99, 100.01).all()


def test_contributions_add_up_to_the_published_growth(panel):
    added = panel.history("revenue_contribution", "industry").sum(axis=1, min_count=41)
    published = panel.history("revenue_growth", "nation")["CN"]
    gap = (added - published).dropna().abs()
    assert len(gap) >= 84
    assert gap.max() < 0.1  # each rate is rounded to a tenth


def test_days_from_month_ends_are_near_the_published_days(panel):
    from fourpillars.indicators import transforms
    from fourpillars.indicators.inputs import Inputs

    inputs = Inputs(panel.observations, panel.catalogue, "nation", panel.quantity)
    stock = inputs.series("finished_goods_inventory", "end_of_period")
    own = transforms.turnover_days(stock, inputs.series("operating_cost", "ytd")).values["CN"]
    published = inputs.series("finished_goods_turnover_days", "end_of_period").values["CN"]
    gap = (own - published).dropna().abs()
    assert len(gap) >= 24
    assert gap.max() < 0.5


@pytest.mark.parametrize("edition", ["2026-08", "2023-11"])
def test_every_indicator_and_unit_has_a_row(panel, catalogue, edition):
    frame = panel.frame(edition)
    assert list(frame.columns) == COLUMNS
    assert not frame.duplicated(["indicator", "ref_area", "activity"]).any()
    assert set(frame["status"]) <= {"ok", "stale", "missing"}
    assert (frame["value"].isna() == (frame["status"] == "missing")).all()
    assert ((frame["reason"] == "") == (frame["status"] == "ok")).all()
    assert (frame.loc[frame["status"] != "missing", "source_ids"] != "").all()
    ends = frame.loc[frame["status"] == "ok", "observed_period"]
    assert (ends.str[:4] <= edition[:4]).all()


@pytest.mark.parametrize("pillar", ["stability", "expansion"])
@pytest.mark.parametrize("edition", ["2026-08", "2023-11"])
@pytest.mark.parametrize(("kind", "units"), [("industry", 41), ("region", 31), ("nation", 1)])
def test_units_have_at_least_half_of_the_scored_indicators_that_have_data(
    panel, catalogue, pillar, edition, kind, units
):
    scored = [
        c for c, i in catalogue.indicators.items() if i.pillar == pillar and kind in i.kinds and i.of(kind).weight
    ]
    frame = panel.frame(edition, [kind])
    there = frame[frame["indicator"].isin(scored) & (frame["status"] == "ok")]
    indicators = there["indicator"].nunique()
    counts = there.groupby(["ref_area", "activity"]).size()
    assert (counts >= indicators / 2).sum() == units


def test_an_older_edition_is_the_same_from_its_own_observations(observations, catalogue):
    frame = compute(observations.until("2023-11"), catalogue).frame("2023-11")
    again = compute(observations, catalogue).frame("2023-11")
    pd.testing.assert_frame_equal(frame, again)


def test_the_whole_panel_takes_a_few_seconds(observations, catalogue):
    started = time.process_time()
    panel = compute(observations, catalogue)
    panel.frame("2026-08")
    assert time.process_time() - started < 10


def test_goalposts_are_what_their_source_says(panel, catalogue):
    for code, entry in catalogue.indicators.items():
        if entry.goalpost_source is None or not entry.goalpost_source.en.startswith("5th and 95th percentile of all"):
            continue
        for kind, (low, high) in entry.goalposts.items():
            found = from_history(panel.history(code, kind))
            assert found is not None, (code, kind)
            tolerance = (high - low) / 10  # revisions of the past move them a little
            assert np.allclose(found, (low, high), atol=tolerance), (code, kind, found)


def test_an_unknown_indicator_or_kind_is_refused(panel):
    with pytest.raises(UnknownNameError, match=r"Unknown indicator 'va_grwth'. Did you mean 'va_growth'"):
        panel.quantity("va_grwth", "industry")
    with pytest.raises(FourPillarsError, match="not defined for the kind 'industry'"):
        panel.quantity("pmi", "industry")


def test_unit_at():
    assert unit_at("CN", "B-D") == ("nation", "CN")
    assert unit_at("CN", "D46") == ("industry", "D46")
    assert unit_at("650000", "B-D") == ("region", "650000")
