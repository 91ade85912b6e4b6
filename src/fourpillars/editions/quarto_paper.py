"""PDFs by Quarto in the embedded renderer's words and look: its template, its filters, what is known of each page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from fourpillars.editions.page_task import PageTask
from fourpillars.editions.prepare import Prepared
from fourpillars.editions.render import pandoc
from fourpillars.editions.render.document import read_document
from fourpillars.editions.render.typst import STANDARDS, page_data
from fourpillars.editions.render.words import load_words

_TEMPLATE = "page.typ"
_FILTER = pandoc.SCRIPT.parent
SETTINGS: dict[str, Any] = {
    "template": _TEMPLATE,
    "filters": [{"at": "pre-ast", "path": f"{_FILTER.name}/quarto.lua"}],
    "pdf-standard": list(STANDARDS),
}
"""What `format: typst` needs in `_quarto.yml`."""


def furnish_paper(folder: Path, ready: Prepared) -> None:
    """Put into a Quarto project what its PDFs are set with: the filters write the whole document, look included."""
    from fourpillars.exhibits.brand import load_brand

    reports = ready.project.reports
    (folder / _TEMPLATE).write_text("$body$\n", encoding="utf-8")
    shutil.copyfile(reports / "templates" / "report.typ", folder / "report.typ")
    shutil.copytree(_FILTER, folder / _FILTER.name, dirs_exist_ok=True)
    for logo in load_brand(reports / "brand" / "_brand.yml").logo[:1]:
        into = folder / logo.relative_to(reports)
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(logo, into)


def tell_of_page(task: PageTask, ready: Prepared) -> None:
    """Write beside a page's notebook what its PDF says that is not in the notebook."""
    reports = ready.project.reports
    document, words = read_document(task.copy), load_words(reports, task.context.lang)
    page = json.dumps(page_data(document, task.context, reports, words), ensure_ascii=False, sort_keys=True)
    told = {"page": page, **pandoc.told(document, words)}
    task.copy.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
