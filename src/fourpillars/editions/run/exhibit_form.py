"""An exhibit as both renderers want it: Markdown of two raw blocks, one for pages and one for Typst."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from fourpillars.editions.run.code_names import name_of
from fourpillars.editions.run.data_table import data_table
from fourpillars.editions.run.how_made import Method, how_html, how_typst
from fourpillars.editions.run.page_table import named, page_table, region
from fourpillars.editions.run.typst_table import typst_tables
from fourpillars.editions.run.typst_text import small, small_code, svg_image
from fourpillars.exhibits.markdown import line

# Quarto would parse the table, set it a second time in the PDF, and stripe it on the page.
UNPROCESSED = "<!--| quarto-html-table-processing: none -->"
_PAGE = re.compile(r"(?:\.\./)*[A-Za-z0-9][\w/-]*\.html(?:#[\w-]*)?")
_WORDS = {
    "en": {"data": "Data of this chart", "source": "Source: {}", "region": "Data"},
    "zh": {"data": "图表数据", "source": "来源：{}", "region": "数据"},
}
_ENDS = ("low", "high")
_WEIGHT = re.compile(r"(<text\b[^>]*?) style=\"font-variation-settings:'wght' \d+\"")
_HEADS = {
    "activity": "kind.industry", "ref_area": "kind.region", "indicator": "label.indicator",
    "time_period": "label.period", "value": "label.value",
}  # fmt: skip


def exhibit_markdown(exhibit: Mapping[str, Any], svg: str = "", data: str = "", method: Method | None = None) -> str:
    """Write a chart or table exhibit as Markdown of two raw blocks.

    Parameters
    ----------
    exhibit : mapping
        The exhibit's JSON.
    svg : str
        A chart's SVG.
    data : str
        Address, from the page, of the folder that holds each exhibit's data as CSV; '' for none.
    method : Method, optional
        The report that says how figures are made.
    """
    if exhibit["kind"] == "chart":
        page, paper = _chart_html(exhibit, svg), svg_image(svg, exhibit["alt"])
    else:
        page = page_table(exhibit["table_html"], exhibit["title"])
        paper = typst_tables(exhibit["table_html"])
    page = "\n".join([UNPROCESSED, *_around_html(exhibit, page, data, method)])
    paper = "\n\n".join(_around_typst(exhibit, paper, method))
    return f"{_raw('html', page)}\n\n{_raw('typst', paper)}\n"


def cell_options(exhibit: Mapping[str, Any]) -> str:
    """Write the `#|` lines of an exhibit's cell: label, caption and, for charts, the alternative text."""
    kind = exhibit["id"][:3]
    caption = line(exhibit["title"])
    if kind == "tbl":  # Quarto hands it on as an attribute, whose reading takes escapes and entities away
        caption = re.sub(r"([\\&])", r"\\\1", caption)
    lines = {"label": exhibit["id"], f"{kind}-cap": json.dumps(caption, ensure_ascii=False)}
    if exhibit["kind"] == "chart":
        lines["fig-alt"] = json.dumps(" ".join(exhibit["alt"].split()), ensure_ascii=False)
    return "\n".join(f"#| {name}: {value}" for name, value in lines.items())


def source_text(exhibit: Mapping[str, Any]) -> str:
    """Return the line that names the sources, '' where none is named."""
    line = exhibit.get("source_line") or ""
    return _WORDS[exhibit["lang"]]["source"].format(line) if line else ""


