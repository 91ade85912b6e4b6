"""Understand a file: every figure with its key and its place, and whatever is open or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fourpillars.catalogue.codelists import Codelists
from fourpillars.catalogue.problems import Problem
from fourpillars.files.sheet import Sheet, UnreadableFileError
from fourpillars.observations.intake.questions import Answers, Question
from fourpillars.observations.intake.table.columns import Column
from fourpillars.observations.intake.table.reading import TableReader
from fourpillars.observations.intake.words.names import Names


@dataclass(frozen=True)
class Found:
    """An observation found in a file.

    Attributes
    ----------
    key : tuple of str
        The nine columns of the key.
    value, status, source_id : str
        The other three; source_id is empty where the file names none.
    place : tuple
        The sheet, the row counted from 1, and the column as a spreadsheet calls it.
    """

    key: tuple[str, ...]
    value: str
    status: str
    source_id: str
    place: tuple[str, int, str]


@dataclass
class Understood:
    """What a file was understood to say.

    Attributes
    ----------
    file : str
        Its name.
    found : list of Found
        Its observations.
    tables : list of tuple
        For each sheet with a table, its name and columns.
    questions : list of Question
        What it leaves open.
    problems : list of Problem
        What is wrong, each with row and column.
    missing : int
        Cells that say there is no figure.
    converted : dict
        Units turned into the project's, and how many figures were.
    notes : list of str
        What was left out, and why.
    titles : list of str
        The texts above the tables.
    """

    file: str
    found: list[Found] = field(default_factory=list)
    tables: list[tuple[str, list[Column]]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: int = 0
    converted: dict[tuple[str, str], int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def understand(
    sheets: Sequence[Sheet], file: str, codelists: Codelists, answers: Answers | None = None, sheet: str = ""
) -> Understood:
    """Understand the sheets of a file.

    Parameters
    ----------
    sheets : sequence of Sheet
        What was read.
    file : str
        What the file is called.
    codelists : Codelists
        The codes that names stand for.
    answers : Answers, optional
        What a person says of the file.
    sheet : str
        The one sheet to take; by default all that hold a table.

    Raises
    ------
    UnreadableFileError
        If the file holds no table.

    Examples
    --------
    >>> from fourpillars.catalogue import load_codelists
    >>> rows = [["行业", "2026年8月"], ["采矿业", "5.2%"]]
    >>> values = {"measure": "value_added_growth", "ref_area": "CN"}
    >>> said = understand([Sheet("", rows)], "a.csv", load_codelists(), Answers(values=values))
    >>> said.found[0].key, said.found[0].value
    (('CN', 'B', '', '', 'value_added_growth', 'M', '2026-08', 'month', 'pct_yoy'), '5.2')
    """
    answers = answers or Answers()
    chosen = [one for one in sheets if sheet in ("", one.name)]
    if not chosen:
        names = ", ".join(repr(one.name) for one in sheets)
        raise UnreadableFileError(f"{file} has no sheet {sheet!r}.", f"Its sheets are {names}.")
    names = Names(codelists, answers.names)
    said = Understood(file)
    for one in chosen:
        reader = TableReader(one, file, names, answers, len(chosen) > 1)
        if reader.layout is None:
            said.notes.append(f"Sheet {one.name!r} holds no table and is left out.")
            continue
        _take(said, one, reader)
    if not said.tables:
        hint = "The first row of the table must say what stands below it; figures must have a heading."
        raise UnreadableFileError(f"{file} holds no table with headings and rows.", hint)
    said.questions = list(dict.fromkeys(said.questions))
    return said


def _take(said: Understood, sheet: Sheet, reader: TableReader) -> None:
    for cell in reader.read():
        said.found.append(Found(cell.key, cell.value, cell.status, cell.source_id, (sheet.name, cell.row, cell.column)))
    said.tables.append((sheet.name, reader.columns))
    said.questions += reader.questions.values()
    said.problems += reader.problems
    said.missing += reader.missing
    for pair, count in reader.converted.items():
        said.converted[pair] = said.converted.get(pair, 0) + count
    said.notes += [*sheet.notes, *reader.notes]
    said.titles += reader.layout.titles
