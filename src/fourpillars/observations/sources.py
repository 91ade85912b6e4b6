"""Where each figure comes from: the publisher, the title, and when it was published or copied."""

from __future__ import annotations

import pandas as pd

from fourpillars.catalogue.problems import Problem
from fourpillars.catalogue.project import Project
from fourpillars.catalogue.tables import LINE, read_table

COLUMNS = ("source_id", "publisher", "title", "published", "vintage", "read_from", "note")
DATE = r"\d{4}(?:-\d\d){0,2}"
FILE = "sources.csv"


def read_sources(project: Project) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read ``sources.csv`` and check it.

    Returns
    -------
    tuple of DataFrame and list
        The sources, indexed by source_id (None where the file cannot be used), and every problem found.
    """
    path = project.observations / FILE
    file = project.relative(path)
    table = read_table(path, file, COLUMNS)
    if table.rows is None:
        return None, list(table.problems)
    frame = table.rows.to_pandas()
    return frame.drop(columns=LINE).set_index("source_id"), [*table.problems, *_problems(frame, file)]


def _problems(frame: pd.DataFrame, file: str) -> list[Problem]:
    checks = [(column, frame[column].eq(""), "is empty", "") for column in ("source_id", "publisher", "title")]
    checks.append(
        (
            "source_id",
            frame["source_id"].duplicated(),
            "stands in the file twice",
            "Give each source its own id.",
        )
    )
    for column in ("published", "vintage"):
        wrong = frame[column].ne("") & ~frame[column].str.fullmatch(DATE)
        checks.append((column, wrong, "is no date", "Write 2026, 2026-03 or 2026-03-05, or leave it empty."))
    return [
        Problem(file, int(line), column, found, message, hint)
        for column, wrong, message, hint in checks
        for line, found in frame.loc[wrong, [LINE, column]].itertuples(index=False)
    ]
