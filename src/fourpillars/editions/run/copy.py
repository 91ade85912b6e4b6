"""The copy of an executed notebook in one language, which both renderers read: a valid Quarto notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from fourpillars.editions.run.executed import MIME, exhibits_by_cell, used_parameters
from fourpillars.editions.run.exhibit_form import cell_options, exhibit_markdown
from fourpillars.editions.run.how_made import Method
from fourpillars.editions.run.titles import document_title
from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.markdown import line

LANGUAGES = ("en", "zh")
TAGS = {"en": "en", "zh": "zh-CN"}  # with 'zh' alone Quarto would tag the PDF zh-US
_NAMED_HEADING = re.compile(r'^(#+ )<span id="([\w-]+)">(.*)</span>$', re.MULTILINE)
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def language_copy(
    executed: NotebookNode,
    lang: str,
    svgs: Mapping[str, str],
    *,
    title: str | None = None,
    description: str | None = None,
    data: str = "",
    method: Method | None = None,
    commentary: str = "",
) -> NotebookNode:
    """Make the copy of an executed notebook in one language.

    It holds: title, language and description in a raw first cell; the Markdown cells of this language and
    those of none, a heading's own name as Quarto writes it (JupyterLab would show it: in notebooks it is a
    `<span id>`); each exhibit with label, caption and alternative text, as Markdown of two raw blocks; found
    texts as Markdown. Cells that show no exhibit, and whatever was printed, are left out
    (`executed.dropped_outputs` names the latter). Ids are by position and no time is kept: equal notebooks
    give equal copies.

    Parameters
    ----------
    executed : NotebookNode
        A notebook run with `lang`.
    lang : {'en', 'zh'}
    svgs : mapping
        Each chart's SVG by exhibit id.
    title, description : str, optional
        In place of those in the notebook's metadata.
    data : str
        Address, from the document, of the folder with its exhibits' data as CSV.
    method : Method, optional
        The report that says how figures are made.
    commentary : str
        The analyst's own text, as `commentary.safe_markdown` gives it; it comes first.

    Returns
    -------
    NotebookNode
        To be written with `nbformat.write`.

    Raises
    ------
    FourPillarsError
        If a cell ended with an error, shows two exhibits or one in another language, an id is used twice,
        a chart has no SVG, or there is no title.
    """
    if title is None:
        title, found = document_title(executed.metadata, used_parameters(executed), lang)
        description = found if description is None else description
    leading = [_commentary_cell(commentary, lang)] if commentary else []
    cells = [_front_matter(title, lang, description or ""), *leading, *_cells(executed, lang, svgs, data, method)]
    for position, cell in enumerate(cells):
        cell.id = f"cell-{position:02d}"
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=_METADATA)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def _front_matter(title: str, lang: str, description: str) -> NotebookNode:
    lines = ["---", f"title: {_quoted(title)}", f"lang: {TAGS[lang]}"]
    if description:
        lines.append(f"description: {_quoted(description)}")
    return _cell("raw", "\n".join([*lines, "---"]))


def _cells(
    executed: NotebookNode, lang: str, svgs: Mapping[str, str], data: str, method: Method | None
) -> Iterator[NotebookNode]:
    for cell, exhibit in zip(executed.cells, exhibits_by_cell(executed), strict=True):
        if cell.cell_type == "markdown" and _is_for(cell, lang):
            yield _cell("markdown", _NAMED_HEADING.sub(r"\1\3 {#\2}", cell.source))
        elif exhibit is not None:
            if exhibit["lang"] != lang:
                raise FourPillarsError(
                    f"The exhibit {exhibit['id']!r} is in {exhibit['lang']!r}, the document in {lang!r}.",
                    hint="Run the notebook with the parameter lang.",
                )
            yield _exhibit_cell(cell, exhibit, svgs, data, method)


def _commentary_cell(commentary: str, lang: str) -> NotebookNode:
    from fourpillars.exhibits.language import text

    block = f"::: {{.fp-commentary}}\n\n{commentary}\n\n:::"
    return _cell("markdown", f"## {text('commentary.title', lang)}\n\n{block}")


def _is_for(cell: NotebookNode, lang: str) -> bool:
    languages = [tag for tag in cell.metadata.get("tags", []) if tag in LANGUAGES]
    return (not languages or lang in languages) and "papermill-error-cell-tag" not in cell.metadata.get("tags", [])


def _exhibit_cell(
    cell: NotebookNode, exhibit: Mapping[str, Any], svgs: Mapping[str, str], folder: str, method: Method | None
) -> NotebookNode:
    if exhibit["kind"] == "text":
        return _cell("markdown", exhibit["markdown"])
    if exhibit["kind"] == "chart" and exhibit["id"] not in svgs:
        raise FourPillarsError(f"The chart {exhibit['id']!r} was not compiled.")
    data = {
        MIME: exhibit,
        "text/markdown": exhibit_markdown(exhibit, svgs.get(exhibit["id"], ""), folder, method),
        "text/plain": exhibit.get("alt") or exhibit["title"],
    }
    code = "\n".join(line for line in cell.source.splitlines() if not line.startswith("#|"))
    return _cell(
        "code",
        f"{cell_options(exhibit)}\n{code}",
        execution_count=cell.execution_count,
        outputs=[NotebookNode(output_type="display_data", data=NotebookNode(data), metadata=NotebookNode())],
    )


def _cell(kind: str, source: str, **more: Any) -> NotebookNode:
    """Make a cell; the notebook is checked as a whole."""
    return NotebookNode(cell_type=kind, metadata=NotebookNode(), source=source, **more)


def _quoted(text: str) -> str:
    """Write a text as a YAML string on one line; Quarto reads it as Markdown, which shows it as it is."""
    return json.dumps(line(text), ensure_ascii=False)
