"""The analyst's own text on a report: Markdown as data, of which only what prose needs is markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fourpillars.errors import FourPillarsError

FOLDER = "commentary"
_READER = "commonmark-raw_html+strikeout"
_WRITER = "markdown-smart"  # with every extension on, so that the writer escapes what any of them would read
_BLOCKS = frozenset({"Para", "Plain", "Header", "BulletList", "OrderedList", "BlockQuote", "HorizontalRule"})
_INLINES = frozenset({"Str", "Space", "SoftBreak", "LineBreak", "Emph", "Strong", "Strikeout", "Code", "Link"})
_ADDRESSES = ("https://", "http://", "mailto:", "#")
# Read by our own reader, or where a line begins, although the writer leaves it.
_STILL_READ = re.compile(r"(?m)^(?=\s*:::)|(?=@(?:fig|tbl)-)(?<!\\)")
_BRACE = re.compile(r"\\.|\{", re.DOTALL)  # after a heading it would begin attributes
_TOP = 3
_DEEPEST = 5

Node = dict[str, Any]


def read_commentary(reports: Path, edition: str, lang: str, slug: str) -> str:
    """Return the commentary on a report as safe Markdown, '' where there is none.

    It stands in `reports/commentary/<edition>/<lang>/<slug>.md`.
    """
    path = reports / FOLDER / edition / lang / f"{slug}.md"
    return safe_markdown(path.read_text(encoding="utf-8")) if path.is_file() else ""


def safe_markdown(text: str) -> str:
    r"""Return Markdown of paragraphs, headings, lists and links; anything else is text, or left out.

    Raw HTML and Typst, formulas, references, shortcodes and attributes mean nothing in it; pictures give
    way to their text, links with another scheme than the web's to theirs. Headings begin at level 3.

    Examples
    --------
    >>> print(safe_markdown("# Steel\n\nIt *grew* <b>much</b> by $5."))
    ### Steel
    <BLANKLINE>
    It *grew* \<b\>much\</b\> by \$5.
    """
    document = json.loads(_pandoc(text, _READER, "json"))
    document["meta"] = {}
    blocks = [block for node in document["blocks"] for block in _block(node)]
    top = min((block["c"][0] for block in blocks if block["t"] == "Header"), default=_TOP)
    document["blocks"] = [_lower(block, _TOP - top) for block in blocks]
    written = _BRACE.sub(
        lambda found: "\\{" if found[0] == "{" else found[0], _pandoc(json.dumps(document), "json", _WRITER)
    )
    return _STILL_READ.sub(r"\\", written).strip()


def _block(node: Node) -> list[Node]:
    kind, content = node["t"], node.get("c")
    if kind not in _BLOCKS:
        return [{"t": "Para", "c": [{"t": "Str", "c": _text_of(node)}]}] if _text_of(node).strip() else []
    if kind in ("Para", "Plain"):
        return [{"t": kind, "c": _inlines(content)}]
    if kind == "Header":
        return [{"t": kind, "c": [content[0], ["", [], []], _inlines(content[2])]}]
    if kind == "BlockQuote":
        return [{"t": kind, "c": _all(content, _block)}]
    if kind == "BulletList":
        return [{"t": kind, "c": [_all(item, _block) for item in content]}]
    if kind == "OrderedList":
        return [{"t": kind, "c": [content[0], [_all(item, _block) for item in content[1]]]}]
    return [{"t": kind}]


def _inlines(nodes: list[Node]) -> list[Node]:
    return _all(nodes, _inline)


def _inline(node: Node) -> list[Node]:
    kind, content = node["t"], node.get("c")
    if kind == "Image":
        return _inlines(content[1])
    if kind not in _INLINES:
        return [{"t": "Str", "c": _text_of(node)}]
    if kind in ("Emph", "Strong", "Strikeout"):
        return [{"t": kind, "c": _inlines(content)}]
    if kind == "Code":
        return [{"t": "Str", "c": content[1]}]
    if kind == "Link":
        words, (address, _) = _inlines(content[1]), content[2]
        safe = address.lower().startswith(_ADDRESSES)
        return [{"t": kind, "c": [["", [], []], words, [address, ""]]}] if safe else words
    return [node]


def _all(nodes: list[Node], keep: Callable[[Node], list[Node]]) -> list[Node]:
    return [kept for node in nodes for kept in keep(node)]


def _lower(block: Node, by: int) -> Node:
    if block["t"] != "Header":
        return block
    level, attributes, words = block["c"]
    return {"t": "Header", "c": [max(_TOP, min(_DEEPEST, level + by)), attributes, words]}


def _text_of(node: Any) -> str:
    """Return the words within a node."""
    if isinstance(node, dict):
        content = node.get("c", "")
        if node["t"] in ("CodeBlock", "RawBlock", "RawInline", "Code", "Math"):
            return str(content[-1])
        return " " if node["t"] in ("Space", "SoftBreak") else _text_of(content)
    if isinstance(node, list):
        return "".join(_text_of(one) for one in node if isinstance(one, (dict, list)))
    return node if isinstance(node, str) else ""


def _pandoc(text: str, reader: str, writer: str) -> str:
    import pypandoc

    try:
        return pypandoc.convert_text(text, writer, format=reader, extra_args=["--wrap=none"])
    except RuntimeError as error:
        raise FourPillarsError(f"A commentary cannot be read: {str(error).splitlines()[0]}") from None
