"""Read the statistics, file by file, into one frame, and hold it against the schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from fourpillars.catalogue.codelists import Codelists
from fourpillars.catalogue.problems import Problem
from fourpillars.catalogue.project import Project
from fourpillars.catalogue.tables import LINE, read_table
from fourpillars.observations import schema
from fourpillars.observations.rules import rules_of
from fourpillars.observations.sources import FILE as SOURCES

#: How a number is written.
NUMBER = r"^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$"
#: Files of the folder that hold no observations.
OTHERS = (SOURCES, "targets.csv")


def observation_files(project: Project) -> list[Path]:
    """Return the files of observations, in order of name."""
    return sorted(path for path in project.observations.glob("*.csv") if path.name not in OTHERS)


def fingerprint(project: Project) -> str:
    """Return the SHA-256, in hex, of the files of the folder: their names and contents."""
    digest = hashlib.sha256()
    for path in sorted(project.observations.glob("*.csv")):
        content = path.read_bytes()
        digest.update(f"{path.name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def read_observations(
    project: Project, codelists: Codelists, sources: pd.DataFrame | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read all files of observations and check every row.

    Returns
    -------
    tuple of DataFrame and list
        The rows of all files: the key, obs_status, source_id and ``file`` as categoricals, obs_value as a
        number, ``line``; the index counts them. And every problem found.
    """
    files = observation_files(project)
    tables = [read_table(path, project.relative(path), schema.COLUMNS) for path in files]
    problems = [problem for table in tables for problem in table.problems]
    if not files:
        problems.append(Problem(project.relative(project.observations), None, "", "", "holds no observations"))
    whole = [_with_file(table.rows, table.file) for table in tables if table.rows is not None]
    if not whole:
        return frame_of(
            pa.table({name: pa.array([], pa.string()) for name in (*schema.COLUMNS, "file", LINE)})
        ), problems
    rows = pa.concat_tables(whole)
    frame = frame_of(rows)
    problems += _value_problems(rows, frame)
    problems += schema_problems(frame, codelists, None if sources is None else list(sources.index))
    return frame, sorted(problems, key=lambda problem: (problem.file, problem.line or 0))


def _with_file(rows: pa.Table, file: str) -> pa.Table:
    return rows.append_column("file", pa.array([file] * rows.num_rows, pa.string()))


def frame_of(rows: pa.Table) -> pd.DataFrame:
    """Turn rows of text into categoricals and numbers; a text that is no number becomes NaN."""
    text = rows.column("obs_value")
    value = pc.if_else(pc.match_substring_regex(text, NUMBER), text, None).cast(pa.float64())
    codes = {
        name: rows.column(name).combine_chunks().dictionary_encode()
        for name in (*schema.KEY, "obs_status", "source_id", "file")
    }
    columns = {name: codes[name] for name in schema.KEY}
    columns |= {"obs_value": value, "obs_status": codes["obs_status"], "source_id": codes["source_id"]}
    return pa.table(columns | {"file": codes["file"], LINE: rows.column(LINE)}).to_pandas()


def _value_problems(rows: pa.Table, frame: pd.DataFrame) -> list[Problem]:
    wrong = frame.index[frame["obs_value"].isna()]
    problems = []
    for file, line, row in zip(frame.loc[wrong, "file"], frame.loc[wrong, LINE], wrong, strict=True):
        found = rows.column("obs_value")[int(row)].as_py()
        message = "is not a number" if found else "is empty"
        hint = _value_hint(found)
        problems.append(Problem(str(file), int(line), "obs_value", found, message, hint))
    return problems


def _value_hint(found: str) -> str:
    if found.replace(",", "").replace(" ", "").replace(".", "").lstrip("-").isdigit():
        return "Write it without spaces or thousands separators."
    return "Where there is no figure, leave the row out."


def schema_problems(frame: pd.DataFrame, codelists: Codelists, source_ids: list[str] | None) -> list[Problem]:
    """Hold a frame against the rules; None leaves the sources unchecked."""
    import pandera.errors

    rules = rules_of(codelists, source_ids)
    try:
        schema.observation_schema(rules).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        broken = errors.failure_cases.groupby("check")["index"].unique()
        return [problem for rule in rules if rule.name in broken for problem in _told(rule, frame, broken[rule.name])]
    return []


def _told(rule: schema.Rule, frame: pd.DataFrame, rows: Iterable[int]) -> list[Problem]:
    rows = sorted(int(row) for row in rows)
    places = frame.loc[rows, ["file", LINE]].astype({"file": str}).itertuples(index=False)
    return [
        Problem(file, int(line), rule.column, found, message, hint)
        for (file, line), (found, message, hint) in zip(places, rule.explain(frame, rows), strict=True)
    ]
