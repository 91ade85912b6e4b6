"""The targets of work plans and of governments: what was promised, by whom, for when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.catalogue.problems import Problem
from fourpillars.catalogue.project import Project
from fourpillars.catalogue.tables import LINE, read_table
from fourpillars.errors import did_you_mean

if TYPE_CHECKING:
    from fourpillars.catalogue.codelists import Codelists

COLUMNS = (
    "target_id", "scope_kind", "scope", "measure", "item", "operator", "target_value", "unit", "period_start",
    "period_end", "rate_basis", "document_en", "document_zh", "issued", "source_url", "note",
)  # fmt: skip
DATE = r"\d{4}(?:-\d\d){0,2}"
#: Opens the note of an entry that is no target.
NOT_A_TARGET = ("context, not a target", "rule in force")


def read_targets(project: Project, codelists: Codelists) -> tuple[pd.DataFrame, list[Problem]]:
    """Read ``targets.csv`` and check it.

    Returns
    -------
    tuple of DataFrame and list
        The targets, indexed by target_id: the columns of the file, `target_value` as a number (NaN where the
        text gives none), and `is_target`, false for context and rules in force; and every problem found.
    """
    path = project.observations / "targets.csv"
    file = project.relative(path)
    table = read_table(path, file, COLUMNS)
    if table.rows is None:
        return pd.DataFrame(columns=[*COLUMNS[1:], "is_target"]).rename_axis("target_id"), list(table.problems)
    frame = table.rows.to_pandas()
    problems = [*table.problems, *_problems(frame, codelists, file)]
    frame["target_value"] = pd.to_numeric(frame["target_value"], errors="coerce").astype(float)
    frame["is_target"] = ~frame["note"].str.startswith(NOT_A_TARGET)
    return frame.drop(columns=LINE).set_index("target_id"), problems


def _problems(frame: pd.DataFrame, codelists: Codelists, file: str) -> list[Problem]:
    problems = []

    def refuse(bad: pd.Series, column: str, message: str, allowed: list[str] | None = None) -> None:
        for line, found in frame.loc[bad, [LINE, column]].itertuples(index=False):
            hint = did_you_mean(found, allowed) if allowed else ""
            problems.append(Problem(file, int(line), column, found, message, hint))

    refuse(frame["target_id"].duplicated() | frame["target_id"].eq(""), "target_id", "is empty or stands twice")
    for column, codes in (
        ("scope_kind", codelists.term_codes("scope_kind")),
        ("operator", ["", *codelists.term_codes("operator")]),
        ("rate_basis", codelists.term_codes("rate_basis")),
        ("measure", list(codelists.measures.index)),
        ("item", ["", *codelists.items.index]),
        ("unit", list(codelists.units.index)),
    ):
        refuse(~frame[column].isin(codes), column, "is no known code", codes)
    for kind, codes in _scopes(codelists).items():
        refuse(
            frame["scope_kind"].eq(kind) & ~frame["scope"].isin(codes),
            "scope",
            f"is no code of the kind {kind}",
            codes,
        )
    number = pd.to_numeric(frame["target_value"], errors="coerce")
    refuse(frame["target_value"].ne("") & number.isna(), "target_value", "is not a number")
    refuse(
        frame["operator"].ne("") & frame["target_value"].eq(""),
        "target_value",
        "is empty, though there is an operator",
    )
    for column in ("period_start", "period_end", "issued"):
        refuse(
            frame[column].ne("") & ~frame[column].str.fullmatch(DATE),
            column,
            "is no date (2026, 2026-03, 2026-03-05)",
        )
    for column in ("document_en", "document_zh"):
        refuse(frame[column].eq(""), column, "is empty")
    return problems


def _scopes(codelists: Codelists) -> dict[str, list[str]]:
    return {
        "activity": list(codelists.activities.index),
        "key_industry": list(codelists.key_industries["key_industry"].unique()),
        "ref_area": list(codelists.ref_areas.index),
        "nation": ["CN"],
        "product": list(
            codelists.items.index[codelists.items["lists"].str.split(";").map(lambda lists: "products" in lists)]
        ),
    }
