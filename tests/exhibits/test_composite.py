from __future__ import annotations

import pandas as pd
import pytest

from fourpillars.catalogue import load_catalogue
from fourpillars.exhibits.composite import composite, framework_of

CATALOGUE = load_catalogue()


def frame(kind: str, share: float, status: str = "ok") -> pd.DataFrame:
    """Give every indicator the value `share` of the way from its low to its high goalpost."""
    rows = []
    for code, indicator in CATALOGUE.indicators.items():
        if kind in indicator.kinds and kind in indicator.goalposts:
            low, high = indicator.goalposts[kind]
            for unit in CATALOGUE.units_of(kind):
                place = ("CN", unit) if kind == "industry" else (unit, "B-D")
                rows.append((code, *place, low + share * (high - low), status))
    return pd.DataFrame(rows, columns=["indicator", "ref_area", "activity", "value", "status"])


def test_an_indicator_scores_by_its_goalposts_and_polarity() -> None:
    result = composite(frame("industry", 0.25), CATALOGUE, "industry")
    for code in framework_of(CATALOGUE, "industry").indicators:
        if code in CATALOGUE.indicators:
            wanted = 25.0 if CATALOGUE.indicators[code].polarity > 0 else 75.0
            assert result.scores.loc["C31", code] == pytest.approx(wanted)


def test_half_way_is_fifty_in_every_pillar_that_has_indicators() -> None:
    result = composite(frame("industry", 0.5), CATALOGUE, "industry")
    held = framework_of(CATALOGUE, "industry")
    for pillar in CATALOGUE.pillars:
        if held.children(pillar.code):
            assert result.scores.loc["C31", pillar.code] == pytest.approx(50.0)


def test_stale_values_are_never_scored() -> None:
    known = pd.concat([frame("industry", 0.5), frame("industry", 0.9, "stale")])
    known = known[(known["activity"] == "C31") | (known["status"] == "stale")]
    result = composite(known[~((known["activity"] == "C31") & (known["status"] == "stale"))], CATALOGUE, "industry")
    assert pd.isna(result.scores.loc["C39", "stability"])
    assert result.scores.loc["C31", "stability"] == pytest.approx(50.0)


def test_a_pillar_asks_for_half_of_its_indicators_and_overall_for_all_pillars() -> None:
    framework = framework_of(CATALOGUE, "industry")
    members = framework.children("stability")
    few = members[: (len(members) - 1) // 2]
    known = frame("industry", 0.5)
    dropped = (known["activity"] == "C31") & known["indicator"].isin(set(members) - set(few))
    result = composite(known[~dropped], CATALOGUE, "industry")
    assert pd.isna(result.scores.loc["C31", "stability"])
    assert pd.isna(result.scores.loc["C31", "overall"])
    assert result.scores.loc["C39", "stability"] == pytest.approx(50.0)
