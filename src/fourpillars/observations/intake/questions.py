"""What a file leaves open: asked, never guessed; and the answers a person gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from fourpillars.catalogue.codelists import Codelists
from fourpillars.errors import FourPillarsError, did_you_mean
from fourpillars.observations.intake.table.dimensions import ANSWERS
from fourpillars.observations.intake.words.labels import plain
from fourpillars.observations.intake.words.names import LEAVE_OUT, NAMED, Names
from fourpillars.observations.intake.words.times import when
from fourpillars.observations.intake.words.units import units_meant

#: What a file can leave unsaid for all its figures, and an answer can say.
VALUES = ("measure", "ref_area", "activity", "item", "ownership", "time_period", "basis", "unit", "obs_status")
SOURCE = ("publisher", "title", "published", "vintage", "read_from", "note")
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Question:
    """One thing a file leaves open.

    Attributes
    ----------
    kind : str
        'names': what a label stands for; 'columns': what a heading stands for; 'values': what the file does
        not say of its figures; 'source': who published them.
    subject : str
        The label, the heading, or the column of the statistics.
    dimension : str
        For a label, what it is a name of, as far as that is known.
    offered : tuple
        Answers near at hand, each a code and its name.
    where : str
        Where it was met first.
    """

    kind: str
    subject: str
    dimension: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    where: str = ""

    def __str__(self) -> str:
        """Say the question in a sentence."""
        if self.kind == "names":
            what = f" ({self.dimension})" if self.dimension else ""
            return f"What is {self.subject!r}{what}?"
        if self.kind == "columns":
            return f"What stands under the heading {self.subject!r}?"
        return f"The file does not say the {self.subject}: which is it?"


class OpenQuestionsError(FourPillarsError):
    """A file that leaves questions open where nobody is there to answer; the command ends with exit code 3."""

    exit_code = 3

    def __init__(self, questions: Sequence[Question], file: str) -> None:
        self.questions = tuple(questions)
        self.file = file
        count = len(self.questions)
        what = "a question" if count == 1 else f"{count} questions"
        super().__init__(
            f"{file} leaves {what} open; nothing was written.",
            f"Write the answers into a file, and give it with --map FILE:\n\n{template(self.questions)}",
        )
        self.args = (self.questions, file)  # so that it pickles


@dataclass(frozen=True)
class Answers:
    """What a person says of a file.

    Attributes
    ----------
    columns : dict
        What stands under a heading, by the heading as it is compared.
    values : dict
        What the file does not say, by column of the statistics.
    names : dict
        For each dimension, the code of a label.
    source : dict
        The row of its source.
    """

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)

    def with_values(self, values: Mapping[str, str]) -> Answers:
        """Return the same answers with further values, which go before."""
        return Answers(self.columns, self.values | dict(values), self.names, self.source)


def template(questions: Sequence[Question]) -> str:
    """Return the file of answers to fill in.

    Examples
    --------
    >>> print(template([Question("names", "钢铁业", "activity", (("C31", "黑色金属冶炼和压延加工业"),))]))
    names:
      activity:
        "钢铁业":   # C31 黑色金属冶炼和压延加工业
    """
    lines: list[str] = []
    for kind in ("columns", "values", "source"):
        part = [question for question in questions if question.kind == kind]
        lines += [f"{kind}:"] * bool(part)
        lines += [f"  {_quoted(each.subject) if kind == 'columns' else each.subject}:{_offer(each)}" for each in part]
    named = [question for question in questions if question.kind == "names"]
    lines += ["names:"] * bool(named)
    for dimension in dict.fromkeys(question.dimension for question in named):
        lines.append(f"  {dimension}:" if dimension else "  DIMENSION:   # measure, ref_area, activity or item")
        lines += [f"    {_quoted(each.subject)}:{_offer(each)}" for each in named if each.dimension == dimension]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def _offer(question: Question) -> str:
    offered = "; ".join(f"{code} {name}".strip() for code, name in question.offered)
    where = f" ({question.where})" if question.where else ""
    return f"   # {offered}{where}".rstrip() if offered or where else ""


def read_answers(path: Path, codelists: Codelists) -> Answers:
    """Read a file of answers, checked.

    Raises
    ------
    FourPillarsError
        If it is no such file, or answers with what is in no codelist.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FourPillarsError(f"{path.name} is too large for a file of answers.")
        told = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise FourPillarsError(f"The answers {path.name} cannot be read ({said}).", "Write it as YAML.") from None
    return checked_answers(told, codelists, path.name)


