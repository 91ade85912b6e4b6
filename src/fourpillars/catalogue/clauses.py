"""The policy, clause by clause: quoted word for word, and how each clause is covered by indicators.

``clause.csv`` quotes ``policy-text.txt``. A clause is measured, stood for by a proxy, or not measured, with
the reason for the last two. What is measured or stood for must be named by an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.catalogue.problems import Problem
from fourpillars.catalogue.project import Project
from fourpillars.catalogue.tables import LINE, read_table
from fourpillars.errors import did_you_mean

if TYPE_CHECKING:
    from fourpillars.catalogue.indicator import Indicator

COLUMNS = ("clause_id", "pillar", "quote_en", "quote_zh", "coverage", "reason_en", "reason_zh")
PILLARS = ("all", "stability", "expansion", "innovation", "growth")
COVERAGE = ("measured", "proxy", "not_measured")


def read_clauses(project: Project) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the clauses of a project's policy, and everything that is wrong with them.

    Returns
    -------
    clauses : DataFrame
        The columns of `COLUMNS`, in the order of the file; empty where it cannot be read.
    problems : list of Problem
        Unknown or doubled codes, a quotation the policy text does not have, a missing reason.

    Examples
    --------
    >>> from fourpillars.catalogue import find_project
    >>> clauses, problems = read_clauses(find_project())
    >>> clauses.loc[clauses["clause_id"] == "G6", "coverage"].item(), problems
    ('measured', [])
    """
    path = project.codelists / "clause.csv"
    file = project.relative(path)
    table = read_table(path, file, COLUMNS)
    if table.rows is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype="str"), list(table.problems)
    rows = table.rows.to_pandas().fillna("")
    text, problems = _policy_text(project)
    for row in rows.to_dict("records"):
        problems += [Problem(file, int(row[LINE]), *found) for found in _wrong(row, text)]
    for line in rows.loc[rows["clause_id"].duplicated(), LINE]:
        identity = rows.loc[rows[LINE] == line, "clause_id"].item()
        problems.append(Problem(file, int(line), "clause_id", identity, "stands twice"))
    return rows[list(COLUMNS)], [*table.problems, *problems]


def check_coverage(clauses: pd.DataFrame, indicators: Mapping[str, Indicator], project: Project) -> list[Problem]:
    """Say which clauses lack the indicator they promise, and which indicators name no clause there is.

    Examples
    --------
    >>> from fourpillars.catalogue import find_project
    >>> clauses = pd.DataFrame({"clause_id": ["E3", "G6"], "coverage": ["not_measured", "measured"]})
    >>> [problem] = check_coverage(clauses, {}, find_project())
    >>> problem.found, problem.message
    ('G6', 'is called measured, but no indicator names it')
    """
    named = {clause for indicator in indicators.values() for clause in indicator.clause}
    promised = clauses.loc[clauses["coverage"] != "not_measured", ["clause_id", "coverage"]]
    file = project.relative(project.codelists / "clause.csv")
    catalogue = project.relative(project.catalogue / "indicators.yml")
    hint = "Let an indicator's clause name it, or call it not_measured with the reason."
    problems = [
        Problem(file, None, "clause_id", clause, f"is called {coverage}, but no indicator names it", hint)
        for clause, coverage in promised.itertuples(index=False)
        if clause not in named
    ]
    known = list(clauses["clause_id"])
    strange = "is no clause of the policy"
    return problems + [
        Problem(catalogue, None, f"{code}.clause", clause, strange, did_you_mean(clause, known))
        for code, indicator in indicators.items()
        for clause in indicator.clause
        if clause not in known
    ]


def _policy_text(project: Project) -> tuple[str, list[Problem]]:
    path = project.catalogue / "policy-text.txt"
    try:
        return path.read_text(encoding="utf-8"), []
    except (OSError, UnicodeDecodeError) as error:
        return "", [Problem(project.relative(path), None, "", "", f"cannot be read ({error})")]


def _wrong(row: Mapping[str, str], text: str) -> Iterable[tuple[str, str, str, str]]:
    """Say what is wrong with one clause: column, found, message, hint."""
    for column, allowed in (("pillar", PILLARS), ("coverage", COVERAGE)):
        if row[column] not in allowed:
            yield column, row[column], "is not allowed", did_you_mean(row[column], allowed)
    for column in ("clause_id", "quote_en", "quote_zh"):
        if not row[column].strip():
            yield column, "", "is empty", ""
    if text and row["quote_en"] not in text:
        yield "quote_en", row["quote_en"], "is not in policy-text.txt", "Quote it word for word."
    for column in ("reason_en", "reason_zh"):
        if row["coverage"] in ("proxy", "not_measured") and not row[column].strip():
            yield column, "", f"is empty, but the clause is called {row['coverage']}", "Say why."
