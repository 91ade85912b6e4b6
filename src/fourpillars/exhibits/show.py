"""How an exhibit shows itself in a notebook: the picture, at once and offline."""

from __future__ import annotations

import os
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fourpillars.exhibits.language import document_tag, text
from fourpillars.exhibits.still import slim, still

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit

STATIC = "FOURPILLARS_STATIC"
"""Set in the executor that makes editions: charts are compiled later, in render workers, and V8 stays out."""


def notebook_view(exhibit: Exhibit) -> dict[str, Any]:
    """Return the parts of the MIME bundle that a notebook draws."""
    if exhibit.kind == "text":
        return {"text/markdown": exhibit.markdown}
    return {"text/html": figure_html(exhibit)}


def figure_html(exhibit: Exhibit) -> str:
    """Return the exhibit with its caption, sources and notes as one HTML figure."""
    if exhibit.kind == "table":
        body = exhibit.table_html
    elif os.environ.get(STATIC):
        body = f"<p>{escape(text('exhibit.print', exhibit.lang))}</p>"
    else:
        body = f'<div role="img" aria-label="{escape(exhibit.alt)}">{still_svg(exhibit.vegalite)}</div>'
    lines = [f"<p>{escape(note)}</p>" for note in exhibit.notes]
    if exhibit.source_line:
        sources = text("exhibit.source", exhibit.lang, line=exhibit.source_line)
        lines.append(f"<p>{escape(sources)}</p>")
    return (
        f'<figure class="fp-exhibit" lang="{document_tag(exhibit.lang)}"><style>{_style()}</style>'
        f"<figcaption><strong>{escape(exhibit.title)}</strong><br>{escape(exhibit.subtitle)}</figcaption>"
        f"{body}<footer>{''.join(lines)}</footer></figure>"
    )


def still_svg(vegalite: dict[str, Any]) -> str:
    """Return the chart as a still SVG, with labels measured in the brand's type.

    Starts V8 in this process: never call it where forks are made.
    """
    import vl_convert

    _fonts()
    return slim(vl_convert.vegalite_to_svg(still(vegalite)))


@cache
def _fonts() -> None:
    from fourpillars.exhibits.fonts import register_fonts

    register_fonts()


@cache
def _style() -> str:
    return files(__package__).joinpath("notebook.css").read_text(encoding="utf-8")
