"""What an analyst takes away with one click: the code, the figures, the picture."""

from __future__ import annotations

import base64
import csv
import io
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from fourpillars.exhibits.cells import plain
from fourpillars.exhibits.formats import unit_label

if TYPE_CHECKING:
    from fourpillars.exhibits.exhibit import Exhibit
    from fourpillars.exhibits.snapshots import Snapshot

CODES = ("indicator", "ref_area", "activity", "time_period", "value", "unit")
_COPY = """
const box = this.closest('.fp-take').querySelector('pre'), said = this.nextElementSibling;
const range = document.createRange(); range.selectNodeContents(box);
const marked = window.getSelection(); marked.removeAllRanges(); marked.addRange(range);
const done = () => { said.hidden = false; setTimeout(() => { said.hidden = true; marked.removeAllRanges(); }, 2000); };
if (navigator.clipboard) navigator.clipboard.writeText(box.innerText).then(done);
else if (document.execCommand('copy')) done();
"""
"""The browser copies by itself; without the right to (no https), the code is left selected for Ctrl-C."""


def take_html(s: Snapshot, exhibit: Exhibit, code: str, picture: str = "") -> str:
    """Return the code with a button that copies it, and links that save the figures and the picture, an SVG."""
    name = f"{exhibit.id.partition('-')[2]}-{s.edition}"
    files = [_link(s.text("explore.take.data"), f"{name}.csv", "text/csv", csv_of(s, exhibit))]
    if picture:
        files.append(_link(s.text("explore.take.picture"), f"{name}.svg", "image/svg+xml", picture.encode("utf-8")))
    return (
        f'<div class="fp-take"><p>{escape(s.text("explore.again"))}</p><pre class="fp-code">{escape(code)}</pre>'
        f'<p><button type="button" class="jupyter-button" onclick="{escape(_COPY)}">'
        f"{escape(s.text('explore.take.code'))}</button><span hidden> {escape(s.text('explore.take.copied'))} </span>"
        f"{''.join(files)}</p></div>"
    )


def csv_of(s: Snapshot, exhibit: Exhibit) -> bytes:
    """Return an exhibit's figures as CSV that spreadsheets read: codes, values, and what they are in words.

    Examples
    --------
    >>> from fourpillars.exhibits import explore
    >>> from fourpillars.exhibits.snapshots import snapshot
    >>> s = snapshot("2026-08")
    >>> shown = csv_of(s, explore.lines(s, "pmi", "nation", ["CN"], since="2026-07")).decode("utf-8-sig")
    >>> shown.splitlines()[0]
    'indicator,ref_area,activity,time_period,value,unit,indicator_name,name,unit_name,source'
    """
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow([*CODES, "indicator_name", "name", "unit_name", "source"])
    for row in exhibit.data.to_dict("records"):
        named = (s.name(row["indicator"]), _unit_of(s, row), unit_label(row["unit"], s.lang), exhibit.source_line)
        table.writerow([plain("" if pd.isna(cell) else cell) for cell in (*(row[code] for code in CODES), *named)])
    return written.getvalue().encode("utf-8-sig")


def _unit_of(s: Snapshot, row: dict[str, str]) -> str:
    """Name whose figure a row is: an industry's, an area's, or the median of all."""
    if not row["ref_area"]:
        return s.text("label.median")
    return s.name(row["ref_area"] if row["activity"] == "B-D" else row["activity"])


def _link(label: str, file: str, kind: str, content: bytes) -> str:
    held = base64.b64encode(content).decode("ascii")
    return f' <a class="jupyter-button" download="{escape(file)}" href="data:{kind};base64,{held}">{escape(label)}</a>'
