"""The figures on robustness, computed once for an edition: what moves the overall ranks, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourpillars.exhibits.composite import COVERAGE, OVERALL
from fourpillars.exhibits.intervals import NOISE, SEED, alternatives
from fourpillars.exhibits.knowledge import shared

if TYPE_CHECKING:
    from fourpillars.exhibits.knowledge import Knowledge
    from fourpillars.scores import Result

OTHERS = ("minmax", "percentile", "equal", "geometric_top", "geometric_low", "median")
"""Single choices made otherwise."""
SOBOL = ("normalise", "aggregate", "weight", "weights")
SOBOL_SAMPLE = 256
WORDS = {
    "left_out_mean": "mean absolute change of overall ranks without it",
    "left_out_most": "largest change of an overall rank without it",
    "other_mean": "mean absolute change of overall ranks under the other choice",
    "other_most": "largest change of an overall rank under the other choice",
    "other_correlation": "correlation of overall ranks with those published",
    "sobol_first": "first-order Sobol' index of the mean change of rank",
    "sobol_total": "total Sobol' index of the mean change of rank",
    "weight": "weight in the overall score, per cent",
    "influence": "weight × covariance with the overall score / its variance, per cent",
}
"""What each figure is."""


@shared
def figures(known: Knowledge) -> dict[tuple[str, str, str], float]:
    """Return figure by what it is, kind, and the node, choice or indicator it is about."""
    found: dict[tuple[str, str, str], float] = {}
    for kind, result in known.scores.items():
        if result.scores[OVERALL].notna().sum() < 2:
            continue
        for part, code, value in (*_left_out(result), *_others(result), *_sobol(result), *_weights(result)):
            if value == value:
                found[part, kind, code] = float(value)
    return found


def _left_out(result: Result) -> list[tuple[str, str, float]]:
    """Leave each pillar, and each indicator, out."""
    rows = []
    for level in (1, 2):
        for code, row in result.leave_one_out(level).iterrows():
            if row["units"]:
                rows += [
                    ("left_out_mean", code, row["mean_change"]),
                    ("left_out_most", code, row["most_change"]),
                ]
    return rows


def _others(result: Result) -> list[tuple[str, str, float]]:
    """Make one choice otherwise, everything else as published."""
    from fourpillars.scores import Aggregate, EqualWeights, MinMax, Ranked, ScoresError, compare

    steps = {
        "minmax": {"normalise": MinMax(constant="middle")},
        "percentile": {"normalise": Ranked("percentile")},
        "equal": {"weight": EqualWeights()},
        "geometric_top": {"aggregate": Aggregate("arithmetic", "geometric", threshold=COVERAGE)},
        "geometric_low": {"aggregate": Aggregate("geometric", "arithmetic", threshold=COVERAGE)},
        "median": {"aggregate": Aggregate("median", "arithmetic", threshold=COVERAGE)},
    }
    rows = []
    for name in OTHERS:
        try:
            table = compare({"published": result, name: result.replace(**steps[name])}, OVERALL)
        except ScoresError:  # such as percentile ranks where only one unit has an indicator
            continue
        moved = table[f"{name} change"].dropna().astype(float).abs()
        ranks = table[["published", name]].dropna().astype(float)
        rows += [
            ("other_mean", name, moved.mean()),
            ("other_most", name, moved.max()),
            ("other_correlation", name, ranks["published"].corr(ranks[name])),
        ]
    return rows


def _sobol(result: Result) -> list[tuple[str, str, float]]:
    table = result.sensitivity(SOBOL_SAMPLE, SEED, noise=NOISE, **alternatives(result))
    return [(f"sobol_{part}", str(name), row[part]) for name, row in table.iterrows() for part in ("first", "total")]


def _weights(result: Result) -> list[tuple[str, str, float]]:
    table = result.effective_weights.loc[result.framework.indicators]
    return [
        (part, code, 100 * row[column])
        for code, row in table.iterrows()
        for part, column in (("weight", "effective"), ("influence", "influence"))
        if row["influence"] == row["influence"]
    ]
