"""The work plans of the key industries: what they promise, what has been reached, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.charts.bullet import target_bullet
from fourpillars.exhibits.empty import nothing
from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.formats import unit_label
from fourpillars.exhibits.language import has_text, join
from fourpillars.exhibits.tables import Column, html_table
from fourpillars.exhibits.targets import finding, target_data, target_notes, target_rows

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot

SCOPE = "key_industry"
GROWTH = "pct_yoy"


def bullets(s: Snapshot) -> Exhibit:
    """Draw the growth targets of the work plans in force that can be judged, with what has been reached.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> bullets(snapshot("2026-08")).id
    'fig-work-plans'
    """
    rows = target_rows(s, in_force(s))
    judged = rows[(rows["unit"] == GROWTH) & (rows["state"] != "not_computable")] if len(rows) else rows
    if judged.empty:
        why = s.text("workplans.none_judged", count=len(rows)) if len(rows) else _no_plan(s)
        return nothing(s, "txt-work-plans", s.text("workplans.name"), (why,))
    drawn = (
        judged.assign(
            code=judged["target_id"],
            value=judged["actual"],
            shown=judged["reached"],
            target=judged["target_value"],
            target_shown=judged["asked"],
            period=judged["reached_by"],
            good=judged["state"] != "behind",
            name=[
                _bar_label(s, scope, measure) for scope, measure in zip(judged["scope"], judged["measure"], strict=True)
            ],
        )
        .drop(columns="label")
        .sort_values(["good", "distance", "code"])
        .reset_index(drop=True)
    )
    behind = drawn[~drawn["good"]]
    title = s.text(
        "workplans.bullets.behind" if len(behind) else "workplans.bullets.none",
        count=len(behind),
        total=len(drawn),
        names=join(list(behind["name"]), s.lang),
    )
    return s.chart(
        "fig-work-plans",
        data=target_data(s, judged),
        vegalite=target_bullet(drawn, axis=s.text("workplans.axis", unit=unit_label(GROWTH, s.lang)), lang=s.lang),
        title=title,
        alt=s.text("workplans.bullets.alt", title=title),
        subtitle=s.text("workplans.bullets.subtitle", edition=s.period(s.edition)),
        notes=(
            s.text("workplans.about"),
            *_partly(s, drawn),
            s.text("workplans.bullets.left", count=len(rows) - len(drawn)) if len(rows) > len(drawn) else "",
        ),
    )


def table(s: Snapshot) -> Exhibit:
    """List every target of the work plans in force, plan by plan; where one cannot be judged, why.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08")).id
    'tbl-work-plans'
    """
    rows = target_rows(s, in_force(s))
    if rows.empty:
        return nothing(s, "txt-targets", s.text("workplans.name"), (_no_plan(s),))
    known = rows["state"] != "not_computable"
    rows = rows.assign(
        word=[
            word if sure else s.text("workplans.why", word=word, why=why)
            for word, sure, why in zip(rows["word"], known, rows["why"], strict=True)
        ]
    )
    columns = [
        Column("label", s.text("label.target")),
        Column("years", s.text("targets.years")),
        Column("asked", s.text("targets.asked"), "number"),
        Column("reached", s.text("targets.reached"), "number"),
        Column("reached_by", s.text("label.period")),
        Column("left", s.text("targets.distance"), "number"),
        Column("pace", s.text("targets.pace"), "number"),
        Column("word", s.text("targets.state")),
    ]
    return s.table(
        "tbl-work-plans",
        table_html=html_table(rows, columns, lang=s.lang, groups="group"),
        data=target_data(s, rows),
        title=finding(s, rows),
        subtitle=s.text("workplans.subtitle", edition=s.period(s.edition), count=len(rows)),
        notes=target_notes(s, rows[known]),
    )


def in_force(s: Snapshot) -> pd.DataFrame:
    """Return the targets of key industries' plans whose years take in the edition, issued by then.

    A plan is in force from the first to the last year of any of its targets, so that what it set for a year
    gone is still held against it.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> len(in_force(snapshot("2026-08"))) > 0
    True
    """
    documents = s.observations.targets[["document_en", "issued", "is_target"]]
    rows = s.targets.join(documents, on="target_id")
    rows = rows[(rows["scope_kind"] == SCOPE) & rows["is_target"].astype(bool) & (rows["period_start"] > 0)]
    year, plan = int(s.edition[:4]), rows.groupby("document_en")
    running = (plan["period_start"].transform("min") <= year) & (plan["period_end"].transform("max") >= year)
    issued = rows["issued"].fillna("").astype(str).str[:7]
    return rows[running & (issued <= s.edition)].reset_index(drop=True)


def _bar_label(s: Snapshot, scope: str, measure: str) -> str:
    """Name a bar: the key industry and, in short, what is to grow."""
    short, what = f"workplans.short.{scope}", f"workplans.measure.{measure}"
    return s.text(
        "workplans.label",
        scope=s.text(short) if has_text(short, s.lang) else s.name(scope),
        what=s.text(what) if has_text(what, s.lang) else s.name(measure),
    )


def _partly(s: Snapshot, rows: pd.DataFrame) -> tuple[str, ...]:
    names = list(dict.fromkeys(rows.loc[rows["reason"] == "partial_coverage", "scope_name"]))
    return (s.text("workplans.partial", names=join(names, s.lang)),) if names else ()


def _no_plan(s: Snapshot) -> str:
    return s.text("workplans.no_plan", edition=s.period(s.edition))
