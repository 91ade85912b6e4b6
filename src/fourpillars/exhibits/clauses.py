"""The policy's clauses, and how each is covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourpillars.exhibits.exhibit import Exhibit
from fourpillars.exhibits.language import join
from fourpillars.exhibits.tables import Column, html_table

if TYPE_CHECKING:
    from fourpillars.exhibits.snapshots import Snapshot


def table(s: Snapshot, pillar: str = "") -> Exhibit:
    """Quote the clauses of a pillar (or of the whole text) with their coverage and the indicators that answer them.

    Examples
    --------
    >>> from fourpillars.exhibits import snapshot
    >>> table(snapshot("2026-08"), "growth").id
    'tbl-clauses'
    """
    clauses = s.catalogue.clauses
    clauses = clauses[clauses["pillar"] == pillar] if pillar else clauses
    lang = s.lang
    answers = {clause: [] for clause in clauses["clause_id"]}
    for code, entry in s.catalogue.indicators.items():
        for clause in entry.clause:
            if clause in answers:
                answers[clause].append(s.name(code, short=True))
    shown = clauses.assign(
        quote=clauses[f"quote_{lang}"],
        word=[s.text(f"clauses.{coverage}") for coverage in clauses["coverage"]],
        by=[
            join(answers[clause], lang) or (clauses.set_index("clause_id").at[clause, f"reason_{lang}"] or "")
            for clause in clauses["clause_id"]
        ],
    )
    if not pillar:
        shown = shown.assign(
            pillar_name=[
                s.name(p) if p in {x.code for x in s.catalogue.pillars} else s.text("clauses.whole")
                for p in clauses["pillar"]
            ]
        )
    columns = [
        Column("quote", s.text("clauses.clause")),
        Column("word", s.text("clauses.covered")),
        Column("by", s.text("clauses.by")),
    ]
    counted = clauses["coverage"].value_counts()
    return s.table(
        "tbl-clauses",
        table_html=html_table(shown, columns, lang=lang, groups="" if pillar else "pillar_name", folds=not pillar),
        title=s.text(
            "clauses.title",
            total=len(clauses),
            measured=int(counted.get("measured", 0)),
            proxy=int(counted.get("proxy", 0)),
        ),
        subtitle=s.text("clauses.subtitle"),
    )
