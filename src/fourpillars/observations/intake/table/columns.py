"""What each column of a table holds: figures, labels of one kind, or nothing of use."""

from __future__ import annotations

from dataclasses import dataclass, field

from fourpillars.files.sheet import letter
from fourpillars.observations.intake.questions import Answers, Question
from fourpillars.observations.intake.table.dimensions import dimension_of
from fourpillars.observations.intake.table.layout import Layout
from fourpillars.observations.intake.words.figures import figure, is_missing
from fourpillars.observations.intake.words.labels import plain
from fourpillars.observations.intake.words.meaning import DIMENSIONS, Meaning, meaning
from fourpillars.observations.intake.words.names import Names
from fourpillars.observations.intake.words.times import when


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    place : int
        Counted from 0.
    heading : str
        Its headings, from the top.
    holds : str
        'value', 'labels' (of any kind), 'skip', or a dimension.
    meaning : Meaning
        What its headings say of figures.
    """

    place: int
    heading: str
    holds: str
    meaning: Meaning = field(default_factory=Meaning)

    @property
    def name(self) -> str:
        """What a reader of the file calls it."""
        return f"{letter(self.place)} {self.heading}".strip()


def columns_of(layout: Layout, names: Names, answers: Answers) -> tuple[list[Column], list[Question], list[Column]]:
    """Return the columns of a table, what their headings leave open, and columns of figures without a heading."""
    columns: list[Column] = []
    questions: list[Question] = []
    bare: list[Column] = []
    for place, texts in enumerate(layout.headings):
        below = [layout.cells[row][place] for row in layout.rows]
        if not any(below):
            continue
        column = _column(place, texts, below, names, answers)
        if column.holds:
            columns.append(column)
        elif column.heading:
            questions.append(_question(column, below, names))
        else:
            bare.append(column)
    return columns, questions, bare


def _column(place: int, texts: list[str], below: list[str], names: Names, answers: Answers) -> Column:
    heading = " / ".join(texts)
    answered = answers.columns.get(plain(heading)) or (answers.columns.get(plain(texts[-1])) if texts else None)
    if answered:
        return Column(place, heading, answered, _together(texts, names) or Meaning())
    dimension = next((found for found in map(dimension_of, reversed(texts)) if found), "")
    if dimension:
        return Column(place, heading, dimension)
    has_figures = any(figure(cell) is not None and not when(cell) for cell in below)
    meant = _together(texts, names) if texts else None
    holds_no_labels = has_figures or all(is_missing(cell) or figure(cell) is not None for cell in below)
    if meant is not None and (holds_no_labels or meant != Meaning()):
        return Column(place, heading, "value", meant)
    if not has_figures and (not texts or _all_named(below, names)):
        return Column(place, heading, _kind_of_labels(below, names))
    return Column(place, heading, "")


def _together(texts: list[str], names: Names) -> Meaning | None:
    """Return what headings over each other mean together; None where one is unknown or they contradict."""
    found: Meaning | None = Meaning()
    for text in texts:
        one = meaning(text, names)
        found = found.joined(one) if found is not None and one is not None else None
    return found


def _all_named(labels: list[str], names: Names) -> bool:
    return all(names.readings(label, DIMENSIONS) or when(label) for label in labels if label)


def _kind_of_labels(labels: list[str], names: Names) -> str:
    """Return the one dimension that names all labels of a column without a telling heading, else 'labels'."""
    distinct = set(filter(None, labels))
    kinds = [kind for kind in DIMENSIONS if all(names.codes(label, kind) for label in distinct)]
    if all(when(label) for label in distinct):
        kinds.append("time_period")
    return kinds[0] if len(kinds) == 1 else "labels"


def _question(column: Column, below: list[str], names: Names) -> Question:
    where = f"column {letter(column.place)}"
    if any(figure(cell) is not None for cell in below):
        last = column.heading.split(" / ")[-1]
        near = [(code, names.name("measure", code)) for code in names.nearest(last, "measure")]
        unknown = [text for text in column.heading.split(" / ") if meaning(text, names) is None]
        if len(unknown) == 1:
            return Question("names", unknown[0], "measure", tuple(near), where)
    offered = tuple((code, "") for code in ("ref_area", "activity", "item", "measure", "value", "skip"))
    return Question("columns", column.heading, "", offered, where)