def checked_answers(told: Any, codelists: Codelists, file: str) -> Answers:
    """Return answers given as a mapping, checked against the codelists."""
    told = {} if told is None else told
    parts = ("columns", "values", "names", "source")
    if not isinstance(told, dict) or not all(isinstance(told.get(part) or {}, dict) for part in parts):
        raise FourPillarsError(f"{file}: answers are columns, values, names and source, each a mapping.")
    unknown = [name for name in told if name not in parts]
    if unknown:
        raise FourPillarsError(f"{file}: {unknown[0]!r} is none of the answers.", did_you_mean(str(unknown[0]), parts))
    columns = {plain(str(heading)): str(meant) for heading, meant in (told.get("columns") or {}).items() if meant}
    for meant in columns.values():
        _must(file, "column", meant, ANSWERS)
    values = {str(name): str(code) for name, code in (told.get("values") or {}).items() if code not in (None, "")}
    source = {str(name): str(text) for name, text in (told.get("source") or {}).items() if text is not None}
    for name in source:
        _must(file, "column of sources.csv", name, SOURCE)
    names = _names(told.get("names") or {}, codelists, file)
    return Answers(columns, checked_values(values, codelists, file), names, source)


def checked_values(values: Mapping[str, str], codelists: Codelists, file: str) -> dict[str, str]:
    """Return what is said of all figures of a file, names turned into codes.

    Examples
    --------
    >>> from fourpillars.catalogue import load_codelists
    >>> checked_values({"ref_area": "河北", "basis": "ytd"}, load_codelists(), "--set")
    {'ref_area': '130000', 'basis': 'ytd'}
    """
    names = Names(codelists)
    found = {}
    for name, value in values.items():
        _must(file, "column of the statistics", name, VALUES)
        found[name] = _value(name, value.strip(), names, file)
    return found


def _value(name: str, value: str, names: Names, file: str) -> str:
    if name == "time_period":
        if not when(value):
            raise FourPillarsError(f"{file}: {value!r} is no period.", "Write 2026-08, 2026-Q2, 2025 or 1-8月.")
        return value
    if name == "unit" and units_meant(value, names.codelists):
        return value
    codes = names.codes(value, name)
    if len(codes) != 1:
        offered = [f"{code} ({names.name(name, code)})" for code in names.nearest(value, name)]
        raise FourPillarsError(f"{file}: {name} {value!r} is in no codelist.", f"Near: {', '.join(offered)}.")
    return next(iter(codes))


def _code(dimension: str, code: str, names: Names, file: str) -> str:
    return code if code == LEAVE_OUT else _value(dimension, code.strip(), names, file)


def _names(told: dict[Any, Any], codelists: Codelists, file: str) -> dict[str, dict[str, str]]:
    known = Names(codelists)
    found: dict[str, dict[str, str]] = {}
    for dimension, labels in told.items():
        _must(file, "dimension", str(dimension), NAMED)
        if not isinstance(labels, dict):
            raise FourPillarsError(f"{file}: under {dimension} stand labels, each with its code.")
        answered = {str(label): _code(str(dimension), str(code), known, file) for label, code in labels.items() if code}
        found[str(dimension)] = answered
    return found


def _must(file: str, what: str, name: str, allowed: Sequence[str]) -> None:
    if name not in allowed:
        raise FourPillarsError(f"{file}: {name!r} is no {what}.", did_you_mean(name, allowed))
