"""What a file would change: what is new, what is there already, what revises a figure; and its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

import pandas as pd
import pyarrow as pa

from fourpillars.catalogue.problems import DataError, Problem
from fourpillars.catalogue.project import Project
from fourpillars.catalogue.tables import LINE
from fourpillars.errors import FourPillarsError
from fourpillars.observations.intake.questions import Answers, OpenQuestionsError, Question
from fourpillars.observations.intake.understand import Found, Understood
from fourpillars.observations.load import load_observations
from fourpillars.observations.reader import OTHERS, frame_of, schema_problems
from fourpillars.observations.schema import COLUMNS, KEY
from fourpillars.observations.sources import DATE
from fourpillars.observations.store import Observations
from fourpillars.observations.vintages.journal import Revision
from fourpillars.observations.vintages.known import last_day

_ID = "D{:05d}"


@dataclass(frozen=True)
class Change:
    """What a file would change, ready to be written.

    Attributes
    ----------
    said : Understood
        What the file was understood to say.
    target : str
        The file of observations that new figures go into.
    new : list of Found
        Figures that are not there yet.
    same : int
        Figures that stand there already, with the same value.
    revised : list of tuple
        For each figure that differs, the revision and its line in the file it stands in.
    source : dict
        The row to add to sources.csv; empty where none is needed.
    """

    said: Understood
    target: str
    new: list[Found]
    same: int
    revised: list[tuple[Revision, int]]
    source: dict[str, str] = field(default_factory=dict)


def change_of(said: Understood, project: Project, answers: Answers, into: str = "", today: str = "") -> Change:
    """Compare what a file says with the statistics there are.

    Parameters
    ----------
    said : Understood
        What the file was understood to say.
    project : Project
        Whose statistics.
    answers : Answers
        What a person says of the file, its source above all.
    into : str
        The topic, a file of observations, for new figures; by default after the file's name.
    today : str
        The day it is taken in; by default this one.

    Raises
    ------
    DataError
        With every problem of the file: nothing of a file with a problem is taken.
    OpenQuestionsError
        If it leaves questions open.
    """
    if said.problems:
        raise DataError(said.problems)
    observations = load_observations(project)
    source, questions = _source(said, observations.sources, answers, today or date.today().isoformat())
    if said.questions or questions:
        raise OpenQuestionsError([*said.questions, *questions], said.file)
    found = [one if one.source_id else _with_source(one, source["source_id"]) for one in said.found]
    found, problems = _once(found, said.file)
    problems += _held_against_rules(found, said.file, observations, source)
    if problems:
        raise DataError(problems)
    if not found:
        raise FourPillarsError(f"{said.file} holds no figures.")
    new, same, revised = _compared(found, observations, source, today or date.today().isoformat())
    used = any(one.source_id == source.get("source_id") for one in new) or any(
        revision.new_source_id == source.get("source_id") for revision, _ in revised
    )
    known = source.get("source_id") in observations.sources.index
    return Change(said, _target(into, said.file), new, same, revised, source if used and not known else {})


def _source(
    said: Understood, sources: pd.DataFrame, answers: Answers, today: str
) -> tuple[dict[str, str], list[Question]]:
    """Return the file's row of sources.csv: one that is there already, else a new one."""
    if said.found and all(one.source_id for one in said.found):
        return {}, []
    told = {name: " ".join(text.split()) for name, text in answers.source.items()}
    if not told.get("publisher"):
        return {"source_id": ""}, [Question("source", "publisher", "", (("", "who published these figures"),))]
    title = told.get("title") or (said.titles[0] if said.titles else said.file)
    published = told.get("published", "")
    row = {
        "publisher": told["publisher"],
        "title": " ".join(title.split())[:200],
        "published": published,
        "vintage": told.get("vintage", "" if published else today),
        "read_from": told.get("read_from", said.file),
        "note": told.get("note", ""),
    }
    for name in ("published", "vintage"):
        if row[name] and not re.fullmatch(DATE, row[name]):
            raise FourPillarsError(f"The source's {name} {row[name]!r} is no date.", "Write 2026-09-15.")
    columns = list(row)
    there = sources.index[(sources[columns] == pd.Series(row)[columns]).all(axis=1)]
    if len(there):
        return {"source_id": str(there[0])} | row, []
    numbers = [int(name[1:]) for name in sources.index if re.fullmatch(r"D\d{5}", str(name))]
    return {"source_id": _ID.format(max(numbers, default=0) + 1)} | row, []


