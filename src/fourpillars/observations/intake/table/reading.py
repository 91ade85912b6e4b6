"""Read a table cell by cell: what its headings, labels and titles say of each figure, together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fourpillars.catalogue.problems import Problem
from fourpillars.files.sheet import Sheet, letter
from fourpillars.observations.intake.questions import Answers, Question
from fourpillars.observations.intake.table.columns import Column, columns_of
from fourpillars.observations.intake.table.labelled import TIMES, label_meaning, label_question
from fourpillars.observations.intake.table.layout import lay_out
from fourpillars.observations.intake.table.observe import (
    Series,
    UndecidedError,
    UnfitError,
    UnsaidError,
    series_of,
)
from fourpillars.observations.intake.table.titles import of_titles
from fourpillars.observations.intake.words.figures import figure, is_missing
from fourpillars.observations.intake.words.meaning import DIMENSIONS, Meaning
from fourpillars.observations.intake.words.names import Names
from fourpillars.observations.intake.words.times import When, when

MOST_PROBLEMS = 1000
#: What a row need not say in every table, and where the statistics' own form leaves a cell empty.
_OPTIONAL, _OWN = {"freq", "basis", "unit", "obs_status", "source_id"}, {"ownership", "item"}
_NOTHING = Meaning()
_PERCENTS = {"pct", "pct_yoy", "pct_mom", "pct_of_gdp", "pct_of_revenue"}


@dataclass(frozen=True)
class Cell:
    """An observation in a cell: its key, value, status and source, the row from 1, the column's letter."""

    key: tuple[str, ...]
    value: str
    status: str
    source_id: str
    row: int
    column: str