def _chart_html(exhibit: Mapping[str, Any], svg: str) -> str:
    still = _WEIGHT.sub(r"\1", svg)  # only Typst needs to be told a weight twice
    still = still.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
    spec = json.dumps(exhibit["vegalite"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    spec = spec.replace("<", "\\u003c")  # neither </script> nor <!-- can end or open anything
    chart = (
        f'<div class="fp-chart" tabindex="0" role="group" aria-labelledby="{escape(exhibit["id"])}-caption">'
        f'<div class="fp-static" role="img" {named(exhibit["alt"])}>{still}</div>'
        f'<script type="application/json" class="fp-spec">{spec}</script></div>'
    )
    return chart + _details(exhibit)


def _details(exhibit: Mapping[str, Any]) -> str:
    """Write the chart's figures, folded away: `role=img` hides the chart's own from assistive technology."""
    from fourpillars.exhibits.language import text

    lang = exhibit["lang"]
    heads = {dimension: text(key, lang) for dimension, key in _HEADS.items()}
    rows, links = _as_told(exhibit.get("data") or []), links_of(exhibit["vegalite"])
    table = data_table(rows, heads, lambda dimension, code: name_of(dimension, code, lang), links)
    if not table:
        return ""
    words = _WORDS[lang]
    return (
        f'\n<details class="fp-data" data-pagefind-ignore><summary>{words["data"]}</summary>'
        f"{region(table, words['region'] + ': ' + exhibit['title'])}</details>"
    )


def _as_told(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the rows without the ends of intervals where the ranks, as shown, name them."""
    kinds = [str(row["indicator"]).partition(":")[::2] for row in rows]
    ranked = {of for kind, of in kinds if kind == "rank"}
    return [row for row, (kind, of) in zip(rows, kinds, strict=True) if kind not in _ENDS or of not in ranked]


def links_of(vegalite: Mapping[str, Any]) -> dict[str, str]:
    """Return by code where a click on a mark of a chart leads: pages of the site, nowhere else.

    Examples
    --------
    >>> links_of({"datasets": {"d": [{"code": "C31", "href": "industry/C31.html"}, {"code": "C36"}]}})
    {'C31': 'industry/C31.html'}
    >>> links_of({"datasets": {"d": "code,href\\nC31,industry/C31.html\\n"}})
    {'C31': 'industry/C31.html'}
    """
    found: dict[str, str] = {}
    for rows in vegalite.get("datasets", {}).values():
        records = csv.DictReader(io.StringIO(rows)) if isinstance(rows, str) else rows
        found |= {
            row["code"]: row["href"] for row in records if row.get("code") and _PAGE.fullmatch(row.get("href") or "")
        }
    return found


def _around_html(exhibit: Mapping[str, Any], content: str, data: str, method: Method | None) -> list[str]:
    lines = [f'<p class="fp-subtitle">{escape(exhibit["subtitle"])}</p>'] if exhibit.get("subtitle") else []
    lines.append(content)
    lines += [f'<p class="fp-notes">{escape(note)}</p>' for note in exhibit.get("notes", ())]
    lines += [f'<p class="fp-source">{source}</p>'] if (source := escape(source_text(exhibit))) else []
    further = " ".join(part for part in (_take_data(exhibit, data), how_html(exhibit, method)) if part)
    return [*lines, f'<p class="fp-source fp-further">{further}</p>'] if further else lines


def _take_data(exhibit: Mapping[str, Any], data: str) -> str:
    """Write the link to the exhibit's data; the caption beside it says whose they are."""
    if not data or not exhibit.get("data"):
        return ""
    address, caption_id = f"{data}/{exhibit['id']}.csv", f"{exhibit['id']}-caption"
    return f'<a class="fp-csv" href="{escape(address)}" aria-describedby="{escape(caption_id)}">CSV</a>'


def _around_typst(exhibit: Mapping[str, Any], content: str, method: Method | None) -> list[str]:
    subtitle = exhibit.get("subtitle")
    lines = [small(subtitle, size=8.5, fill="slate", above=0.6, sticky=True)] if subtitle else []
    lines.append(content)
    lines += [small(note) for note in exhibit.get("notes", ())]
    source, how = source_text(exhibit), how_typst(exhibit, method)
    lines += [small(source)] if source else []
    return [*lines, small_code(how)] if how else lines


def _raw(form: str, text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{{={form}}}\n{text}\n{fence}"
