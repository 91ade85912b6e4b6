"""pandoc, kept running: one process converts every document a worker renders."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fourpillars.editions.render.aside import put_back
from fourpillars.editions.render.document import Document
from fourpillars.errors import FourPillarsError

SCRIPT = Path(__file__).with_name("filter") / "main.lua"


@dataclass(frozen=True)
class Converted:
    """A document's body in one format, and its headings.

    Attributes
    ----------
    body : str
        HTML or Typst markup.
    headings : tuple of dict
        level, id and html of each heading, in order.
    """

    body: str
    headings: tuple[Mapping[str, Any], ...]


def convert(document: Document, formats: Iterable[str], words: Mapping[str, Any]) -> dict[str, Converted]:
    """Convert a document into 'html' and 'typst'.

    Parameters
    ----------
    document : Document
        The document.
    formats : iterable of str
        'html', 'typst' or both; read once, written for each.
    words : mapping
        The language's words: figure, table, callouts.

    Raises
    ------
    FourPillarsError
        If a reference leads nowhere or a label is used twice.

    Examples
    --------
    >>> document = Document("T", "en", "", "It *grew*.", {})
    >>> convert(document, ["html"], {"figure": "Figure", "table": "Table", "callouts": {}})["html"].body
    '<p>It <em>grew</em>.</p>'
    """
    request = {"markdown": document.markdown, "formats": list(formats), **told(document, words)}
    answer = _process(os.getpid()).ask(request)
    if "error" in answer:
        raise FourPillarsError(answer["error"], "Correct it in the notebook.")
    return {
        form: Converted(put_back(part["body"].strip("\n"), document.aside), tuple(part["headings"]))
        for form, part in answer.items()
    }


def told(document: Document, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the filters are told of a document beside its text: the captions, and the language's words."""
    return {
        "captions": document.captions or {"": ""},
        "words": {name: words[name] for name in ("figure", "table", "callouts")},
    }


class _Process:
    """`pandoc lua filter/main.lua`: a request a line in, an answer a line out."""

    def __init__(self) -> None:
        import pypandoc

        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        self._pipe = subprocess.Popen(
            [pypandoc.get_pandoc_path(), "lua", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Send a request and wait for its answer."""
        try:
            self._pipe.stdin.write(json.dumps(request).encode() + b"\n")
            self._pipe.stdin.flush()
            line = self._pipe.stdout.readline()
        except (BrokenPipeError, OSError):
            line = b""
        if not line:
            _process.cache_clear()
            code = self._pipe.wait()
            self._said.seek(0)
            said = " ".join(self._said.read().decode(errors="replace").split())
            raise FourPillarsError(f"pandoc ended with code {code}: {said[-500:]}", "Run it again.")
        return json.loads(line)


@cache
def _process(_pid: int) -> _Process:
    """Return this process's pandoc: a fork gets its own, never its parent's pipe."""
    return _Process()
