"""Target tracking: what the plans ask for, what has been reached, and the pace still needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from fourpillars.signals.actuals import Actual, Published, of_year, summed, summed_growth, with_levels
from fourpillars.signals.standing import Standing, Target, against

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue
    from fourpillars.observations import Observations


def track_targets(observations: Observations, catalogue: Catalogue, edition: str) -> pd.DataFrame:
    """Hold every target against what an edition knows.

    Returns
    -------
    pandas.DataFrame
        One row a target: target_id, scope_kind, scope, measure, item, operator, target_value, unit,
        period_start, period_end (years, 0 where none), rate_basis, note, state (met | on_track | behind |
        not_computable), reason, actual, actual_period, distance, pace_needed, final, rows (ids of the
        observations used).

        Reasons of not_computable: no_number, context, no_period, not_started, no_data, series_ended,
        several_divisions (growth of value added over several divisions needs weights, which are not
        published), coverage_differs (a level of a key industry that takes in parts of other divisions). A
        computed row has the reason partial_coverage where the key industry takes in such parts and its
        whole divisions stand for it.
    """
    table = observations.targets
    table = table if "target_id" in table.columns else table.rename_axis("target_id").reset_index()
    targets = [_target(row) for row in table.to_dict("records")]
    measures = with_levels(target.measure for target in targets)
    published = Published.of(observations.until(edition).of_measures(measures), measures)
    whole = divisions_of(catalogue.key_industries, "primary")
    partial = divisions_of(catalogue.key_industries, "partial")
    rows = []
    for target in targets:
        standing = stand(target, published, whole, edition)
        rows.append(asdict(target) | asdict(_with_coverage(target, standing, partial)))
    return pd.DataFrame(rows)


def finished(observations: Observations, catalogue: Catalogue, edition: str) -> list[tuple[Target, str]]:
    """Return the targets whose last figure is published at an edition, each with its outcome: met | missed."""
    found = track_targets(observations, catalogue, edition)
    names = Target.__dataclass_fields__
    return [
        (Target(**{name: row[name] for name in names}), "met" if row["state"] == "met" else "missed")
        for row in found[found["final"]].to_dict("records")
    ]


def divisions_of(key_industries: pd.DataFrame, coverage: str) -> dict[str, list[str]]:
    """Divisions of each key industry by how it covers them: primary (wholly), partial or optional.

    Examples
    --------
    >>> table = pd.DataFrame({"key_industry": ["steel", "steel"], "activity": ["C31", "B08"],
    ...                       "coverage": ["primary", "optional"]})
    >>> divisions_of(table, "primary")
    {'steel': ['C31']}
    """
    table = key_industries.reset_index()
    table = table[table["coverage"].astype(str) == coverage]
    return {str(code): [str(division) for division in rows] for code, rows in table.groupby("key_industry")["activity"]}


def stand(target: Target, published: Published, divisions: Mapping[str, list[str]], edition: str) -> Standing:
    """Say how one target stands at an edition."""
    if (why := _unanswerable(target, int(edition[:4]))) or (why := _weightless(target, divisions)):
        return Standing("not_computable", why)
    years = range(target.period_start, min(target.period_end, int(edition[:4])) + 1)
    found = {year: actual for year in years if (actual := _actual(target, published, divisions, year)) is not None}
    if not found:
        return Standing("not_computable", "no_data")
    if not all(actual.up_to_date(year, edition) for year, actual in found.items()):
        return Standing("not_computable", "series_ended")
    return against(target, found)


def _unanswerable(target: Target, year: int) -> str:
    """Say why a target cannot be judged at all at this year, '' where it can."""
    if target.note.startswith(("context", "rule")):
        return "context"
    if not target.operator or np.isnan(target.target_value):
        return "no_number"
    if not target.period_start or not target.period_end:
        return "no_period"
    return "not_started" if year < target.period_start else ""


def _with_coverage(target: Target, standing: Standing, partial: Mapping[str, list[str]]) -> Standing:
    """Mark, or withdraw, what whole divisions say of a key industry that takes in parts of others."""
    if target.scope_kind != "key_industry" or target.item or target.scope not in partial or standing.reason:
        return standing
    if target.measure == "operating_revenue":
        return Standing("not_computable", "coverage_differs")
    return replace(standing, reason="partial_coverage")


def _weightless(target: Target, divisions: Mapping[str, list[str]]) -> str:
    """Say why a key industry of several divisions has no figure, '' where it may have one."""
    if target.scope_kind != "key_industry" or target.item or len(divisions.get(target.scope, [])) <= 1:
        return ""
    return "several_divisions" if target.measure not in ("operating_revenue", "operating_revenue_growth") else ""


def _actual(target: Target, published: Published, divisions: Mapping[str, list[str]], year: int) -> Actual | None:
    """Find the figure of one year in the target's own terms."""
    members = divisions.get(target.scope, []) if target.scope_kind == "key_industry" and not target.item else [None]
    if len(members) > 1:
        levels = [published.series("operating_revenue", "CN", code, "", "cny_100m") for code in members]
        if target.measure == "operating_revenue":
            return summed(levels, year)
        rates = [published.series(target.measure, "CN", code, "", target.unit) for code in members]
        return summed_growth(levels, rates, year)
    area = target.scope if target.scope_kind == "ref_area" else "CN"
    activity = target.scope if target.scope_kind == "activity" else (members[0] if members else None)
    item = target.scope if target.scope_kind == "product" else target.item
    series = published.series(target.measure, area, activity, item, target.unit)
    return of_year(series, year, flow=target.rate_basis != "end_of_period")


def _target(row: Mapping[str, object]) -> Target:
    text = {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
    return Target(
        **{
            name: text[name]
            for name in (
                "target_id",
                "scope_kind",
                "scope",
                "measure",
                "item",
                "operator",
                "unit",
                "rate_basis",
                "note",
            )
        },
        target_value=float(text["target_value"] or np.nan),
        period_start=_year(text["period_start"]),
        period_end=_year(text["period_end"]),
    )


def _year(text: str) -> int:
    return int(text[:4]) if text[:4].isdigit() else 0
