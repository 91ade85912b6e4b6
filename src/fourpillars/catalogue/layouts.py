"""How the files of the codelists are laid out: read, and every problem of them found."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from fourpillars.catalogue.problems import Problem
from fourpillars.catalogue.project import Project
from fourpillars.catalogue.tables import LINE, read_table
from fourpillars.errors import did_you_mean

SHORT_EN, SHORT_ZH = 24, 8


@dataclass(frozen=True)
class Layout:
    """How one codelist's file is laid out, and which codes of other lists it may name."""

    columns: tuple[str, ...]
    key: tuple[str, ...] = ("code",)
    filled: tuple[str, ...] = ("name_en", "name_zh")
    numbers: tuple[str, ...] = ()
    refers: tuple[tuple[str, str], ...] = ()  # (column, the list whose codes it holds; several are split at ';')


NAMES = ("name_en", "name_zh")


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LAYOUTS: dict[str, Layout] = {
    "activity": Layout(
        _columns("code division section parent name_en name_zh short_en short_zh level key_industry note"),
        filled=(*NAMES, "short_en", "short_zh"),
        numbers=("level",),
        refers=(("parent", "activity"),),
    ),
    "ref_area": Layout(
        _columns("code name_en name_zh name_zh_full type macro_region macro_region_code iso_3166_2")
        + _columns("tile_row tile_col note"),
        filled=(*NAMES, "type"),
        numbers=("tile_row", "tile_col"),
        refers=(("macro_region_code", "ref_area"),),
    ),
    "key_industries": Layout(
        _columns("key_industry name_en name_zh activity coverage primary_in overlaps_with basis"),
        key=("key_industry", "activity"),
        filled=(*NAMES, "coverage", "basis"),
        refers=(("activity", "activity"),),
    ),
    "major_provinces": Layout(
        _columns("ref_area rank_2019 basis_en basis_zh source"),
        key=("ref_area",),
        filled=("basis_en", "basis_zh", "source"),
        numbers=("rank_2019",),
        refers=(("ref_area", "ref_area"),),
    ),
    "ownership": Layout(_columns("code name_en name_zh note_en note_zh")),
    "item": Layout(
        _columns("code lists name_en name_zh unit unit_en unit_zh note"),
        filled=(*NAMES, "lists"),
        refers=(("unit", "unit"),),
    ),
    "measure": Layout(
        _columns("code name_en name_zh nature units items minimum maximum note"),
        filled=(*NAMES, "nature", "units"),
        numbers=("minimum", "maximum"),
        refers=(("units", "unit"),),
    ),
    "unit": Layout(
        _columns("code name_en name_zh symbol_en symbol_zh decimals minimum maximum"),
        filled=(*NAMES, "decimals"),
        numbers=("decimals", "minimum", "maximum"),
    ),
    "term": Layout(_columns("list code name_en name_zh"), key=("list", "code")),
}


def read_codelists(project: Project) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read all codelists of a project and check them.

    Returns
    -------
    tuple of dict and list
        The codelists by name, each indexed by its code (those with two keys by row), and every problem found.
        A list that cannot be read at all is left out.
    """
    lists: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, layout in LAYOUTS.items():
        path = project.codelists / f"{name}.csv"
        table = read_table(path, project.relative(path), layout.columns)
        problems += table.problems
        if table.rows is not None:
            lists[name] = table.rows.to_pandas()
    for name, frame in list(lists.items()):
        problems += _check(name, frame, lists, project.relative(project.codelists / f"{name}.csv"))
    return {name: _typed(frame, LAYOUTS[name]) for name, frame in lists.items()}, problems


def _typed(frame: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    frame = frame.drop(columns=LINE)
    for column in layout.numbers:
        frame[column] = pd.to_numeric(frame[column], errors="coerce").astype(float)
    return frame.set_index(layout.key[0]) if len(layout.key) == 1 else frame


def _check(name: str, frame: pd.DataFrame, lists: dict[str, pd.DataFrame], file: str) -> list[Problem]:
    layout = LAYOUTS[name]
    problems = []
    for row in frame.to_dict("records"):
        problems += _row_problems(row, layout, lists, file)
    for row in frame[frame.duplicated(list(layout.key))].to_dict("records"):
        found = ", ".join(row[column] for column in layout.key)
        problems.append(Problem(file, row[LINE], layout.key[-1], found, "stands in the list twice", "Keep one line."))
    if name == "activity":
        problems += _long_names(frame, file)
    return problems


def _row_problems(row: dict[str, str], layout: Layout, lists: dict[str, pd.DataFrame], file: str) -> list[Problem]:
    problems = []
    for column in (*layout.key, *layout.filled):
        if not row[column]:
            problems.append(Problem(file, row[LINE], column, "", "is empty", "Every code needs it."))
    for column in layout.numbers:
        if row[column] and not _is_number(row[column]):
            problems.append(Problem(file, row[LINE], column, row[column], "is not a number"))
    for column, other in layout.refers:
        codes = list(lists[other]["code"]) if other in lists else None
        for code in filter(None, row[column].split(";")):
            if codes is not None and code not in codes:
                message = f"is no code of {other}.csv"
                problems.append(Problem(file, row[LINE], column, code, message, did_you_mean(code, codes)))
    return problems


def _long_names(frame: pd.DataFrame, file: str) -> list[Problem]:
    problems = []
    for column, most in (("short_en", SHORT_EN), ("short_zh", SHORT_ZH)):
        for row in frame[frame[column].str.len() > most].to_dict("records"):
            message = f"has {len(row[column])} characters; an axis has room for {most}"
            problems.append(Problem(file, row[LINE], column, row[column], message))
    return problems


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
