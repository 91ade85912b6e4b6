"""An exhibit: a chart, a table or a text, with all a reader needs to trust it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from fourpillars.errors import FourPillarsError
from fourpillars.exhibits.sources import source_line

MIME = "application/vnd.fourpillars.exhibit+json"
DATA_COLUMNS = ("indicator", "ref_area", "activity", "time_period", "value", "unit", "shown")
_KINDS = {"fig": "chart", "tbl": "table", "txt": "text"}
_ID = re.compile(r"(fig|tbl|txt)(-[a-z0-9]+)+")


@dataclass(frozen=True, repr=False)
class Exhibit:
    """What one code cell shows.

    Attributes
    ----------
    id : str
        'fig-…', 'tbl-…' or 'txt-…'; unique in its document, referred to as [@fig-…].
    kind : {'chart', 'table', 'text'}
    title : str
        The finding, in one sentence.
    subtitle : str
        Measure, unit, period.
    alt : str
        What a reader who does not see the chart is told: the finding, with its figures.
    sources : tuple of str
        Source ids.
    source_line : str
        The same as a reader is shown them.
    periods : tuple of str
        The periods of the data, in order.
    notes : tuple of str
        What is missing, and why.
    data : DataFrame
        One row a displayed value: indicator, ref_area, activity, time_period, value, unit, shown.
    lang : {'en', 'zh'}
    vegalite, table_html, markdown
        The one of the three that belongs to the kind.
    """

    id: str
    kind: str
    title: str
    subtitle: str = ""
    alt: str = ""
    sources: tuple[str, ...] = ()
    source_line: str = ""
    periods: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    data: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DATA_COLUMNS)))
    lang: str = "en"
    vegalite: dict[str, Any] | None = None
    table_html: str | None = None
    markdown: str | None = None

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id) or _KINDS[self.id[:3]] != self.kind:
            raise FourPillarsError(
                f"The exhibit id {self.id!r} does not suit a {self.kind}.",
                hint="Write fig- for a chart, tbl- for a table, txt- for a text, then a-z, 0-9, hyphens.",
            )
        content = {"chart": self.vegalite, "table": self.table_html, "text": self.markdown}
        if content[self.kind] is None or sum(part is not None for part in content.values()) != 1:
            raise FourPillarsError(f"The exhibit {self.id!r} must hold a {self.kind} and nothing else.")
        if self.kind == "chart" and not self.alt:
            raise FourPillarsError(f"The chart {self.id!r} has no alt text.", hint="Say its finding in a sentence.")

    def __repr__(self) -> str:
        return f"<Exhibit {self.id}: {self.title}>"

    def to_json(self) -> dict[str, Any]:
        """Return all of it as JSON values; a missing value is None."""
        own = {
            name: getattr(self, name)
            for name in (
                "id",
                "kind",
                "title",
                "subtitle",
                "alt",
                "source_line",
                "lang",
                "vegalite",
                "table_html",
                "markdown",
            )
        }
        listed = {name: list(getattr(self, name)) for name in ("sources", "periods", "notes")}
        return {key: value for key, value in own.items() if value is not None} | listed | {"data": records(self.data)}

    def _ipython_display_(self) -> None:
        from fourpillars.exhibits.show import display_alive

        if not display_alive(self):
            raise NotImplementedError  # IPython's way to say: take the bundle instead

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from fourpillars.exhibits.show import notebook_view

        return notebook_view(self) | {MIME: self.to_json(), "text/plain": self.title}


def chart(id: str, *, vegalite: dict[str, Any], **parts: Any) -> Exhibit:
    """Make a chart exhibit; `parts` as of `compose`."""
    return compose(id, "chart", vegalite=vegalite, **parts)


def table(id: str, *, table_html: str, **parts: Any) -> Exhibit:
    """Make a table exhibit; `parts` as of `compose`."""
    return compose(id, "table", table_html=table_html, **parts)


def prose(id: str, *, markdown: str, **parts: Any) -> Exhibit:
    """Make a text exhibit: sentences found in the data, as Markdown; `parts` as of `compose`."""
    return compose(id, "text", markdown=markdown, **parts)


def compose(
    id: str,
    kind: str,
    *,
    title: str,
    lang: str,
    data: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    source_ids: Iterable[str] = (),
    notes: Iterable[str] = (),
    **content: Any,
) -> Exhibit:
    """Make an exhibit, with its sources and periods taken from the data it shows.

    Parameters
    ----------
    data : DataFrame
        One row a displayed value, columns as `DATA_COLUMNS` (absent ones are left empty), and `source_ids`,
        ';'-joined.
    sources : DataFrame
        The sources frame, index source_id.
    source_ids : iterable of str
        Further sources.
    notes : iterable of str
        Empty ones are dropped.

    Examples
    --------
    >>> shown = pd.DataFrame({"activity": ["C31"], "time_period": ["2026-08"], "shown": ["+1.0%"]})
    >>> prose("txt-growth", markdown="Steel grew.", title="Steel grew", lang="en", data=shown).periods
    ('2026-08',)
    """
    data = pd.DataFrame(columns=list(DATA_COLUMNS)) if data is None else data
    found = set(source_ids)
    if "source_ids" in data.columns:
        found |= {name for joined in data["source_ids"].dropna().unique() for name in str(joined).split(";") if name}
    kept = tidy(data)
    periods = sorted({period for period in kept["time_period"] if isinstance(period, str) and period})
    return Exhibit(
        id,
        kind,
        title,
        lang=lang,
        data=kept,
        sources=tuple(sorted(found)),
        periods=tuple(periods),
        source_line=source_line(found, sources, lang) if sources is not None else "",
        notes=tuple(note for note in notes if note),
        **content,
    )


def tidy(data: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of an exhibit's data, in order; absent ones empty."""
    texts = {
        name: [_said(value) for value in data[name].tolist()] if name in data else ""
        for name in DATA_COLUMNS
        if name != "value"
    }
    value = pd.to_numeric(data["value"]).to_numpy() if "value" in data else float("nan")
    kept = pd.DataFrame({**texts, "value": value}, pd.RangeIndex(len(data)), list(DATA_COLUMNS))
    return kept if len(kept) else kept.astype(dict.fromkeys(texts, str))


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or value is pd.NA or value != value else str(value)


def records(data: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as JSON values: floats to 12 significant digits, what is missing as None."""
    columns = ([_json(value) for value in data[name].tolist()] for name in data.columns)
    return [dict(zip(data.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _json(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or value != value:
        return None
    return float(f"{value:.12g}") if isinstance(value, float) else value
