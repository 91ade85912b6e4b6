"""How an exhibit shows itself in a notebook: caption, picture and sources, at once and offline.

Where a kernel serves a notebook, a chart is alive; elsewhere, and in what nothing but a page is made of, it is still.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fourpillars.exhibits.compiler import chart_compiler
from fourpillars.exhibits.language import document_tag, text
from fourpillars.exhibits.live import EMBED, VEGA, alive
from fourpillars.exhibits.still import slim, still

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit

STATIC = "FOURPILLARS_STATIC"
"""Set in the executor that makes editions: charts are compiled later, in render workers, and V8 stays out."""
SVG = "image/svg+xml"
_LINK = re.compile(r"</?a\b[^>]*>")


def notebook_view(exhibit: Exhibit) -> dict[str, Any]:
    """Return the parts of the MIME bundle that a notebook draws."""
    if exhibit.kind == "text":
        return {"text/markdown": exhibit.markdown}
    return {"text/html": figure_html(exhibit)}


def outputs_of(exhibit: Exhibit, own: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return a chart as three outputs of a cell: its caption, the chart alive, its sources and notes.

    Parameters
    ----------
    own : dict, optional
        More of the chart's MIME bundle.
    """
    picture = {VEGA: alive(exhibit.vegalite, exhibit.alt), SVG: still_svg(exhibit.vegalite)}
    bundles = [
        ({"text/html": _framed(exhibit, _caption(exhibit), "head"), "text/plain": exhibit.title}, {}),
        ({**picture, **(own or {}), "text/plain": exhibit.alt}, {VEGA: EMBED}),
        ({"text/html": _framed(exhibit, _footer(exhibit), "foot"), "text/plain": exhibit.source_line}, {}),
    ]
    return [{"output_type": "display_data", "data": data, "metadata": metadata} for data, metadata in bundles]


def display_alive(exhibit: Exhibit) -> bool:
    """Show a chart alive in the notebook this process is the kernel of, and say whether that was done."""
    if exhibit.kind != "chart" or os.environ.get(STATIC) or not _in_a_kernel():
        return False
    from IPython.display import display

    from fourpillars.exhibits.exhibit import MIME

    for output in outputs_of(exhibit, {MIME: exhibit.to_json()}):
        display(output["data"], metadata=output["metadata"], raw=True)
    return True


def figure_html(exhibit: Exhibit) -> str:
    """Return the exhibit with its caption, sources and notes as one HTML figure."""
    if exhibit.kind == "table":
        body = exhibit.table_html if os.environ.get(STATIC) else _LINK.sub("", exhibit.table_html)
    elif os.environ.get(STATIC):
        body = f"<p>{escape(text('exhibit.print', exhibit.lang))}</p>"
    else:
        body = f'<div role="img" aria-label="{escape(exhibit.alt)}">{still_svg(exhibit.vegalite)}</div>'
    return _framed(exhibit, f"{_caption(exhibit)}{body}{_footer(exhibit)}")


def still_svg(vegalite: dict[str, Any]) -> str:
    """Return the chart as a still SVG, with labels measured in the brand's type.

    Starts V8 in this process: never call it where forks are made.
    """
    return slim(chart_compiler().vegalite_to_svg(still(vegalite)))


def _framed(exhibit: Exhibit, body: str, part: str = "") -> str:
    names = f"fp-exhibit fp-{part}" if part else "fp-exhibit"
    return f'<figure class="{names}" lang="{document_tag(exhibit.lang)}"><style>{_style()}</style>{body}</figure>'


def _caption(exhibit: Exhibit) -> str:
    return f"<figcaption><strong>{escape(exhibit.title)}</strong><br>{escape(exhibit.subtitle)}</figcaption>"


def _footer(exhibit: Exhibit) -> str:
    lines = [f"<p>{escape(note)}</p>" for note in exhibit.notes]
    if exhibit.source_line:
        sources = text("exhibit.source", exhibit.lang, line=exhibit.source_line)
        lines.append(f"<p>{escape(sources)}</p>")
    return f"<footer>{''.join(lines)}</footer>"


def _in_a_kernel() -> bool:
    """Say whether a notebook's kernel runs this: IPython on a terminal is none."""
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return bool(shell and getattr(shell, "kernel", None))


@cache
def _style() -> str:
    return files(__package__).joinpath("notebook.css").read_text(encoding="utf-8")
