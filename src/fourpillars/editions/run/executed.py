"""What an executed notebook shows: its exhibits in order, and what is not one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from fourpillars.errors import FourPillarsError

MIME = "application/vnd.fourpillars.exhibit+json"


def read_executed(path: Path | str) -> NotebookNode:
    """Read an executed notebook.

    Its exhibits stay plain dictionaries: most of the file is their data, which nobody looks up by attribute.
    """
    from nbformat.v4.nbjson import JSONReader

    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    shown = [output["data"] for cell in notebook["cells"] for output in cell.get("outputs", ()) if "data" in output]
    exhibits = [data.pop(MIME, None) for data in shown]
    node = JSONReader().to_notebook(notebook)
    data_of = (output.data for cell in node.cells for output in cell.get("outputs", ()) if "data" in output)
    for data, exhibit in zip(data_of, exhibits, strict=True):
        if exhibit is not None:
            dict.__setitem__(data, MIME, exhibit)  # a node would make nodes of it
    return node


def read_exhibits(executed: NotebookNode | Path | str) -> list[dict[str, Any]]:
    """Return the exhibits of an executed notebook in order, each as the JSON it emitted.

    Raises
    ------
    FourPillarsError
        If a cell ended with an error or shows two exhibits, or two exhibits have the same id.

    Examples
    --------
    >>> from nbformat import v4
    >>> output = v4.new_output("execute_result", data={MIME: {"id": "txt-finding", "kind": "text"}})
    >>> notebook = v4.new_notebook(cells=[v4.new_code_cell(outputs=[output])])
    >>> [exhibit["id"] for exhibit in read_exhibits(notebook)]
    ['txt-finding']
    """
    if not isinstance(executed, NotebookNode):
        executed = read_executed(executed)
    return [exhibit for exhibit in exhibits_by_cell(executed) if exhibit is not None]


def exhibits_by_cell(executed: NotebookNode) -> Iterator[dict[str, Any] | None]:
    """Yield for each cell its exhibit, or None; refuse what a document must not hold."""
    seen: set[str] = set()
    for index, cell in enumerate(executed.cells):
        _refuse_error(cell, index)
        found = [o.data[MIME] for o in cell.get("outputs", ()) if MIME in o.get("data", {})]
        if len(found) > 1:
            raise FourPillarsError(
                f"Cell {index} shows {len(found)} exhibits.", hint="Give each exhibit a cell of its own."
            )
        exhibit = found[0] if found else None
        if exhibit is not None and exhibit["id"] in seen:
            raise FourPillarsError(
                f"The exhibit id {exhibit['id']!r} is used twice (again in cell {index}).",
                hint="Ids must be unique.",
            )
        seen |= {exhibit["id"]} if exhibit is not None else set()
        yield exhibit


def shown(executed: NotebookNode) -> list[Any]:
    """Return all of an executed notebook that can reach a reader: prose with its tags, and exhibits.

    Examples
    --------
    >>> from nbformat import v4
    >>> shown(v4.new_notebook(cells=[v4.new_markdown_cell("## Growth"), v4.new_code_cell("1 + 1")]))
    [['markdown', '## Growth', []], ['code', None]]
    """
    return [
        ["code", exhibit]
        if cell.cell_type == "code"
        else [cell.cell_type, cell.source, sorted(cell.metadata.get("tags", []))]
        for cell, exhibit in zip(executed.cells, exhibits_by_cell(executed), strict=True)
    ]


def dropped_outputs(executed: NotebookNode) -> tuple[str, ...]:
    """Say in a sentence each what a notebook printed or showed that is no exhibit and reaches no reader.

    Examples
    --------
    >>> from nbformat import v4
    >>> cell = v4.new_code_cell(outputs=[v4.new_output("stream", name="stdout", text="rows: 41\\n")])
    >>> dropped_outputs(v4.new_notebook(cells=[cell]))
    ("Cell 0 printed on stdout: 'rows: 41'.",)
    """
    sentences = []
    for index, cell in enumerate(executed.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                sentences.append(f"Cell {index} printed on {output.name}: {_first_line(output.text)!r}.")
            elif MIME not in output.get("data", {}):
                plain = _first_line(output.get("data", {}).get("text/plain", ""))
                sentences.append(f"Cell {index} shows something that is no exhibit: {plain!r}.")
    return tuple(sentences)


def used_parameters(executed: NotebookNode) -> Mapping[str, Any]:
    """Return the values an executed notebook ran with: those injected over its defaults."""
    from fourpillars.editions.run.parameters import TAG, parse

    sources = [cell.source for cell in executed.cells if TAG in cell.metadata.get("tags", [])]
    defaults = {parameter.name: parameter.default for parameter in parse("\n".join(sources))}
    return {**defaults, **executed.metadata.get("papermill", {}).get("parameters", {})}


def _refuse_error(cell: NotebookNode, index: int) -> None:
    for output in cell.get("outputs", ()):
        if output.output_type == "error":
            raise FourPillarsError(
                f"Cell {index} ended with {output.ename}: {output.evalue}.",
                hint="An error is never published.",
            )


def _first_line(text: str) -> str:
    lines = text.strip().splitlines()
    return (lines[0][:120] if lines else "") + (" …" if len(lines) > 1 else "")