def _with_source(one: Found, source_id: str) -> Found:
    return Found(one.key, one.value, one.status, source_id, one.place)


def _once(found: Sequence[Found], file: str) -> tuple[list[Found], list[Problem]]:
    """Keep each key once; the same figure twice does no harm, another one is a problem."""
    first: dict[tuple[str, ...], Found] = {}
    problems = []
    for one in found:
        other = first.setdefault(one.key, one)
        if other is not one and Decimal(other.value) != Decimal(one.value):
            sheet, row, column = other.place
            hint = f"{column}{row}{f' of sheet {sheet!r}' if sheet else ''} gives {other.value}: keep one of the two."
            problems.append(_problem(file, one, one.value, f"is a second figure of {_said(one.key)}", hint))
    return list(first.values()), problems


def _held_against_rules(
    found: Sequence[Found], file: str, observations: Observations, source: dict[str, str]
) -> list[Problem]:
    """Hold the figures against the rules of the statistics; a problem names its place in the file."""
    if not found:
        return []
    rows = [(*one.key, one.value, one.status, one.source_id) for one in found]
    columns = {
        name: pa.array(column, pa.string()) for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=True)
    }
    table = pa.table(columns | {"file": pa.array([file] * len(rows)), LINE: pa.array(range(len(rows)), pa.int32())})
    sources = [*observations.sources.index, *filter(None, [source.get("source_id")])]
    problems = schema_problems(frame_of(table), observations.codelists, sources)
    return [
        _problem(
            file,
            found[each.line],
            each.found,
            f"{each.message} ({each.column} of {_said(found[each.line].key)})",
            each.hint,
        )
        for each in problems
    ]


def _problem(file: str, one: Found, shown: str, message: str, hint: str) -> Problem:
    sheet, row, column = one.place
    return Problem(f"{file} [{sheet}]" if sheet else file, row, column, shown, message, hint)


def _said(key: tuple[str, ...]) -> str:
    return " ".join(filter(None, key))


def _compared(
    found: Sequence[Found], observations: Observations, source: dict[str, str], today: str
) -> tuple[list[Found], int, list[tuple[Revision, int]]]:
    present = _present({one.key for one in found}, observations)
    published = dict(observations.sources["published"]) | {source.get("source_id", ""): source.get("published", "")}
    new, same, revised = [], 0, []
    for one in found:
        if one.key not in present:
            new.append(one)
            continue
        value, status, source_id, file, line = present[one.key]
        if _equal(value, one.value):
            same += 1
            continue
        known = last_day(published.get(one.source_id, "")) or today
        revision = Revision(one.key, _text(value), status, source_id, one.value, one.status, one.source_id,
                            min(known, today), today, file)  # fmt: skip
        revised.append((revision, line))
    return new, same, revised


def _present(keys: set[tuple[str, ...]], observations: Observations) -> dict[tuple[str, ...], tuple]:
    measures = {key[KEY.index("measure")] for key in keys}
    part = observations.table[observations.table["measure"].isin(measures)]
    columns = [*KEY, "obs_value", "obs_status", "source_id", "file", LINE]
    places = part[columns].astype({name: str for name in columns if name not in ("obs_value", LINE)})
    rows = places.itertuples(index=False, name=None)
    return {row[: len(KEY)]: row[len(KEY) :] for row in rows if row[: len(KEY)] in keys}


def _equal(present: float, value: str) -> bool:
    try:
        return float(Decimal(value)) == present
    except InvalidOperation:
        return False


def _text(value: float) -> str:
    return format(Decimal(repr(value)).normalize(), "f")


def _target(into: str, file: str) -> str:
    """Return the file's name in the folder of observations."""
    stem = into.removesuffix(".csv") or file.rpartition(".")[0] or file
    name = re.sub(r"[^a-z0-9]+", "_", stem.casefold()).strip("_")[:60] or "own_data"
    if into and name != into.removesuffix(".csv"):
        raise FourPillarsError(
            f"{into!r} cannot name a topic.", f"Write small letters, digits and _, such as {name!r}."
        )
    if f"{name}.csv" in OTHERS:
        name = f"{name}_data"
    return f"{name}.csv"
