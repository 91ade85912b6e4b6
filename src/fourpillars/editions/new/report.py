"""A new report: a notebook that runs, and its line in `reports/edition.yml`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fourpillars.catalogue.project import MARK, Project
from fourpillars.editions.config import EditionConfig, load_config
from fourpillars.editions.new.files import with_item, write_all
from fourpillars.errors import FourPillarsError, UnknownNameError

UNITS = {"activity": "industry", "ref_area": "region"}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PREFERRED = {"": "comparisons", "activity": "industries", "ref_area": "regions"}


@dataclass(frozen=True)
class NewReport:
    """What was made: the notebook, and the line that makes it a report."""

    name: str
    notebook: Path
    line: str


def new_report(
    project: Project, name: str, *, for_each: str = "", group: str = "", title: str = "", title_zh: str = ""
) -> NewReport:
    """Write a notebook that runs as it is, and the line that makes a report of it.

    Parameters
    ----------
    name : str
        Of the notebook and of the report's address: a-z, 0-9 and hyphens.
    for_each : {'', 'activity', 'ref_area'}
        One report for every industry, or for every province.
    group : str
        A group of `reports/edition.yml`; by default the comparisons, industries or regions.
    title, title_zh : str
        By default the name.

    Raises
    ------
    FourPillarsError
        If the name does not suit or is taken, or something cannot be written; nothing has changed then.
    """
    config = load_config(project.reports)
    if for_each and for_each not in UNITS:
        raise UnknownNameError.of("codelist", for_each, UNITS)
    _refuse_name(project, config, name)
    title = title or name.replace("-", " ").capitalize()
    titles = {"en": title, "zh": title_zh or title}
    entry = _entry(name, for_each, _group(config, group, for_each), titles)
    line = yaml.safe_dump(entry, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6).strip()
    path, notebook = project.root / MARK, project.notebooks / f"{name}.ipynb"
    text = with_item(path.read_text(encoding="utf-8"), "reports", line, MARK.as_posix())
    _check(text, config, entry)
    write_all({notebook: json.dumps(_notebook(titles, for_each), ensure_ascii=False, indent=1) + "\n", path: text})
    return NewReport(name, notebook, f"- {line}")


def _refuse_name(project: Project, config: EditionConfig, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise FourPillarsError(
            f"{name!r} cannot name a report: it becomes part of an address.",
            "Write a-z, 0-9 and hyphens, a letter first: cars, or power-and-chips.",
        )
    if (project.notebooks / f"{name}.ipynb").exists():
        raise FourPillarsError(
            f"There is a notebook {name!r} already.",
            f"Choose another name; or make a report of it by a line in {MARK.as_posix()} under reports: "
            f"- {{slug: {name}, notebook: {name}, group: {config.groups[0].id}, label: {{en: …, zh: …}}}}",
        )
    taken = [report.slug for report in config.reports if report.slug.partition("/")[0] == name]
    if taken:
        raise FourPillarsError(f"There are reports at {taken[0]!r} already.", "Choose another name.")


def _group(config: EditionConfig, group: str, for_each: str) -> str:
    groups = [one.id for one in config.groups]
    if group and group not in groups:
        raise UnknownNameError.of("group of reports", group, groups)
    preferred = _PREFERRED[for_each]
    return group or (preferred if preferred in groups else groups[0])


def _entry(name: str, for_each: str, group: str, titles: dict[str, str]) -> dict[str, Any]:
    if not for_each:
        return {"slug": name, "notebook": name, "group": group, "label": titles}
    labels = {lang: f"{{name}}: {title}" if lang == "en" else f"{{name}}：{title}" for lang, title in titles.items()}
    return {
        "slug": f"{name}/{{{for_each}}}",
        "notebook": name,
        "group": group,
        "for_each": for_each,
        "label": labels,
    }


def _check(text: str, config: EditionConfig, entry: dict[str, Any]) -> None:
    """Refuse to write what would not be the configuration before, with one report more."""
    try:
        after = EditionConfig.model_validate(yaml.safe_load(text))
    except ValueError:
        after = None
    if after is None or after.reports[:-1] != config.reports or after.reports[-1].slug != entry["slug"]:
        raise FourPillarsError(
            f"The report could not be added to {MARK.as_posix()} without changing the rest of it.",
            f"Add it there by hand under reports: - {entry}",
        )


def _notebook(titles: dict[str, str], for_each: str) -> dict[str, Any]:
    parameters = [
        'edition: str = ""  # month of the edition, such as 2026-08; empty for the latest',
        'lang: str = "en"  # language of the report: en or zh',
    ]
    if for_each:
        code, which = {"activity": ("C31", "division of GB/T 4754"), "ref_area": ("440000", "province of GB/T 2260")}[
            for_each
        ]
        parameters.append(f'{for_each}: str = "{code}"  # {which}')
    cells = [
        _cell("code", "\n".join(parameters), "parameters"),
        _cell("code", "import fourpillars.exhibits as fp\n\ns = fp.snapshot(edition, lang)"),
        *(_of_unit(for_each) if for_each else _of_some()),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:02d}"
    own = {lang: f"{{name}}: {title}" if lang == "en" else f"{{name}}：{title}" for lang, title in titles.items()}
    return {
        "cells": cells,
        "metadata": {
            "fourpillars": {"description": {"en": "", "zh": ""}, "title": own if for_each else titles},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _of_some() -> list[dict[str, Any]]:
    chosen = '(s, "revenue_growth", "industry", ["C31", "C36", "C39"]'
    return [
        *_prose("## Over time\n\nSee [@fig-revenue-growth].", "## 走势\n\n见[@fig-revenue-growth]。"),
        _cell("code", f'fp.explore.lines{chosen}, against="nation")'),
        _cell("code", f'fp.explore.table{chosen}, since="2025-01")'),
        *_prose("## Among all industries", "## 全部行业"),
        _cell("code", 'fp.ranking.indicator(s, "industry", "revenue_growth")'),
    ]


def _of_unit(for_each: str) -> list[dict[str, Any]]:
    return [
        _cell("code", f"fp.profile.headline(s, {for_each})"),
        *_prose("## Figures", "## 主要数据"),
        _cell("code", f"fp.profile.table(s, {for_each})"),
        *_prose("## The past five years", "## 近五年走势"),
        _cell("code", f"fp.profile.history(s, {for_each})"),
    ]


def _prose(en: str, zh: str) -> list[dict[str, Any]]:
    return [_cell("markdown", en, "en"), _cell("markdown", zh, "zh")]


def _cell(kind: str, source: str, *tags: str) -> dict[str, Any]:
    own = {"execution_count": None, "outputs": []} if kind == "code" else {}
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": kind, "id": "", "metadata": metadata, "source": source.splitlines(True), **own}
