"""Take a file: read it guarded, understand it with the answers at hand, compare it with what is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fourpillars.catalogue.codelists import load_codelists
from fourpillars.catalogue.project import Project
from fourpillars.files.guarded import read_guarded
from fourpillars.files.sheet import Sheet
from fourpillars.observations.intake.compare import Change, change_of
from fourpillars.observations.intake.questions import Answers, OpenQuestionsError, Question
from fourpillars.observations.intake.understand import understand

#: Asks a person, who answers or gives up: returns the answers with some more, or None.
Ask = Callable[[Sequence[Question], Answers], Answers | None]
MOST_ROUNDS = 20


def take_file(
    path: Path,
    project: Project,
    answers: Answers | None = None,
    sheet: str = "",
    into: str = "",
    ask: Ask | None = None,
) -> Change:
    """Read a file and say what it would change; nothing is written.

    Parameters
    ----------
    path : Path
        A CSV, Excel, Parquet or SDMX file.
    project : Project
        The project it is for.
    answers : Answers, optional
        What a person says of it.
    sheet : str
        The one sheet to take; by default all that hold a table.
    into : str
        The topic for new figures; by default after the file's name.
    ask : callable, optional
        Asks a person what is open; without it open questions are refused.

    Raises
    ------
    UnreadableFileError, DataError, OpenQuestionsError
        If the file cannot be read, has a problem, or leaves questions open.
    """
    return take_sheets(read_guarded(path), path.name, project, answers, sheet, into, ask)


def take_sheets(
    sheets: Sequence[Sheet],
    file: str,
    project: Project,
    answers: Answers | None = None,
    sheet: str = "",
    into: str = "",
    ask: Ask | None = None,
    today: str = "",
) -> Change:
    """Say what sheets that were read would change, as `take_file` does."""
    answers = answers or Answers()
    for _ in range(MOST_ROUNDS):
        said = understand(sheets, file, load_codelists(project), answers, sheet)
        try:
            return change_of(said, project, answers, into, today)
        except OpenQuestionsError as error:
            more = ask(error.questions, answers) if ask else None
            if more is None:
                raise
            answers = more
    raise OpenQuestionsError(said.questions, file)