class TableReader:
    """Reads the table of one sheet; what is open, wrong or left out it keeps."""

    def __init__(self, sheet: Sheet, file: str, names: Names, answers: Answers, several: bool) -> None:
        self.sheet, self.names, self.answers = sheet, names, answers
        self.file = f"{file} [{sheet.name}]" if several and sheet.name else file
        self.layout = lay_out(sheet, self._names_something)
        self.columns: list[Column] = []
        self.questions: dict[tuple[str, str, str], Question] = {}
        self.problems: list[Problem] = []
        self.missing = 0
        self.converted: dict[tuple[str, str], int] = {}
        self.notes: list[str] = []
        self._said: dict[tuple[str, ...], Meaning] = {}
        self._series: dict[tuple[_Same, bool], Series | Exception] = {}

    def _names_something(self, text: str) -> bool:
        return bool(when(text) or self.names.readings(text, DIMENSIONS))

    def read(self) -> Iterator[Cell]:
        """Yield every observation of the table."""
        self.columns, questions, bare = columns_of(self.layout, self.names, self.answers)
        for question in questions:
            self._ask(question)
        for column in bare:
            self._problem(self.layout.first, column, "", "has no heading", "Say in the heading what stands below.")
        titles = of_titles([*self.layout.titles, self.sheet.name], self.names)
        figures = [column for column in self.columns if column.holds == "value"]
        if any(column.meaning.when and column.meaning.when.number for column in figures):
            titles = replace(titles, when=_year_alone(titles.when))  # a period above some columns is not all columns'
        labels = [column for column in self.columns if column.holds not in ("value", "skip")]
        if not figures and not questions and not bare:
            self._problem(self.layout.first, None, "", "no column holds figures", "A heading must say what they are.")
        cells = [cell for row in self.layout.rows for cell in self._row(row, labels, figures, titles)]
        self._check_fractions(cells)
        for number, text in self.layout.footnotes:
            self.notes.append(f"Row {number + 1} is a note: {text[:60]}")
        yield from cells

    def _row(self, row: int, labels: list[Column], figures: list[Column], titles: Meaning) -> Iterator[Cell]:
        cells = self.sheet.rows[row]  # a merged figure is one figure
        filled = [column for column in figures if not is_missing(cells[column.place])]
        self.missing += sum(bool(cells[column.place]) for column in figures) - len(filled)
        if not filled:
            said = next((text for column in labels if (text := cells[column.place])), "")
            if said and not any(cells[column.place] for column in figures):
                self.notes.append(f"Row {row + 1} has no figures: {said[:40]}")
            return
        left = next(
            (text for column in labels if self.names.is_left_out(text := self.layout.cells[row][column.place])), ""
        )
        if left:
            self.notes.append(f"Row {row + 1} is left out, as was answered: {left[:40]}")
            return
        of_row, source_id = self._labels(row, labels)
        for column in filled:
            cell = self._cell(row, column, of_row, titles) if of_row is not None else None
            if cell:
                yield replace(cell, source_id=source_id)
            elif of_row is None and figure(cells[column.place]) is None:
                self._no_figure(row, column)

    def _labels(self, row: int, labels: list[Column]) -> tuple[Meaning | None, str]:
        """Return what the labels of a row say together, and its source; None where one is open or wrong."""
        cells = self.layout.cells[row]
        source_id = next((cells[column.place] for column in labels if column.holds == "source_id"), "")
        times = [column for column in labels if column.holds in TIMES]
        others = [column for column in labels if column.holds not in TIMES and column.holds != "source_id"]
        texts = tuple(cells[column.place] for column in others)
        together = self._said.get(texts) or self._together(row, others, Meaning())
        if together is not None:
            self._said[texts] = together
        whole = self._together(row, times, together or Meaning())
        return (None if together is None else whole), source_id

    def _together(self, row: int, labels: list[Column], together: Meaning | None) -> Meaning | None:
        """Return a meaning with that of some labels; None where one is open, wrong, or contradicts the others."""
        for column in labels:
            text = self.layout.cells[row][column.place]
            found = self._label(row, column, text)
            if found is None:
                together = None
            elif together is not None:
                together = together.joined(found)
                if together is None:
                    self._problem(row, column, text, "contradicts the other labels of its row", "")
        return together

    def _label(self, row: int, column: Column, text: str) -> Meaning | None:
        """Return the meaning of one label; None where it is open or wrong, which is told."""
        if column.holds == "action":
            if text.strip().upper() in ("", "A", "I", "M", "R"):
                return Meaning()
            self._problem(row, column, text, "is an action other than to add figures", "Leave such rows out.")
            return None
        if column.holds == "multiplier":
            if text.strip() in ("", "0"):
                return Meaning()
            hint = "Multiply them, or say what they are in: columns: {UNIT_MULT: skip}, and the unit."
            self._problem(row, column, text, "says that the figures are in powers of ten of their unit", hint)
            return None
        if is_missing(text):
            if column.holds in _OPTIONAL or column.heading.casefold() in _OWN:
                return Meaning()
            self._problem(row, column, text, "is empty beside figures", "Say what the figures are of.")
            return None
        found = label_meaning(text, column.holds, self.names)
        if found is None and column.holds in TIMES:
            self._problem(row, column, text, "is no period", "Write 2026-08, 2026年8月, 1-8月, 2026-Q2 or 2025.")
        elif found is None:
            self._ask(label_question(text, column, row, self.names))
        return found

    def _cell(self, row: int, column: Column, of_row: Meaning, titles: Meaning) -> Cell | None:
        text = self.sheet.rows[row][column.place]
        value = figure(text)
        if value is None:
            self._no_figure(row, column)
            return None
        said = of_row.joined(column.meaning)
        if said is None:
            self._problem(row, column, text, "stands under a heading that contradicts the labels of its row", "")
            return None
        series = self._resolved(_with_titles(said, titles), value.percent)
        if not isinstance(series, Series):
            self._tell(series, row, column, text)
            return None
        if series.factor != 1:
            pair = (series.unit_text, series.key[-1])
            self.converted[pair] = self.converted.get(pair, 0) + 1
        return Cell(series.key, series.value(value), series.status, "", row + 1, letter(column.place))

    def _resolved(self, said: Meaning, percent: bool) -> Series | Exception:
        asked = (_Same(said), percent)
        if asked not in self._series:
            try:
                self._series[asked] = series_of(said, percent, self.names, self.answers)
            except (UnfitError, UnsaidError, UndecidedError) as error:
                self._series[asked] = error
        return self._series[asked]

    def _tell(self, error: Exception, row: int, column: Column, text: str) -> None:
        where = f"{letter(column.place)}{row + 1}"
        if isinstance(error, UnfitError):
            self._problem(row, column, text, error.message, error.hint)
        elif isinstance(error, UnsaidError):
            for name, allowed in error.unsaid:
                offered = tuple((code, self.names.name(name, code)) for code in allowed)
                self._ask(Question("values", name, "", offered, where))
        elif isinstance(error, UndecidedError):
            offered = tuple(
                (code, f"{dimension} {self.names.name(dimension, code)}") for dimension, code in error.readings
            )
            self._ask(Question("names", error.label, "", offered, where))

    def _ask(self, question: Question) -> None:
        self.questions.setdefault((question.kind, question.subject, question.dimension), question)

    def _no_figure(self, row: int, column: Column) -> None:
        text = self.sheet.rows[row][column.place]
        self._problem(row, column, text, "is not a number", "Write it plainly, or — where there is no figure.")

    def _problem(self, row: int, column: Column | None, found: str, message: str, hint: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            name = column.name if column else ""
            self.problems.append(Problem(self.file, row + 1, name, found[:80], message, hint))

    def _check_fractions(self, cells: list[Cell]) -> None:
        """Old Excel files do not tell that 0.052 is shown as 5.2 %: refuse percentages that may be such."""
        shares = [abs(float(cell.value)) for cell in cells if cell.key[-1] in _PERCENTS]
        if self.sheet.hidden_percent and shares and 0 < max(shares) <= 1:
            hint = "An .xls file does not tell whether they are shown as per cent: save it as .xlsx."
            self.problems.append(Problem(self.file, None, "", "", "holds percentages that may be fractions", hint))


class _Same:
    """A meaning as a key: dictionaries in it cannot be one."""

    def __init__(self, said: Meaning) -> None:
        self.parts = (
            frozenset(said.codes.items()),
            said.when,
            tuple(said.units),
            said.unit_text,
            said.change,
            said.open,
        )

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.parts == other.parts


def _with_titles(said: Meaning, titles: Meaning) -> Meaning:
    """Add what the titles say where nothing nearer does."""
    if titles == _NOTHING:
        return said
    period = said.when or (titles.when if titles.when and titles.when.freq else None)
    if said.when and not said.when.period and titles.when:
        period = said.when.within(titles.when) or _year_of(said, titles)
    open_ = said.open or (titles.open if not said.codes else ())
    near = replace(said, when=period, codes=titles.codes | said.codes, open=open_)
    if not said.units:
        near = replace(near, units=titles.units, unit_text=titles.unit_text)
    return replace(
        near, label=said.label or titles.label, change=said.change or ("" if "measure" in said.codes else titles.change)
    )


def _year_alone(when: When | None) -> When | None:
    """Return the year of a period, which completes others and is none itself."""
    return replace(when, freq="", number=None, basis="") if when and when.year else None


def _year_of(said: Meaning, titles: Meaning) -> When:
    """Take no more than the year from a title that names another period of it."""
    return replace(said.when, year=titles.when.year)
