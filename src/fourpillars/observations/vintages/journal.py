"""The journal of revisions: each figure that was replaced, by which, and when. Only added to, never rewritten."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.catalogue.project import Project
from fourpillars.catalogue.tables import LINE, read_table
from fourpillars.observations.schema import KEY

FILE = "revisions.csv"


@dataclass(frozen=True)
class Revision:
    """A figure replaced by another.

    Attributes
    ----------
    key : tuple of str
        The nine columns of the key.
    old_value, old_status, old_source_id : str
        What stood until then.
    new_value, new_status, new_source_id : str
        What stands from then on.
    known : str
        The day from which the new figure is known: its publication, else the day it was taken in.
    recorded : str
        The day it was taken in.
    file : str
        The file of observations it stands in.
    """

    key: tuple[str, ...]
    old_value: str
    old_status: str
    old_source_id: str
    new_value: str
    new_status: str
    new_source_id: str
    known: str
    recorded: str
    file: str


_MORE = tuple(field.name for field in fields(Revision) if field.name != "key")
COLUMNS = (*KEY, *_MORE)


def journal_path(project: Project) -> Path:
    """Return where a project's journal is."""
    return project.data / "vintages" / FILE


def read_journal(project: Project) -> list[Revision]:
    """Return all revisions, in the order they were taken in; none where there is no journal yet.

    Raises
    ------
    DataError
        If the journal is damaged.

    Examples
    --------
    >>> from fourpillars.catalogue import find_project
    >>> isinstance(read_journal(find_project()), list)
    True
    """
    path = journal_path(project)
    if not path.exists():
        return []
    table = read_table(path, project.relative(path), COLUMNS)
    if table.rows is None or table.problems:
        raise DataError(table.problems or (Problem(project.relative(path), None, "", "", "cannot be read"),))
    rows = table.rows.drop_columns([LINE]).to_pylist()
    return [Revision(tuple(row[name] for name in KEY), *(row[name] for name in _MORE)) for row in rows]


def journal_with(project: Project, revisions: list[Revision]) -> bytes:
    """Return the content of the journal with further revisions at its end."""
    path = journal_path(project)
    before = path.read_bytes() if path.exists() else (",".join(COLUMNS) + "\n").encode()
    if not before.endswith(b"\n"):
        before += b"\n"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for revision in revisions:
        key, *more = astuple(revision)
        writer.writerow([*key, *more])
    return before + text.getvalue().encode()
