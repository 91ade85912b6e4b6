"""The language copy of a notebook as one Markdown document, by the rules Quarto reads it with."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fourpillars.editions.render.aside import set_aside
from fourpillars.editions.run.typst_text import string
from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.markdown import plain
from fourpillars.yaml_text import parse_yaml

_FIRST = ("text/markdown", "text/html", "image/svg+xml", "image/png", "text/plain")
_OPTION = re.compile(r"#\|\s?(.*)")
# Code (left alone), or a reference that touches a Chinese character, which pandoc leaves or misreads.
_CHINESE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BARE_REFERENCE = re.compile(
    r"(?P<code>(?P<ticks>`+).*?(?<!`)(?P=ticks)(?!`))"
    rf"|(?:(?<=[{_CHINESE}])|(?<![\w\\\[@;-])(?=@[\w-]+[{_CHINESE}]))@(?P<id>(?:fig|tbl)-[A-Za-z0-9][A-Za-z0-9_-]*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Document:
    """A document ready for pandoc.

    Attributes
    ----------
    title, lang, description : str
        From the notebook's first cell; `lang` as documents write it ('en', 'zh-CN').
    markdown : str
        All cells in order; each labelled output a div with its label.
    captions : dict
        Caption by label, Markdown.
    metadata : dict
        Everything the first cell says.
    aside : dict
        What `markdown` only names of the exhibits, by that name: `aside.put_back` puts it in its place.
    """

    title: str
    lang: str
    description: str
    markdown: str
    captions: dict[str, str]
    metadata: dict[str, Any] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)


def read_document(path: Path) -> Document:
    """Read a language copy.

    Raises
    ------
    FourPillarsError
        If the file is no notebook, has no title, holds the output of an error, or uses a label twice.
    """
    try:
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        return assemble(notebook)
    except (OSError, ValueError, KeyError) as error:
        raise FourPillarsError(f"{Path(path).name} is not a readable notebook: {error}.") from None
    except FourPillarsError as error:
        raise FourPillarsError(f"{Path(path).name}: {error.message}", error.hint) from None


def assemble(notebook: Mapping[str, Any]) -> Document:
    """Put the cells of a notebook together.

    Examples
    --------
    >>> raw = {"cell_type": "raw", "source": "---\\ntitle: Steel\\nlang: en\\n---"}
    >>> prose = {"cell_type": "markdown", "source": ["## Growth\\n", "It grew."]}
    >>> document = assemble({"cells": [raw, prose]})
    >>> document.title, document.markdown
    ('Steel', '## Growth\\nIt grew.\\n')
    """
    cells = notebook["cells"]
    metadata = _front_matter(cells)
    captions: dict[str, str] = {}
    aside: dict[str, str] = {}
    parts = []
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "markdown":
            parts.append(bracket_references(_text(cell["source"])))
        elif cell["cell_type"] == "code":
            parts.append(_code_cell(cell, index, captions, aside))
    return Document(
        title=plain(str(metadata["title"])),
        lang=str(metadata.get("lang", "en")),
        description=plain(str(metadata.get("description") or "")),
        markdown="\n\n".join(part for part in parts if part.strip()) + "\n",
        captions=captions,
        metadata=metadata,
        aside=aside,
    )


def bracket_references(markdown: str) -> str:
    """Put references that touch Chinese characters into brackets; pandoc would leave or misread them.

    Examples
    --------
    >>> bracket_references("见@fig-growth和`@fig-growth`。")
    '见[@fig-growth]和`@fig-growth`。'
    """
    return _BARE_REFERENCE.sub(lambda m: m["code"] or f"[@{m['id']}]", markdown)


def cell_options(source: str) -> dict[str, Any]:
    """Return the `#|` options at the top of a code cell.

    Examples
    --------
    >>> cell_options('#| label: fig-a\\n#| fig-cap: "A: b"\\nplot()')
    {'label': 'fig-a', 'fig-cap': 'A: b'}
    """
    lines = []
    for line in source.splitlines():
        match = _OPTION.fullmatch(line.rstrip())
        if not match:
            break
        lines.append(match[1])
    return parse_yaml("\n".join(lines)) or {} if lines else {}


def _front_matter(cells: list[dict[str, Any]]) -> dict[str, Any]:
    first = cells[0] if cells else {"cell_type": ""}
    text = _text(first.get("source", "")).strip()
    if first["cell_type"] == "raw" and text.startswith("---"):
        metadata = parse_yaml(text.strip("-")) or {}
        if metadata.get("title"):
            return metadata
    raise FourPillarsError(
        "The document has no title.", "The first cell must be raw, with title and lang between lines of ---."
    )


def _code_cell(cell: dict[str, Any], index: int, captions: dict[str, str], aside: dict[str, str]) -> str:
    options = cell_options(_text(cell["source"]))
    if options.get("include") is False or options.get("output") is False:
        return ""
    outputs = [_output(output, index) for output in cell.get("outputs", [])]
    body = "\n\n".join(set_aside(text, aside) for text in outputs if text.strip())
    if not body:
        return ""
    if columns := options.get("layout-ncol"):
        body = _div(f"layout-ncol={int(columns)}", body)
    label = str(options.get("label", ""))
    if not re.fullmatch(r"(fig|tbl)-[A-Za-z0-9][A-Za-z0-9_-]*", label):
        return body
    if label in captions:
        raise FourPillarsError(f"The label {label!r} is used twice.", "Labels of figures and tables must be unique.")
    captions[label] = str(options.get("fig-cap") or "") or _as_attribute(str(options.get("tbl-cap") or ""))
    return _div(f"#{label} .fp-exhibit", body)


def _as_attribute(text: str) -> str:
    """Return a text as it comes out of a div's attribute, as which Quarto hands a table's caption on."""
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _div(attributes: str, body: str) -> str:
    return f"::: {{{attributes}}}\n\n{body}\n\n:::"


def _output(output: dict[str, Any], index: int) -> str:
    if output["output_type"] == "error":
        raise FourPillarsError(
            f"Cell {index} ended with {output.get('ename', 'an error')}: {output.get('evalue', '')}",
            "A document with an error is not rendered.",
        )
    if output["output_type"] == "stream":
        return _verbatim(_text(output["text"]))
    data = output.get("data", {})
    form = next((form for form in _FIRST if form in data), None)
    return "" if form is None else _written(form, data[form])


def _written(form: str, content: Any) -> str:
    text = _text(content)
    if form == "text/markdown":
        return text
    if form == "text/html":
        return _raw("html", text)
    if form == "image/svg+xml":
        svg = text[text.find("<svg") :]
        return _raw("html", svg) + "\n\n" + _raw("typst", f'#image(bytes({string(svg)}), format: "svg", alt: "")')
    if form == "image/png":
        pixels = base64.b64decode(text)
        source = f'<img src="data:image/png;base64,{base64.b64encode(pixels).decode()}" alt="">'
        numbers = ", ".join(map(str, pixels))
        return _raw("html", source) + "\n\n" + _raw("typst", f'#image(bytes(({numbers})), format: "png", alt: "")')
    return _verbatim(text)


def _raw(form: str, text: str) -> str:
    fence = _longer_fence(text)
    return f"{fence}{{={form}}}\n{text}\n{fence}"


def _verbatim(text: str) -> str:
    fence = _longer_fence(text)
    return f"{fence}\n{text.rstrip()}\n{fence}" if text.strip() else ""


def _longer_fence(text: str) -> str:
    return "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
